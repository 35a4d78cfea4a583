import { splitSentences } from '../language/sentences.ts';
import type { Language, Span } from '../types.ts';

const longestTitle = 90;

/** A title for an article without one: the heading it begins with, else its first sentence, cut at a word. */
export function chooseTitle(body: string, headings: readonly Span[], language: Language): string {
  const begin = body.length - body.trimStart().length;
  const heading = headings.find(([start]) => start === begin);
  if (heading) return tidyTitle(body.slice(...heading));
  const opening = body
    .slice(begin, begin + 2000)
    .replace(/^(?:[^()\n]{0,60}\([^()\n]{2,40}\)|[\p{L}/]{2,20})\s+[-–—]\s+/u, '');
  const [first] = splitSentences(opening, language);
  return tidyTitle(opening.slice(...(first ?? [0, longestTitle])).replace(/\.$/, ''));
}

/** One line of at most 90 characters, for titles that come out of a text. */
function tidyTitle(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  const word = cut.search(/\s\S*$/);
  return `${cut
    .slice(0, word > longestTitle / 2 ? word : longestTitle - 1)
    .replace(/[\ud800-\udbff]$|[,;:–-]+$/u, '')
    .trimEnd()}…`;
}
