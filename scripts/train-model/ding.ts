import { readFile } from 'node:fs/promises';

/** What ding says a German word is, by the mark behind it. */
export type WordClass = 'noun' | 'verb' | 'adjective' | 'other';

/** An expression as it would stand in a text, without placeholders (jdn., sth.), labels and remarks. */
export interface Expression {
  readonly text: string;
  /** The labels in square brackets behind it: mil., Am., ... */
  readonly labels: readonly string[];
}

/** A German and an English list of synonyms that translate each other. */
export interface Pair {
  readonly german: readonly Expression[];
  readonly english: readonly Expression[];
}

/** A line of ding: the pair that heads it, then inflected forms, compounds, phrases and example sentences. */
export interface Entry {
  readonly wordClass: WordClass;
  readonly pairs: readonly Pair[];
}

const placeholders =
  /(?<![\p{L}\p{N}])(?:jdn|jdm|jds|jd|etw|sb|sth|smb|sb's|one's|oneself|er\/sie|ich\/er\/sie|he\/she|I\/he\/she|has\/had|hat\/hatte|ist\/war|sich)(?:\.|(?![\p{L}\p{N}]))(?:['’]s)?/gu;

const withoutParentheses = (text: string): string => {
  let before = text;
  for (;;) {
    const after = before.replace(/\([^()]*\)/g, ' ');
    if (after === before) return after;
    before = after;
  }
};

function parseExpression(text: string): Expression | undefined {
  const labels = [...text.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const clean = text
    .replace(/\[[^\]]*\]|\{[^}]*\}|<[^>]*>/g, ' ')
    .replace(placeholders, ' ')
    .replace(/(?<=\s)\/|\/(?=\s)/g, ' ')
    .replace(/[<>[\]{}()~…]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:/.!?-]+|[\s,;:/!?-]+$/g, '')
    // Names are entered with their article: der Kreml, the Kremlin.
    .replace(/^(?:der|die|das|the) (?=\p{Lu}\S*$)/u, '');
  return clean ? { text: clean, labels } : undefined;
}

/** Alternatives of single words (Forderung/Anspruch) become expressions; inside longer ones the first stands for all. */
function parseSide(side: string): Expression[] {
  return withoutParentheses(side)
    .split(';')
    .flatMap((part) => {
      const parsed = parseExpression(part);
      if (!parsed) return [];
      const words = parsed.text.split(' ');
      if (words.length === 1) return parsed.text.split('/').map((text) => ({ ...parsed, text }));
      return [{ ...parsed, text: words.map((word) => word.replace(/^([^/]+)\/.*$/, '$1')).join(' ') }];
    })
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

const classOf = (german: string): WordClass => {
  if (/\{(?:[^}]*\b)?v[itr]?\b/.test(german)) return 'verb';
  if (/\{(?:[mfn]|pl)\b/.test(german)) return 'noun';
  return /\{adj/.test(german) ? 'adjective' : 'other';
};

/** Parses a line of the word list; undefined for comments and lines whose two sides do not pair up. */
export function parseEntry(line: string): Entry | undefined {
  const separator = line.indexOf(' :: ');
  if (line.startsWith('#') || separator < 0) return undefined;
  const german = line.slice(0, separator).split('|');
  const english = line.slice(separator + 4).split('|');
  if (german.length !== english.length) return undefined;
  const pairs = german.flatMap((side, index) => {
    const pair = { german: parseSide(side), english: parseSide(english[index] ?? '') };
    return pair.german.length && pair.english.length ? [pair] : [];
  });
  return pairs.length ? { wordClass: classOf(german[0] ?? ''), pairs } : undefined;
}

/** Reads ding's German-English word list (package trans-de-en). */
export async function readDing(path: string): Promise<Entry[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.map(parseEntry).filter((entry) => entry !== undefined);
}
