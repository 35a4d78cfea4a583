import type { Span } from '../types.ts';

const longestHeading = 100;
const mostWords = 14;

/**
 * Headings of a text, in order: those that the format marks, and every short line between blank lines that does not end
 * like a sentence and has text below it.
 */
export function findHeadings(body: string, marked: readonly Span[]): Span[] {
  const inside = marked.filter(([start, end]) => start < end && end <= body.length);
  const starts = new Set(inside.map(([start]) => start));
  const found: Span[] = [...inside];
  let textBelow = false;
  for (const block of blocks(body).reverse()) {
    const heading = looksLikeHeading(body.slice(...block));
    if (heading && textBelow && !starts.has(block[0])) found.push(block);
    if (!heading) textBelow = true;
  }
  return found.sort((a, b) => a[0] - b[0]);
}

/** Runs of lines without a blank line between them, trimmed. */
export function blocks(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*/g)) {
    spans.push([match.index, match.index + match[0].trimEnd().length]);
  }
  return spans;
}

function looksLikeHeading(block: string): boolean {
  return (
    block.length <= longestHeading &&
    !block.includes('\n') &&
    /^[\p{Lu}\p{N}„“"»«¿¡(]/u.test(block) &&
    /\p{L}{2}/u.test(block) &&
    !/(?:[.:;,…!)\]“”"«»|]|\b(?:Uhr|und|and))$/u.test(block) &&
    !/^\d{1,3}[.)]\s/.test(block) &&
    block.split(/\s+/).length <= mostWords
  );
}
