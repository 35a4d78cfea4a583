import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { Article, Skipped } from '../types.ts';
import { decodeText } from './decode.ts';
import { buildArticle, type Draft } from './draft.ts';
import { parseFrontMatter } from './front-matter.ts';
import { declaredCharset, parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parsePdf } from './pdf.ts';
import { parsePlainText } from './plain-text.ts';
import { type CorpusFile, reasonOf } from './walk.ts';

export type ReadResult =
  | { readonly kind: 'article'; readonly article: Article; readonly warnings: readonly string[] }
  | ({ readonly kind: 'skipped' } & Skipped);

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
 * Reads the article in a file of at most `limit` bytes. Never rejects: what cannot be read comes as skipped, with the
 * reason. Warnings name the file, and the line if there is one.
 */
export async function readArticle(file: CorpusFile, limit: number): Promise<ReadResult> {
  const skip = (reason: string): ReadResult => ({ kind: 'skipped', path: file.path, reason });
  const extension = /\.([^./]+)$/.exec(file.path)?.[1]?.toLowerCase() ?? '';
  const readFormat = Object.hasOwn(formats, extension) ? formats[extension] : undefined;
  if (!readFormat) return skip('not .txt, .md, .html or .pdf');
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBytes(file.location, limit);
  } catch (error) {
    return skip(`cannot be read (${reasonOf(error)})`);
  }
  if (bytes === undefined)
    return skip(`larger than ${Number((limit / 2 ** 20).toPrecision(3))} MB (MAX_FILE_MB)`);
  if (bytes.length === 0) return skip('empty');
  try {
    const draft = await readFormat(bytes);
    if ('fault' in draft) return skip(draft.fault);
    if (draft.body.trim() === '') return skip('no text');
    const warnings = (draft.warnings ?? []).map((warning) => file.path + warning);
    return { kind: 'article', article: buildArticle(file.path, draft), warnings };
  } catch (error) {
    const tooDeep = error instanceof RangeError && /call stack/.test(error.message);
    return skip(tooDeep ? 'elements nested too deeply' : `broken (${messageOf(error)})`);
  }
}

/**
 * The bytes of a file; undefined when there are more than `limit`. Synchronous: articles are short, and to ask the thread
 * pool for each takes longer than to read it.
 */
function readBytes(location: string, limit: number): Uint8Array | undefined {
  const file = openSync(location, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > limit) return undefined;
    // What is written to the file meanwhile is left for the next run.
    const buffer = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const read = readSync(file, buffer, filled, size - filled, null);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function readText(parse: (text: string) => Draft): ReadFormat {
  return async (bytes) => {
    const decoded = decodeText(bytes);
    if ('fault' in decoded) return decoded;
    const matter = parseFrontMatter(decoded.text);
    const warnings = [
      ...warningsOf(decoded),
      ...(matter?.faults.map(({ line, message }) => `:${line}: ${message}`) ?? []),
    ];
    return { ...parse(matter?.body ?? decoded.text), ...matter?.fields, warnings };
  };
}

async function readHtml(bytes: Uint8Array): Promise<Draft | { readonly fault: string }> {
  const decoded = decodeText(bytes, declaredCharset(bytes));
  if ('fault' in decoded) return decoded;
  return { ...(await parseHtml(decoded.text)), warnings: warningsOf(decoded) };
}

const warningsOf = ({ warning }: { readonly warning?: string }): string[] =>
  warning === undefined ? [] : [`: ${warning}`];
