/** A text with typography evened out, and where each of its units comes from. */
export interface Normalised {
  readonly text: string;
  /** Offset in the original at which the character behind each UTF-16 unit of `text` starts. */
  readonly starts: readonly number[];
  /** Offset at which it ends. */
  readonly ends: readonly number[];
}

const doubleQuotes = '"“”„‟«»〝〞〟＂❝❞';
const singleQuotes = "'‘’‚‛‹›`´＇ʼ❛❜";
const hyphens = '-‐‑';
const dashes = `${hyphens}‒–﹘﹣－`;
const longDashes = '—―⸺⸻︱';
const minus = '−';

/** Invisible: soft hyphen, zero-width and directional characters, tags, variation selectors, controls. */
const invisible =
  /^(?:[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cc}]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}])$/u;
/** A character with the marks, and Korean letters, that combine with it. */
const cluster = /.[\p{M}\u1160-\u11ff]*/suy;
const space = /\s/;
const letter = /\p{L}/u;
const digit = /\p{Nd}/u;
/** A line break inside a word: what follows the hyphen, if a letter or digit comes next. */
const lineBreak = /[ \t]*\r?\n[ \t]*(?=[\p{L}\p{Nd}])/uy;
/** After these a hyphen at the end of a line was there before the line was broken: Nord- und Südkorea. */
const suspended = /(?:und|oder|bis|sowie|bzw|and|or|to)(?![\p{L}])/iuy;
/** NFKC turns these into ordinary digits or signs, which would make 10⁶ and 106, 1½ and 11⁄2 the same. */
const raised = /[⁺-⁾₊-₎]/;

/**
 * Evens out what typography changes and nothing else: compatibility forms (NFKC), case, the shapes of quotation
 * marks and dashes, soft and line-break hyphens, invisible characters, runs of white space.
 *
 * What carries meaning stays: letters (ä, ß), digits, %, superscripts and fractions, the minus sign. A dash that
 * stands directly before a digit and not behind a word is a minus sign, whatever its shape; a real minus sign
 * (U+2212) never becomes a dash. After a digit single and double quotation marks stay apart: 5' is not 5".
 */
export function normalise(original: string): Normalised {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let last = '';

  const emit = (units: string, start: number, end: number) => {
    text += units;
    last = units.charAt(units.length - 1);
    for (let unit = 0; unit < units.length; unit++) {
      starts.push(start);
      ends.push(end);
    }
  };
  const emitSpace = (start: number, end: number) => {
    if (last !== ' ') emit(' ', start, end);
  };

  let at = 0;
  while (at < original.length) {
    const code = original.charCodeAt(at);
    if (isPlain(code) && !(original.charCodeAt(at + 1) >= firstMark)) {
      const char = original.charAt(at);
      if (char !== ' ') emit(char.toLowerCase(), at, at + 1);
      else emitSpace(at, at + 1);
      at++;
      continue;
    }
    const char = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const next = at + char.length;
    if (space.test(char)) {
      emitSpace(at, next);
      at = next;
    } else if (invisible.test(char)) {
      // A soft hyphen at the end of a line: the word goes on in the next.
      at = char === '\u00ad' ? skip(lineBreak, original, next) : next;
    } else if (doubleQuotes.includes(char)) {
      emit('"', at, next);
      at = next;
    } else if (singleQuotes.includes(char)) {
      emit(digit.test(last) ? "'" : '"', at, next);
      at = next;
    } else if (longDashes.includes(char)) {
      emitSpace(at, next);
      emit('-', at, next);
      emitSpace(at, next);
      at = next;
    } else if (dashes.includes(char)) {
      at = emitDash(char, next);
    } else {
      cluster.lastIndex = at;
      const whole = cluster.exec(original)?.[0] ?? char;
      emit(fold(whole), at, at + whole.length);
      at += whole.length;
    }
  }
  return { text, starts, ends };

  /** Emits what a hyphen or short dash means where it stands; returns where to go on. */
  function emitDash(char: string, next: number): number {
    const behindLetter = letter.test(last);
    const afterBreak = hyphens.includes(char) && behindLetter ? skip(lineBreak, original, next) : next;
    if (afterBreak > next && skip(suspended, original, afterBreak) === afterBreak) {
      const follower = String.fromCodePoint(original.codePointAt(afterBreak) ?? 0);
      const joins = follower === follower.toLowerCase() && letter.test(follower);
      if (!joins) emit('-', next - 1, next);
      return afterBreak;
    }
    const isSign = digit.test(original.charAt(next)) && !behindLetter && !digit.test(last);
    emit(isSign ? minus : '-', next - char.length, next);
    return next;
  }
}

/** The first character that combines with the one before it. */
const firstMark = 0x300;

/** Letters of Latin-1, digits, comma, point and space: nearly all of a text, and NFKC leaves them alone. */
const isPlain = (code: number) =>
  (code >= 97 && code <= 122) ||
  code === 32 ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 44 ||
  code === 46 ||
  (code >= 192 && code <= 255 && code !== 215 && code !== 247);

/** Where a sticky pattern's match from `at` ends; `at` if it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function fold(whole: string): string {
  const composed = whole.normalize('NFC');
  const compatible = composed.normalize('NFKC');
  const meansDigits = raised.test(composed) || (/[0-9]/.test(compatible) && !digit.test(composed));
  return (meansDigits ? composed : compatible).replace(/[\ufe00-\ufe0f]/g, '').toLowerCase();
}
