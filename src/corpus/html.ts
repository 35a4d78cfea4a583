import type { Span } from '../types.ts';
import { parseDate } from './dates.ts';
import { cleanText } from './decode.ts';
import type { Draft } from './draft.ts';
import { languageCode } from './front-matter.ts';

/** Elements whose text is no part of an article wherever they stand. */
const apart =
  'script,style,noscript,template,nav,header nav,footer,aside,form,button,iframe,svg,dialog,figure figcaption,[role=navigation],[role=dialog],[role=alertdialog],[role=complementary],[role=search],[role=contentinfo],[hidden],[aria-hidden=true]';
const noticeName =
  /cookie|consent|gdpr|newsletter|paywall|share-?bar|social-?(?:media|share)|breadcrumb|related|teaser-?list/i;

/** What is used of the document object model, which this project's TypeScript does not know. */
interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}
interface PageElement extends PageNode {
  readonly id: string;
  readonly getAttribute: (name: string) => string | null;
  readonly remove: () => void;
}
interface Page {
  readonly body: PageElement | null;
  readonly documentElement: PageElement | null;
  readonly querySelector: (selector: string) => PageElement | null;
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>;
}

const blockElements = new Set(
  `address article blockquote body center dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr main
   ol p pre section table ul`.split(/\s+/),
);
const lineElements = new Set(['br', 'li', 'tr', 'caption', 'summary']);

/** The charset that a page declares in its first kilobyte. */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
}

/**
 * The main text of a page (Mozilla's Readability), with its title, date, site name, language and address.
 * Blocks become paragraphs, list items and table rows lines; navigation, notices and captions go.
 */
export async function parseHtml(html: string): Promise<Draft> {
  const [{ parseHTML }, { Readability }] = await Promise.all([
    import('linkedom'),
    import('@mozilla/readability'),
  ]);
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
  const metadata = readMetadata(document);
  removeClutter(document);
  const plain = document.body ? renderText(document.body) : { body: '', headings: [] };
  const read = new Readability(document, { charThreshold: 150 }).parse();
  const content = parseHTML(`<html><body>${read?.content ?? ''}</body></html>`).document.body;
  const main = renderText(content);
  // A page too short for Readability to find its main part is main part altogether.
  const text = main.body.length >= 150 || main.body.length >= plain.body.length / 2 ? main : plain;
  const date = metadata.date ?? parseDate(read?.publishedTime ?? '');
  const declared = languageCode(read?.lang ?? '') ?? metadata.language;
  return {
    body: text.body,
    headings: text.headings,
    title: line(read?.title) ?? metadata.title,
    date,
    source: line(read?.siteName),
    url: metadata.url,
    language: declared,
  };
}

function readMetadata(document: Page) {
  const attribute = (name: string, ...selectors: string[]): string | undefined => {
    for (const selector of selectors) {
      const value = document.querySelector(selector)?.getAttribute(name)?.trim();
      if (value) return value;
    }
    return undefined;
  };
  const written =
    attribute(
      'content',
      'meta[property="article:published_time"]',
      'meta[itemprop=datePublished]',
      'meta[name=date]',
      'meta[name="DC.date"]',
      'meta[name="dcterms.created"]',
      'meta[name="publish-date"]',
    ) ?? attribute('datetime', 'time[itemprop=datePublished]', 'article time[datetime]', 'time[datetime]');
  const address = attribute('href', 'link[rel=canonical]') ?? attribute('content', 'meta[property="og:url"]');
  return {
    date: written === undefined ? undefined : parseDate(written),
    url: address !== undefined && /^https?:\/\/\S+$/i.test(address) ? address : undefined,
    title: line(document.querySelector('h1')?.textContent),
    language: languageCode(document.documentElement?.getAttribute('lang') ?? ''),
  };
}

function removeClutter(document: Page): void {
  for (const element of document.querySelectorAll(apart)) element.remove();
  for (const element of document.querySelectorAll('[id],[class]')) {
    const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
    const small = (element.textContent ?? '').length < 2000;
    if (small && noticeName.test(names) && !/^(?:html|body|main|article)$/i.test(element.nodeName))
      element.remove();
  }
}

/** Text of an element, blocks separated by blank lines, with the spans of its headings. */
function renderText(root: PageNode): { body: string; headings: Span[] } {
  let body = '';
  const headings: Span[] = [];
  const newLine = (count: 1 | 2): void => {
    body = body.replace(/[ \t]+$/, '');
    if (body === '') return;
    const have = /\n*$/.exec(body)?.[0].length ?? 0;
    body += '\n'.repeat(Math.max(0, count - have));
  };
  const visit = (node: PageNode, verbatim: boolean): void => {
    if (node.nodeType === 3) {
      const text = cleanText(node.textContent ?? '');
      if (verbatim) body += text;
      else if (/^\s/.test(text) && /(?:^|\s)$/.test(body))
        body += text.trimStart().replace(/[^\S\u00a0]+/g, ' ');
      else body += text.replace(/[^\S\u00a0]+/g, ' ');
      return;
    }
    const name = node.nodeName.toLowerCase();
    const block = blockElements.has(name) ? 2 : lineElements.has(name) ? 1 : 0;
    if (block) newLine(block);
    if (name === 'li') body += '- ';
    if (name === 'td' || name === 'th') body += /(?:^|[\n\t])$/.test(body) ? '' : '\t';
    const start = body.length;
    for (const child of node.childNodes) visit(child, verbatim || name === 'pre');
    const end = body.trimEnd().length;
    if (/^h[1-6]$/.test(name) && end > start) headings.push([start, end]);
    if (block && name !== 'br') newLine(block);
  };
  visit(root, false);
  return { body: body.trimEnd(), headings };
}

/** A text as one line; undefined when nothing is left. */
const line = (text: string | null | undefined): string | undefined =>
  cleanText(text ?? '')
    .replace(/\s+/g, ' ')
    .trim() || undefined;
