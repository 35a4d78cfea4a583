import type { Language, Span } from '../types.ts';

/** A quotation up to this many characters stays whole, with the words around it. */
const shortQuotation = 300;

/** Longest stretch looked back for the word in front of a stop. */
const longestWord = 40;

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Abbreviations that never end a sentence: something always follows them. Lower case, without the last point. */
const neverLast = words(`
  dr prof mr mrs ms messrs hr hrn fr frl st nr ca bzw vgl sog evtl ggf inkl exkl einschl zzgl abzgl gegr
  dipl ing mag hrsg bd aufl az tel hl vs gen sen rep gov lt col sgt capt cmdr adm maj rev hon pres
  z.b z.t z.zt d.h i.d.r i.a i.v u.u m.e s.o s.u e.g i.e cf approx
`);

/** Abbreviations that may end one: a frequent first word after them tells. */
const maybeLast = words(`
  mio mrd mill tsd usw etc usf al u.a u.ä o.ä o.g v.a a.d e.v n.chr v.chr chr jh jhd jhdt str abs art abt kap
  abb anm bsp geb gest kath ev dt engl frz lat russ co corp inc ltd jr sr bros gebr ggü
  dept univ assn ave blvd gmbh min std sek
`);

/** Words that are an abbreviation in front of a figure only: Jan. 21, No. 5, max. 30. */
const beforeFigures = words(`
  jan feb mrz mar apr jun jul aug sep sept okt oct nov dez dec no nos pp fig max ziff rn rz ver vol ch sec
`);

/** Frequent first words of a sentence, none of which is a name or a noun. */
const firstWords: Readonly<Record<'de' | 'en', ReadonlySet<string>>> = {
  de: words(`
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Er Sie Es Wir Ich Ihr Man In Im Am An Auf Aus Bei Beim
    Mit Nach Seit Von Vom Vor Zu Zum Zur Für Durch Gegen Ohne Um Unter Über Zwischen Während Wegen Trotz Als Wenn Weil
    Da Dass Ob Obwohl Und Oder Aber Doch Denn Auch Noch Nur So Dann Damit Dabei Dafür Dagegen Danach Daher Darauf Darin
    Darüber Dazu Deshalb Deswegen Dies Diese Dieser Dieses Diesen Diesem Jeder Jede Jedes Alle Viele Einige Mehrere
    Beide Kein Keine Nicht Nichts Hier Dort Heute Gestern Zuvor Zudem Zugleich Außerdem Allerdings Jedoch Bislang Bisher
    Laut Wie Was Wer Wo Warum Welche Sein Seine Ihre Unsere Insgesamt Inzwischen Mittlerweile Demnach Dennoch Trotzdem
    Nachdem Bevor Sobald Sollte Ebenso Schon Bereits Erst Derzeit Zuletzt Anschließend Später Sowohl Weder Bis Ab Innerhalb
  `),
  en: words(`
    The A An He She It They We You This That These Those In On At By For From With After Before During Since When While
    If As But And Or So Yet However Meanwhile Also There Here His Her Its Their Our My What Who Where Why How Not All
    Many Some Most Both Each Another Other Under Over Between According Despite Although Because Once Until Then Thus
    To Of Now Several Such Only Even Still Instead Nevertheless Moreover Furthermore Later Earlier Today Yesterday
  `),
};

const monthNames = words(`
  Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember
`);

