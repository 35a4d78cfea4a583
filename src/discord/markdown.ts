/**
 * Characters nobody sees: zero-width spaces, direction overrides, tags, controls. Articles can hide text with them
 * or turn a line around. The first group is what stays: line breaks, and joiners where a script or an emoji needs them.
 */
const INVISIBLE =
  /(\n|\t|(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{M}|\p{Script=Arabic})(?:\u200c|\u200d))|[\p{Cc}\p{Cf}]/gu;

/** `text` without characters that nobody sees. */
export const stripInvisible = (text: string): string => text.replaceAll(INVISIBLE, '$1');

/**
 * `text` so that Discord shows it letter for letter: no formatting, no mention, no link, nothing hidden.
 * Only what Discord would interpret is escaped, so that ordinary prose stays as it is.
 */
export function escapeMarkdown(text: string): string {
  return stripInvisible(text)
    .replaceAll(/[\\*_~`|<[\]@]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll(/\b(discord)\.(gg|com|app)\b/gi, '$1\\.$2')
    .replaceAll(/^(\s*)(#|>|-|\+)/gm, '$1\\$2')
    .replaceAll(/^(\s*\d+)\.(?=\s)/gm, '$1\\.');
}

/** Like `escapeMarkdown`, but the markers `[1]` of an answer stay readable to programs as well. */
export function escapeAnswer(text: string): string {
  return text
    .split(/(\[\d{1,3}\])/)
    .map((part, index) => (index % 2 === 1 ? part : escapeMarkdown(part).replace(/^\(/, '\\(')))
    .join('');
}

/** A block quote of text that is escaped already; an empty line between paragraphs stays. */
export const quoteBlock = (escaped: string): string =>
  escaped
    .trim()
    .replaceAll(/\n\s*\n/g, '\n\n')
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

/** Small grey text; Discord wants it line by line. */
export const subtext = (escaped: string): string =>
  escaped
    .split(/\n+/)
    .map((line) => `-# ${line}`)
    .join('\n');

/** Longer addresses are shown as text without a link. */
const MAX_URL = 512;

/** The address as Discord takes it, or undefined when it is none of the web or too long. */
export function readWebAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search, hash } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  const rest = `${pathname}${search}${hash}`.replaceAll(
    /[<>()[\]{}|\\^`"\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  const address = `${protocol}//${host}${rest}`;
  return address.length <= MAX_URL ? address : undefined;
}

/** A link with its preview suppressed; the bare label when the address is no web address. */
export function link(label: string, url: string | undefined): string {
  const text = escapeMarkdown(label).replaceAll(/\n+/g, ' ');
  const address = readWebAddress(url);
  return address === undefined ? text : `[${text}](<${address}>)`;
}
