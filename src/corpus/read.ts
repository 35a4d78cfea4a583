import { open } from 'node:fs/promises';
import { messageOf } from '../errors.ts';
import type { Article, Skipped } from '../types.ts';
import { decodeText } from './decode.ts';
import { buildArticle, type Draft } from './draft.ts';
import { parseFrontMatter } from './front-matter.ts';
import { declaredCharset, parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePdf } from './pdf.ts';
import { parsePlainText } from './plain-text.ts';
import { type CorpusFile, reasonOf, walkFolder } from './walk.ts';

export type ReadResult =
  | { readonly kind: 'article'; readonly article: Article; readonly warnings: readonly string[] }
  | ({ readonly kind: 'skipped' } & Skipped);

export interface ReadOptions {
  /** Larger files are skipped. */
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal;
}

/** Turns the bytes of a file into a draft, or says why it cannot. */
type ReadFormat = (bytes: Uint8Array) => Promise<Draft | { readonly fault: string }>;

const formats: Readonly<Record<string, ReadFormat>> = {
  txt: readText(parsePlainText),
  text: readText(parsePlainText),
  md: readText(parseMarkdown),
  markdown: readText(parseMarkdown),
  html: readHtml,
  htm: readHtml,
  pdf: (bytes) => parsePdf(bytes),
};

/**
 * Reads every article of a folder, one at a time, in the order of their paths. What cannot be read is named and
 * never stops the run; names that begin with a point are passed over. Warnings name the file, and the line if there is one.
 * @throws {Fault} when the folder is missing or is none; the signal's reason when it is aborted.
 */
export async function* readCorpus(folder: string, options: ReadOptions): AsyncGenerator<ReadResult> {
  for await (const found of walkFolder(folder)) {
    options.signal?.throwIfAborted();
    if ('reason' in found) {
      yield { kind: 'skipped', ...found };
      continue;
    }
    const draft = await readDraft(found, options);
    options.signal?.throwIfAborted();
    yield 'fault' in draft
      ? { kind: 'skipped', path: found.path, reason: draft.fault }
      : {
          kind: 'article',
          article: buildArticle(found.path, draft),
          warnings: (draft.warnings ?? []).map(
            (warning) => `${found.path}${/^\d+: /.test(warning) ? ':' : ': '}${warning}`,
          ),
        };
  }
}

async function readDraft(
  file: CorpusFile,
  options: ReadOptions,
): Promise<Draft | { readonly fault: string }> {
  const extension = /\.([^./]+)$/.exec(file.path)?.[1]?.toLowerCase() ?? '';
  const readFormat = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (!readFormat) return { fault: 'its name does not end in .txt, .md, .html or .pdf' };
  if (file.size > options.maxFileBytes) return { fault: tooLarge(options.maxFileBytes) };
  if (file.size === 0) return { fault: 'it is empty' };
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(file.location, options.maxFileBytes);
  } catch (error) {
    return { fault: `cannot be read (${reasonOf(error)})` };
  }
  if (bytes.length > options.maxFileBytes) return { fault: tooLarge(options.maxFileBytes) };
  try {
    const draft = await readFormat(bytes);
    return 'fault' in draft || draft.body.trim() !== '' ? draft : { fault: 'it holds no text' };
  } catch (error) {
    return { fault: `is broken (${messageOf(error)})` };
  }
}

/** The bytes of a file; one more than the limit at most, should it grow meanwhile. */
async function readBytes(location: string, limit: number): Promise<Uint8Array> {
  const file = await open(location);
  try {
    const { size } = await file.stat();
    const buffer = new Uint8Array(Math.min(size, limit + 1));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}

const tooLarge = (limit: number): string =>
  `it is larger than ${Number((limit / 1e6).toPrecision(3))} MB (MAX_FILE_MB)`;

function readText(parse: (text: string) => Draft): ReadFormat {
  return async (bytes) => {
    const decoded = decodeText(bytes);
    if ('fault' in decoded) return decoded;
    const matter = parseFrontMatter(decoded.text);
    const warnings = [
      ...(decoded.warning === undefined ? [] : [decoded.warning]),
      ...(matter?.faults.map(({ line, message }) => `${line}: ${message}`) ?? []),
    ];
    return { ...parse(matter?.body ?? decoded.text), ...matter?.fields, warnings };
  };
}

async function readHtml(bytes: Uint8Array): Promise<Draft | { readonly fault: string }> {
  const decoded = decodeText(bytes, declaredCharset(bytes));
  if ('fault' in decoded) return decoded;
  const draft = await parseHtml(decoded.text);
  return decoded.warning === undefined ? draft : { ...draft, warnings: [decoded.warning] };
}
