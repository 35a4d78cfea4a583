import { setImmediate } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { PartialDate } from '../types.ts';
import { parseDate } from './dates.ts';
import { cleanText } from './decode.ts';
import type { Draft } from './draft.ts';
import { layOutPages, type PageItem } from './pdf-layout.ts';

type PdfDocument = Awaited<ReturnType<typeof import('unpdf').getDocumentProxy>>;

/** What a hostile or endless file may take. */
const timeLimit = 30_000;

/**
 * The text of a PDF as paragraphs, with title and date from its metadata. An encrypted or broken file, one without text, and one that
 * takes longer than `limit` milliseconds (looked at after each page) come as a fault.
 */
export async function parsePdf(
  bytes: Uint8Array,
  limit = timeLimit,
): Promise<Draft | { readonly fault: string }> {
  const { getDocumentProxy } = await import('unpdf');
  const deadline = startDeadline(limit);
  const opening = getDocumentProxy(bytes, { verbosity: 0 });
  try {
    const document = await Promise.race([opening, deadline.passed]);
    if (document === undefined) return tooSlow(limit);
    const draft = await Promise.race([readDocument(document), deadline.passed]);
    if (draft === undefined) return tooSlow(limit);
    return draft.body.trim() === '' ? { fault: 'no text; scanned pages need text recognition first' } : draft;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') return { fault: 'encrypted' };
    return { fault: `broken PDF (${messageOf(error).replace(/\.$/, '')})` };
  } finally {
    deadline.stop();
    opening.then((document) => document.destroy()).catch(() => undefined);
  }
}

const tooSlow = (limit: number) => ({ fault: `takes longer than ${limit / 1000} s to read` });

/** A promise that resolves to undefined after a time, unless it is stopped before. */
function startDeadline(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return { passed, stop: () => clearTimeout(timer) };
}

async function readDocument(document: PdfDocument): Promise<Draft> {
  const pages: PageItem[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items }: { items: readonly (TextRun | object)[] } = await page.getTextContent();
    pages.push(items.flatMap((item) => ('str' in item ? [readRun(item)] : [])));
    page.cleanup();
    // PDF.js does not let timers run while it works: without this the time limit would never be noticed.
    await setImmediate();
  }
  const { title, ...text } = layOutPages(pages);
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  return { ...text, title: titleOf(info) ?? title, date: dateOf(info) };
}

/** The part of PDF.js' text items that is used; other items mark content and have no `str`. */
interface TextRun {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly hasEOL: boolean;
}

function readRun({ str, transform, width, hasEOL }: TextRun): PageItem {
  const [, , skew = 0, scale = 0, x = 0, y = 0] = transform;
  return { text: str, x, y, width, size: Math.hypot(skew, scale), endsLine: hasEOL };
}

/** Title in the metadata, unless it is what programs put there by themselves. */
function titleOf(info: object): string | undefined {
  const title =
    'Title' in info && typeof info.Title === 'string'
      ? cleanText(info.Title).replace(/\s+/g, ' ').trim()
      : '';
  return title.includes(' ') && !/^(?:Microsoft Word|untitled)|\.\w{2,5}$/i.test(title) ? title : undefined;
}

/** Day of `D:20220121103000+01'00'`. */
function dateOf(info: object): PartialDate | undefined {
  const created = 'CreationDate' in info && typeof info.CreationDate === 'string' ? info.CreationDate : '';
  const day = /^D:(\d{4})(\d{2})(\d{2})/.exec(created);
  return day ? parseDate(`${day[1]}-${day[2]}-${day[3]}`) : undefined;
}
