import type { Span } from '../types.ts';
import { cleanText } from './decode.ts';

/** What is used of a node of a document: its types come with a browser's library, which is not loaded. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}
const blockElements = new Set(
  `address article blockquote body center dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr main
   ol p pre section table ul`.split(/\s+/),
);
const unseenElements = new Set(['title', 'script', 'style']);
/** The DOM's number for text. */
const textNode = 3;

const lineElements = new Set(['br', 'li', 'tr', 'caption', 'summary']);

/** Text of an element, blocks separated by blank lines, with the spans of its headings. */
export function renderText(root: PageNode): { body: string; headings: Span[] } {
  const text = createText();
  const headings: Span[] = [];
  const visit = (node: PageNode, verbatim: boolean): void => {
    if (node.nodeType === textNode) {
      const content = cleanText(node.textContent ?? '');
      text.write(verbatim ? content : content.replace(/[^\S\u00a0]+/g, ' '), verbatim);
      return;
    }
    const name = node.nodeName.toLowerCase();
    if (unseenElements.has(name)) return;
    const apart = blockElements.has(name) ? 2 : lineElements.has(name) ? 1 : 0;
    text.breakLine(apart);
    if (name === 'li') text.write('- ', false);
    if (name === 'td' || name === 'th') text.write('\t', false);
    const heading = /^h[1-6]$/.test(name) && node.textContent?.trim() ? text.begin() : undefined;
    for (const child of node.childNodes) visit(child, verbatim || name === 'pre');
    if (heading !== undefined && text.end() > heading) headings.push([heading, text.end()]);
    if (name !== 'br') text.breakLine(apart);
  };
  visit(root, false);
  return { body: text.read(), headings };
}

/** Collects a text in time proportional to its length. White space at line ends and doubled spaces are left out. */
function createText() {
  const pieces: string[] = [];
  let length = 0;
  let breaks = 0;
  const push = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  /** Takes white space off the end. */
  const trim = (): void => {
    for (let last = pieces.pop(); last !== undefined; last = pieces.pop()) {
      length -= last.length;
      const visible = last.trimEnd();
      if (visible === '') continue;
      push(visible);
      return;
    }
  };
  /** Breaks the line as often as was asked. */
  const settle = (): void => {
    trim();
    if (length > 0) push('\n'.repeat(breaks));
    breaks = 0;
  };
  return {
    breakLine: (count: number): void => {
      breaks = Math.max(breaks, count);
    },
    write: (content: string, verbatim: boolean): void => {
      const fresh = breaks > 0 || length === 0 || /\s$/.test(pieces.at(-1) ?? '');
      const piece = fresh && !verbatim ? content.replace(/^[^\S\u00a0]+/, '') : content;
      if (piece === '') return;
      if (breaks > 0) settle();
      push(piece);
    },
    /** Where the next character will stand. */
    begin: (): number => {
      settle();
      return length;
    },
    /** Where the last visible character ended. */
    end: (): number => {
      trim();
      return length;
    },
    read: (): string => pieces.join('').trimEnd(),
  };
}
