/** Characters that are not seen or that steer a terminal; line breaks and tabs stay. */
const hidden =
  /\u034f|[\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u17b4\u17b5\u3164\uffa0]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]|(?![\t\n])\p{Cc}/gu;

export const stripHidden = (text: string): string => text.replace(/\r\n?/g, '\n').replace(hidden, '');

const link =
  /\[([^\]]*)\]\(([^)]*)\)|(?:[a-z][a-z0-9+.-]*:\/\/|www\.|(?:discord\.gg|discord(?:app)?\.com|t\.me|bit\.ly)\/)[^\s<>"“”„»]*|mailto:\S+/giu;
const trailing = /[.,;:!?)\]}'’]+$/;
const mention = /@(?=everyone|here|[!&]?\d|[\p{L}\d_])|<(?=[@#:!/a-z])/giu;
/** Citation markers in the styles that models use. They are ours to put. */
const marker =
  /\s*(?:\[(?:\d+(?:\s*[,;–-]\s*\d+)*)\]|【[^】]*】|\^\d+\^?|\(\s*(?:source|quelle|passage)s?\s*[^)]*\))/giu;

/** Markdown that changes the look of what follows. */
const formatting = /\*\*|__|~~|\|\||`+|(?:^|\n)\s*(?:#{1,6}|>{1,3}|-#)\s+/g;

export interface InertOptions {
  /** Addresses that may be shown. */
  readonly links: ReadonlySet<string>;
  /** Keys of passages: never shown. */
  readonly keys: readonly string[];
}

/**
 * Text that a model wrote, made harmless: one line, no formatting, nothing hidden, no links but those allowed, no markers or keys,
 * mentions broken by a word joiner so that nobody is called.
 */
export function makeInert(text: string, { links, keys }: InertOptions): string {
  const keyed =
    keys.length === 0
      ? text
      : text.replace(new RegExp(`\\s*[[(<]?\\b(?:${keys.join('|')})\\b[\\])>]?`, 'g'), '');
  return stripHidden(keyed)
    .replace(formatting, ' ')
    .replace(marker, '')
    .replace(link, (whole, label: string | undefined, target: string | undefined) => {
      const address = (target ?? whole).replace(trailing, '');
      if (links.has(address)) return whole;
      return label ?? trailing.exec(whole)?.[0].replace(/[)\]}'’]/g, '') ?? '';
    })
    .replace(mention, (sign) => `${sign}\u2060`)
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?])/g, '$1')
    .trim();
}
