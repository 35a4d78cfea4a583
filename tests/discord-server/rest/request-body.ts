import type { IncomingMessage } from 'node:http';
import { refuse } from './api-error.ts';

/** Discord's limit for everything in one request without boosts. */
const MAX_BYTES = 10 * 1024 * 1024;

/** A file of a multipart request; `index` is the n of its field name files[n]. */
export type Upload = { index: number; name: string; contentType: string; data: Buffer };

export type ParsedBody = { body: unknown; files: Upload[] };

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or multipart/form-data with the JSON in payload_json; undefined when there is no body. */
export async function parseBody(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (bytes.length > MAX_BYTES) throw refuse('tooLarge');
  if (contentType.startsWith('multipart/form-data')) return parseForm(bytes, contentType);
  return { body: parseJson(bytes.toString()), files: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
}

async function parseForm(bytes: Buffer, contentType: string): Promise<ParsedBody> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const files: Upload[] = [];
  for (const [field, value] of form.entries()) {
    const index = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    const data = Buffer.from(await value.arrayBuffer());
    files.push({ index: Number(index), name: value.name, contentType: value.type, data });
  }
  const payload = form.get('payload_json');
  return { body: typeof payload === 'string' ? parseJson(payload) : {}, files };
}
