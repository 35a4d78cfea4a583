import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A set of English words that share a meaning. */
export interface Synset {
  readonly words: readonly string[];
  /** Definition and examples. */
  readonly gloss: string;
  /** Words of the synsets one step more general. */
  readonly broader: readonly string[];
  /** Named things (Rhine, Napoleon) are instances of their broader synsets. */
  readonly instance: boolean;
}

export interface WordNet {
  readonly synsets: readonly Synset[];
  /** Pairs of words derived from one another (demand, demander; withdraw, withdrawal). */
  readonly derivations: ReadonlyArray<readonly [string, string]>;
  /** Names of a seat of government, and the country that news means by it (Moscow, Russia; Kremlin, Russia). */
  readonly seats: ReadonlyArray<readonly [string, string]>;
  /** How often each word was met in the texts that WordNet's makers tagged; words of a phrase are joined by `_`. */
  readonly frequency: ReadonlyMap<string, number>;
  /** Base form by irregular form, with those forms left out that are more often words of their own. */
  readonly irregular: ReadonlyMap<string, string>;
}

const files = ['noun', 'verb', 'adj', 'adv'];
const posOf: Readonly<Record<string, string>> = { n: 'noun', v: 'verb', a: 'adj', s: 'adj', r: 'adv' };

export interface Pointer {
  readonly kind: string;
  readonly target: string;
  /** Numbers of the source and target word, 0 for the whole synset. */
  readonly from: number;
  readonly to: number;
}

export interface RawSynset {
  readonly words: readonly string[];
  readonly pointers: readonly Pointer[];
  readonly gloss: string;
}

/** A line of data.noun and its sisters; see wndb(5WN). */
export function parseSynset(line: string): RawSynset {
  const bar = line.indexOf(' | ');
  const fields = line.slice(0, bar).split(' ');
  const count = Number.parseInt(fields[3] ?? '0', 16);
  const words = Array.from({ length: count }, (_, word) =>
    (fields[4 + 2 * word] ?? '').replace(/_/g, ' ').replace(/\(.*\)$/, ''),
  );
  const base = 4 + 2 * count;
  const pointers = Array.from({ length: Number(fields[base]) }, (_, index): Pointer => {
    const [kind = '', offset = '', pos = '', ends = '0000'] = fields.slice(base + 1 + 4 * index);
    return {
      kind,
      target: `${posOf[pos]}${offset}`,
      from: Number.parseInt(ends.slice(0, 2), 16),
      to: Number.parseInt(ends.slice(2), 16),
    };
  });
  return { words, pointers, gloss: line.slice(bar + 3).trim() };
}

async function readRaw(folder: string): Promise<Map<string, RawSynset>> {
  const synsets = new Map<string, RawSynset>();
  for (const pos of files) {
    for (const line of (await readFile(join(folder, `data.${pos}`), 'latin1')).split('\n')) {
      if (/^\d/.test(line)) synsets.set(pos + line.slice(0, 8), parseSynset(line));
    }
  }
  return synsets;
}

async function readFrequency(folder: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const line of (await readFile(join(folder, 'cntlist.rev'), 'latin1')).split('\n')) {
    const [sense = '', , count = '0'] = line.split(' ');
    const word = sense.slice(0, sense.indexOf('%'));
    counts.set(word, (counts.get(word) ?? 0) + Number(count));
  }
  return counts;
}

async function readIrregular(
  folder: string,
  lemmas: ReadonlySet<string>,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, string>> {
  const irregular = new Map<string, string>();
  for (const pos of ['verb', 'noun', 'adj']) {
    for (const line of (await readFile(join(folder, `${pos}.exc`), 'latin1')).split('\n')) {
      const [form, base] = line.split(' ');
      if (!form || !base || form.includes('_') || irregular.has(form)) continue;
      const own = lemmas.has(form) ? (counts.get(form) ?? 0) : -1;
      if (own < (counts.get(base) ?? 0) / 4) irregular.set(form, base);
    }
  }
  return irregular;
}

const isName = (word: string): boolean => /^\p{Lu}\p{L}+$/u.test(word);

/** Finds national capitals, and what stands in them, by the country of which they are a part. */
export function findSeats(synsets: ReadonlyMap<string, RawSynset>): [string, string][] {
  const targets = (key: string, kinds: readonly string[]): string[] =>
    (synsets.get(key)?.pointers ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ target }) => target);
  const isInstanceOf = (key: string, ending: string): boolean =>
    targets(key, ['@i']).some((kind) => synsets.get(kind)?.words.some((word) => word.endsWith(ending)));
  const namesOf = (key: string): string[] => synsets.get(key)?.words.filter(isName) ?? [];
  const findCountry = (capital: string): string | undefined => {
    const wholes = new Set(targets(capital, ['#p']));
    for (const whole of wholes) {
      if (isInstanceOf(whole, 'country')) return whole;
      for (const next of targets(whole, ['#p'])) wholes.add(next);
    }
    return undefined;
  };
  const seats: [string, string][] = [];
  for (const key of synsets.keys()) {
    const country = isInstanceOf(key, 'national capital') ? findCountry(key) : undefined;
    if (country === undefined) continue;
    for (const seat of [key, ...targets(key, ['%p'])]) {
      for (const name of namesOf(seat)) for (const other of namesOf(country)) seats.push([name, other]);
    }
  }
  return seats;
}

/** Reads WordNet 3.0 (package wordnet-base). */
export async function readWordNet(folder: string): Promise<WordNet> {
  const raw = await readRaw(folder);
  const derivations: [string, string][] = [];
  const synsets = [...raw.values()].map(({ words, pointers, gloss }): Synset => {
    for (const { kind, target, from, to } of pointers) {
      // Derivationally related, pertainym (Russian, Russia), participle of.
      if (!['+', '\\', '<'].includes(kind)) continue;
      const source = words[from - 1];
      const other = raw.get(target)?.words[to - 1];
      if (source && other) derivations.push([source, other]);
    }
    const broader = pointers
      .filter(({ kind }) => kind === '@' || kind === '@i')
      .flatMap(({ target }) => raw.get(target)?.words ?? []);
    return { words, gloss, broader, instance: pointers.some(({ kind }) => kind === '@i') };
  });
  const lemmas = new Set([...raw.values()].flatMap(({ words }) => words.map((word) => word.toLowerCase())));
  const frequency = await readFrequency(folder);
  const irregular = await readIrregular(folder, lemmas, frequency);
  return { synsets, derivations, seats: findSeats(raw), frequency, irregular };
}
