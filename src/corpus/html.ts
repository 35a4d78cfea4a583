import { detectLanguage } from '../language/detect.ts';
import { stripComments } from './comments.ts';
import { parseDate } from './dates.ts';
import { cleanText } from './decode.ts';
import type { Draft } from './draft.ts';
import { languageCode } from './front-matter.ts';
import { type PageNode, renderText } from './html-text.ts';

/** Elements whose text is no part of an article wherever they stand; Readability reads metadata from JSON-LD. */
const apart =
  'script:not([type="application/ld+json"]),style,noscript,template,nav,footer,aside,form,button,iframe,svg,dialog,figure figcaption,[role=navigation],[role=dialog],[role=alertdialog],[role=complementary],[role=search],[role=contentinfo],[hidden],[aria-hidden=true]';
/** Names of notices and teasers; an element with much text is not taken for one. */
const longestNotice = 2000;
const noticeName =
  /cookie|consent|gdpr|newsletter|paywall|share-?bar|social-?(?:media|share)|breadcrumb|related|teaser-?list/i;

/** What is used of a parsed page. */
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
  const { document } = parseHTML(completePage(stripComments(html)));
  const metadata = readMetadata(document);
  removeClutter(document);
  // In a damaged page the text may stand outside the body.
  const root = document.body?.textContent?.trim() ? document.body : document.documentElement;
  const plain = root ? renderText(root) : { body: '', headings: [] };
  const read = findMain();
  const content = parseHTML(`<html><body>${read?.content ?? ''}</body></html>`).document.body;
  const main = renderText(content);
  // A page too short for Readability to find its main part is main part altogether.
  const text = main.body.length >= 150 || main.body.length >= plain.body.length / 2 ? main : plain;
  const date = metadata.date ?? parseDate(read?.publishedTime ?? '');
  const declared = languageCode(read?.lang ?? '') ?? metadata.language;
  const detected = detectLanguage(text.body);
  return {
    body: text.body,
    headings: text.headings,
    title: line(read?.title) ?? metadata.title,
    date,
    source: line(read?.siteName),
    url: metadata.url,
    // Templates lie about the language more often than a text of some length is misjudged.
    language: text.body.length < 200 || detected === 'und' ? declared : detected,
  };

  function findMain() {
    try {
      return new Readability(document, { charThreshold: 150 }).parse();
    } catch {
      // Readability stumbles over some broken pages: then the whole page is the main part.
      return null;
    }
  }
}

const headPart =
  /^(?:\s+|<!doctype[^>]*>|<\/?(?:html|head)(?:\s[^>]*)?>|<(?:meta|link|base)\s[^>]*>|<(title|style|script|noscript)(?:\s[^>]*)?>[\s\S]*?<\/\1\s*>)*/i;

/** The page with the tags that HTML lets people leave out, and without which linkedom finds no text. */
function completePage(html: string): string {
  if (/<html[\s>]/i.test(html) && /<body[\s>]/i.test(html)) return html;
  const head = headPart.exec(html)?.[0] ?? '';
  const open = /<html[^>]*>/i.exec(head)?.[0] ?? '<html>';
  const inner = head.replace(/<!doctype[^>]*>|<\/?(?:html|head)(?:\s[^>]*)?>/gi, '');
  const rest = html.slice(head.length).replace(/^<body(?:\s[^>]*)?>/i, '');
  return `${open}<head>${inner}</head><body>${rest}</body></html>`;
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
    title:
      line(document.querySelector('h1')?.textContent) ?? line(document.querySelector('title')?.textContent),
    language: languageCode(document.documentElement?.getAttribute('lang') ?? ''),
  };
}

function removeClutter(document: Page): void {
  for (const element of document.querySelectorAll(apart)) element.remove();
  for (const element of document.querySelectorAll('[id],[class]')) {
    const names = `${element.id} ${element.getAttribute('class') ?? ''}`;
    if (!noticeName.test(names) || /^(?:html|body|main|article)$/i.test(element.nodeName)) continue;
    if ((element.textContent ?? '').length < longestNotice) element.remove();
  }
}

/** A text as one line; undefined when nothing is left. */
const line = (text: string | null | undefined): string | undefined =>
  cleanText(text ?? '')
    .replace(/\s+/g, ' ')
    .trim() || undefined;
