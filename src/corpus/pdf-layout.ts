import type { Span } from '../types.ts';
import { cleanText } from './decode.ts';

/** A run of text on a page. Origin at the bottom left, lengths in points. */
export interface PageItem {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Font size. */
  readonly size: number;
  /** Nothing more on this line. */
  readonly endsLine: boolean;
}

interface Line {
  text: string;
  readonly page: number;
  readonly x: number;
  readonly y: number;
  /** Where the line ends on the right. */
  right: number;
  size: number;
}

interface Paragraph {
  text: string;
  readonly size: number;
  readonly page: number;
}

/** What page furniture and running text are told apart by: letters of the most frequent size, usual distance of lines. */
interface Measure {
  readonly size: number;
  readonly leading: number;
  readonly right: number;
}

/**
 * Text of pages as paragraphs: lines joined, words that a line end divides put together, running heads and page numbers left out.
 * Paragraphs in clearly larger type are headings; `title` is the largest on the first page.
 */
export function layOutPages(pages: readonly (readonly PageItem[])[]): {
  readonly body: string;
  readonly headings: readonly Span[];
  readonly title?: string;
} {
  const lines = dropFurniture(pages.map((items, page) => buildLines(items, page))).flat();
  const measure = measureLines(lines);
  const headings: Span[] = [];
  let title: Paragraph | undefined;
  let body = '';
  for (const paragraph of buildParagraphs(lines, measure)) {
    if (body !== '') body += '\n\n';
    const start = body.length;
    body += paragraph.text;
    if (paragraph.size < measure.size * 1.15 || paragraph.text.length > 200) continue;
    headings.push([start, body.length]);
    if (paragraph.page === 0 && paragraph.size > (title?.size ?? 0)) title = paragraph;
  }
  return { body, headings, ...(title && { title: title.text }) };
}

function buildLines(items: readonly PageItem[], page: number): Line[] {
  const lines: Line[] = [];
  let line: Line | undefined;
  for (const item of items) {
    if (item.text !== '') {
      if (line && Math.abs(item.y - line.y) > Math.max(item.size, line.size) / 2) line = undefined;
      if (line) {
        const apart = item.x - line.right > item.size * 0.15;
        line.text += (apart && !/\s$/.test(line.text) && !/^\s/.test(item.text) ? ' ' : '') + item.text;
        line.right = Math.max(line.right, item.x + item.width);
        if (item.text.trim() !== '') line.size = Math.max(line.size, item.size);
      } else if (item.text.trim() !== '') {
        line = { text: item.text, page, x: item.x, y: item.y, right: item.x + item.width, size: item.size };
        lines.push(line);
      }
    }
    if (item.endsLine) line = undefined;
  }
  for (const each of lines) each.text = cleanText(each.text).replace(/\s+/g, ' ').trim();
  return lines.filter((each) => each.text !== '');
}

const pageNumber =
  /^[-–\s]*(?:(?:Seite|Page|S\.|p\.)\s*)?(?:\d{1,4}(?:\s*(?:\/|von|of)\s*\d{1,4})?|[ivxl]{1,7})[-–\s]*$/i;

/** Leaves out page numbers, and lines at the top or bottom that three pages (two of a short file) repeat but for their figures. */
function dropFurniture(pages: readonly Line[][]): Line[][] {
  const edges = (lines: readonly Line[]): Line[] => [...new Set([...lines.slice(0, 2), ...lines.slice(-2)])];
  const shape = (line: Line): string => line.text.replace(/\d+/g, '#');
  const repeats = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(edges(lines).map(shape))) repeats.set(key, (repeats.get(key) ?? 0) + 1);
  }
  const least = pages.length > 3 ? 3 : 2;
  return pages.map((lines) => {
    const furniture = edges(lines).filter(
      (line) => (repeats.get(shape(line)) ?? 0) >= least || (lines.length > 1 && pageNumber.test(line.text)),
    );
    return lines.filter((line) => !furniture.includes(line));
  });
}

function measureLines(lines: readonly Line[]): Measure {
  const letters = new Map<number, number>();
  for (const { size, text } of lines) letters.set(round(size), (letters.get(round(size)) ?? 0) + text.length);
  const size = [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 1;
  const running = lines.filter((line) => round(line.size) === size);
  const distances = running.flatMap((line, i) => {
    const previous = running[i - 1];
    const distance = previous?.page === line.page ? previous.y - line.y : 0;
    return distance > size * 0.5 && distance < size * 3 ? [distance] : [];
  });
  return {
    size,
    leading: quantile(distances, 0.4) ?? size * 1.2,
    right:
      quantile(
        running.map((line) => line.right),
        0.9,
      ) ?? 0,
  };
}

const round = (size: number): number => Math.round(size * 2) / 2;

/** The value that a share of the others does not exceed. */
function quantile(values: readonly number[], share: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];
}

function buildParagraphs(lines: readonly Line[], measure: Measure): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let previous: Line | undefined;
  for (const line of lines) {
    const open = paragraphs.at(-1);
    if (open && previous && !beginsParagraph(line, previous, measure))
      open.text = joinLines(open.text, line.text);
    else paragraphs.push({ text: line.text, size: line.size, page: line.page });
    previous = line;
  }
  return paragraphs;
}

function beginsParagraph(line: Line, previous: Line, measure: Measure): boolean {
  if (Math.abs(round(line.size) - round(previous.size)) >= Math.max(1, measure.size * 0.1)) return true;
  if (/^[•▪‣–-]\s/.test(line.text)) return true;
  const ended = /[.!?…:][“”"«»)]*$/.test(previous.text);
  const distance = previous.y - line.y;
  // A new page or column goes on with the sentence that the last one left open.
  if (line.page !== previous.page || distance < 0) return ended && !/^\p{Ll}/u.test(line.text);
  if (distance > (measure.leading * 1.3 * line.size) / measure.size) return true;
  const indented = line.x - previous.x > line.size * 0.8;
  const short = previous.right < previous.x + (measure.right - previous.x) * 0.8;
  return ended && (indented || short);
}

/** Puts the next line behind a text. A hyphen at the line's end goes when it only divides a word. */
export function joinLines(text: string, next: string): string {
  if (!/\p{L}[-‐]$/u.test(text)) return `${text} ${next}`;
  // Ein- und Ausfuhr
  if (/^(?:und|oder|bzw\.|sowie|bis|and|or|to)\s/.test(next)) return `${text} ${next}`;
  return /^\p{Ll}/u.test(next) ? text.slice(0, -1) + next : text + next;
}