const landmark = /[.!?…。！？।؟„“”"«»\n]/g;
const stops = '.!?…。！？।؟';
const wideStops = '。！？।';
const closers = /[\p{Pe}\p{Pf}\p{Pi}"'’]*/uy;
const gap = /\s+/y;
const nextWord = /[\p{Pi}\p{Ps}\p{Pf}"'‚„–—-]*\s?([\p{L}\p{M}\p{N}]*)/uy;
const opening = /[\p{Pi}\p{Ps}„‚"'«»]/u;
const lowerCase = /^\p{Ll}/u;
const lineBreak = /[^\S\n]*\n\s*/y;
const listItem = /(?:[-–—*•·▪+]|\d{1,3}[.)])\s/y;
const roman = /^[IVX]+$/;
/** Initials and their like: J, J.F, U.S, Ph.D, a.m. */
const dotted = /^(?:\p{L}|\p{L}{1,2}(?:\.\p{L}{1,2})+)$/u;
const quotedQuestion =
  /\s*(?:\p{Lu}[\p{L}.-]*\s+){1,3}(?:asked|said|says|asks|cried|shouted|wrote|added|told|replied)\b/uy;

/**
 * Spans of the sentences of a text: in order, without the white space around them, never overlapping, and
 * together everything that is not white space. A blank line always ends a sentence. A line break inside a
 * paragraph does unless the line is wrapped, that is, the next word would not have fitted into it.
 * A quotation of up to 300 characters stays in one piece with the words that introduce or attribute it.
 *
 * One pass over the text; abbreviations, ordinals and initials are told by rules, in the manner of Grefenstette and
 * Tapanainen (1994). Every language but German and English is read by what the two have in common.
 */
export function splitSentences(text: string, language: Language): Span[] {
  const spans: Span[] = [];
  let start = skipSpace(text, 0);
  const endAt = (end: number, next: number): void => {
    let last = end;
    while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
    if (last > start) spans.push([start, last]);
    start = skipSpace(text, next);
  };

  landmark.lastIndex = start;
  for (let hit = landmark.exec(text); hit; hit = landmark.exec(text)) {
    const at = hit.index;
    const mark = hit[0];
    let resume = at + 1;
    if (mark === '\n') {
      const after = matchEnd(lineBreak, text, at);
      if (endsLine(text, at, after)) endAt(at, after);
      resume = after;
    } else if (stops.includes(mark)) {
      let stopEnd = at + 1;
      while (stopEnd < text.length && stops.includes(text.charAt(stopEnd))) stopEnd++;
      const closed = matchEnd(closers, text, stopEnd);
      const after = matchEnd(gap, text, closed);
      resume = Math.max(stopEnd, closed);
      const bounded = after > closed || after >= text.length || wideStops.includes(text.charAt(stopEnd - 1));
      if (bounded && endsSentence(text, start, { at, stopEnd, closed, after }, language))
        endAt(closed, after);
    } else {
      const close = closingQuote(text, at, mark);
      // A stop just inside the closing quotation mark may end the sentence: go on there.
      if (close > 0) resume = stops.includes(text.charAt(close - 1)) ? close - 1 : close + 1;
    }
    landmark.lastIndex = resume;
  }
  endAt(text.length, text.length);
  return spans;
}

interface Stop {
  /** First stop character. */
  readonly at: number;
  /** After the last stop character. */
  readonly stopEnd: number;
  /** After the quotation marks and brackets that close behind the stop. */
  readonly closed: number;
  /** Where the text goes on. */
  readonly after: number;
}

function endsSentence(text: string, start: number, stop: Stop, language: Language): boolean {
  if (stop.after >= text.length) return true;
  nextWord.lastIndex = stop.after;
  const word = nextWord.exec(text)?.[1] ?? '';
  // The A of J. A. Hobson is no article.
  const next = /^\p{Lu}$/u.test(word) && text[nextWord.lastIndex] === '.' ? '' : word;
  const opens = opening.test(text.charAt(stop.after));
  const ellipsis = stop.stopEnd > stop.at + 1 || text[stop.at] === '…';
  if (text[stop.at] !== '.' || ellipsis) {
    if (lowerCase.test(next)) return opens && stop.closed === stop.stopEnd && !ellipsis;
    if (stop.closed === stop.stopEnd || ellipsis) return true;
    quotedQuestion.lastIndex = stop.after;
    // A title such as „Fürchtet sie!“ (2006), a question such as “Why?” Lavrov asked.
    return text[stop.after] !== '(' && !quotedQuestion.test(text);
  }
  if (lowerCase.test(next) && !opens) return false;
  // Behind a closing quotation mark or bracket no abbreviation goes on.
  if (stop.closed > stop.stopEnd && !lowerCase.test(next)) return true;
  return !isAbbreviated(text, start, stop.at, next, language);
}

/** Whether the point at `at` belongs to the word in front of it, so that the sentence goes on with `next`. */
function isAbbreviated(text: string, start: number, at: number, next: string, language: Language): boolean {
  const word = wordBefore(text, start, at);
  if (word === '') return false;
  const figuresFollow = /^\p{N}/u.test(next);
  const opensSentence =
    language === 'de' || language === 'en'
      ? firstWords[language].has(next)
      : firstWords.de.has(next) || firstWords.en.has(next);

  if (/^\d+$/.test(word)) {
    if (word.length <= 3 && beginsLine(text, start, at - word.length)) return true;
    // Sauerstoff-18, COVID-19: no ordinal.
    if (text[at - word.length - 1] === '-') return false;
    if (language === 'en' || word.length > 3) return false;
    return monthNames.has(next) || !opensSentence;
  }
  const key = word.toLowerCase();
  if (neverLast.has(key)) return true;
  if (beforeFigures.has(key)) return figuresFollow;
  if (maybeLast.has(key)) return !opensSentence;
  if (language !== 'en' && roman.test(word)) return !opensSentence;
  return dotted.test(word) && !opensSentence;
}

/** The word that the point at `at` follows; parts of `z. B` and `J. F` are put together without the spaces. */
function wordBefore(text: string, start: number, at: number): string {
  const floor = Math.max(start, at - longestWord);
  let from = at;
  while (from > floor && isWordCharacter(text.charCodeAt(from - 1))) from--;
  let word = text.slice(from, at);
  while (word.length === 1 || word.charAt(1) === '.') {
    const letter = from - 3;
    if (letter < floor || text[from - 2] !== '.' || !isSpace(text.charCodeAt(from - 1))) break;
    if (!/\p{L}/u.test(text.charAt(letter))) break;
    if (letter > floor && isWordCharacter(text.charCodeAt(letter - 1))) break;
    word = `${text[letter]}.${word}`;
    from = letter;
  }
  return word;
}

/** End of the quotation that opens at `at`, or -1 when there is none or it is long. */
function closingQuote(text: string, at: number, mark: string): number {
  const before = at === 0 ? ' ' : text.charAt(at - 1);
  if (mark !== '„' && !/[\s\p{Ps}\p{Pd}„“‚‘'"/]/u.test(before)) return -1;
  const found = text.slice(at + 1, at + shortQuotation).search(closingMarks[mark]!);
  return found < 0 || text[at + 1 + found] === '\n' ? -1 : at + 1 + found;
}

/** What closes a quotation, by what opens it, or a blank line that shows that nothing does. */
const closingMarks: Readonly<Record<string, RegExp>> = {
  '„': /[“”"]|\n\n/,
  '“': /”|\n\n/,
  '"': /"|\n\n/,
  '”': /”|\n\n/,
  '»': /«|\n\n/,
  '«': /»|\n\n/,
};

/** Whether the line that ends at `at` ends a sentence too. `after` is where the text goes on. */
function endsLine(text: string, at: number, after: number): boolean {
  if (after >= text.length || text.slice(at + 1, after).includes('\n')) return true;
  listItem.lastIndex = after;
  if (listItem.test(text)) return true;
  nextWord.lastIndex = after;
  const next = nextWord.exec(text);
  if (lowerCase.test(next?.[1] ?? '')) return false;
  // A subscript that copying has put on a line of its own: CO, next line 2.
  if (/^\d/.test(next?.[1] ?? '') && /[^\p{L}][A-Z]{1,2}$/u.test(text.slice(Math.max(0, at - 4), at)))
    return false;
  const from = text.lastIndexOf('\n', at - 1) + 1;
  let wordEnd = after;
  while (wordEnd < text.length && !isSpace(text.charCodeAt(wordEnd))) wordEnd++;
  return at - from + 1 + (wordEnd - after) <= paragraphWidth(text, at);
}

/** Length of the longest of the lines around `at`, up to the next blank line or ten lines in each direction. */
function paragraphWidth(text: string, at: number): number {
  let width = 0;
  let end = at;
  for (let lines = 0; lines < 10; lines++) {
    const from = text.lastIndexOf('\n', end - 1) + 1;
    if (end <= from) break;
    width = Math.max(width, end - from);
    if (from === 0) break;
    end = from - 1;
  }
  let from = at + 1;
  for (let lines = 0; lines < 10 && from < text.length; lines++) {
    const newline = text.indexOf('\n', from);
    const lineEnd = newline < 0 ? text.length : newline;
    if (lineEnd === from) break;
    width = Math.max(width, lineEnd - from);
    from = lineEnd + 1;
  }
  return width;
}

/** Whether nothing but white space stands between `at` and the beginning of its line or of the sentence. */
function beginsLine(text: string, start: number, at: number): boolean {
  let from = at;
  while (from > start && isSpace(text.charCodeAt(from - 1)) && text[from - 1] !== '\n') from--;
  return from === start || text[from - 1] === '\n';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of a sticky match at `at`; `at` itself when there is none. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** White space as `\s` and `trim` know it. */
function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Letters, figures, and the point and comma inside numbers and abbreviations. */
function isWordCharacter(code: number): boolean {
  if (code < 0x80) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 46 ||
      code === 44
    );
  }
  return code >= 0xc0 && code < 0x2000;
}
