import type { Link } from '../../src/language/model.ts';
import { nameKey } from '../../src/language/names.ts';
import type { TranslationTable } from './ibm1.ts';

/** For each term the terms of the same meaning, best first. */
export type Links = ReadonlyArray<readonly Link[]>;

export interface LinkMaterial {
  readonly terms: readonly string[];
  readonly isName: (id: number) => boolean;
  readonly toEnglish: TranslationTable;
  readonly toGerman: TranslationTable;
  /** Pairs of English terms derived from one another. */
  readonly derivations: ReadonlyArray<readonly [number, number]>;
  /** Pairs of terms of one language that are written differently but the same: a numeral and its word, colour and color. */
  readonly variants: ReadonlyArray<readonly [number, number]>;
  /** Pairs of names of one place or body: US, America. */
  readonly sameNames: ReadonlyArray<readonly [number, number]>;
  /** A seat of government and the country that is meant by it: Moscow, Russia. */
  readonly seats: ReadonlyArray<readonly [number, number]>;
}

const mostLinks = 24;
const leastWeight = 0.01;
const familyWeight = 0.6;
/** The names of a country, its people and its adjective mean one country. */
const nameFamilyWeight = 0.8;
const variantWeight = 0.9;
const seatWeight = 0.5;
/** A translation of a relative is worth this much of a translation; between names it means the same. */
const acrossFamily = 0.5;
const acrossNameFamily = 0.9;
/** Below this chance of coming back to the word by way of the other language, two look-alikes are no family. */
const leastRoundTrip = 0.004;

/** Names need no likeness (Frankreich, französisch) if they are that likely to lead to one another. */
const leastNameRoundTrip = 0.1;

type Row = Map<number, number>;

const raise = (rows: Row[], from: number, to: number, weight: number): void => {
  const row = rows[from];
  if (row && from !== to && weight > (row.get(to) ?? 0)) row.set(to, weight);
};

const particles =
  /^(?:ab|an|auf|aus|be|bei|dar|durch|ein|ent|er|fort|ge|her|hin|los|mit|nach|nieder|statt|teil|über|um|unter|ver|vor|weg|wider|wieder|zer|zu|zurück|zusammen)(?=.{3})/;

/** Onset, vowels and following consonants of a root; h, g and k change places in sound law (zieh, Zug). */
const rootPattern = /^([^aeiouäöü]+)[aeiouäöü]+([^aeiouäöü]*)(.*)$/;
/** What is left of German endings after stemming; anything else behind a common beginning makes a compound. */
const endings =
  /^(?:|a|al|ant|ar|at|ator|atorin|bar|ch|e|el|ell|end|ent|er|erin|haft|heit|i|ial|iell|ier|ig|in|ion|isch|isi|isier|isation|ism|ismus|ist|istin|ität|ativ|iv|land|reich|keit|l|ler|lerin|lich|ling|los|n|nd|ner|nerin|nis|or|orin|s|sam|schaft|st|t|te|tum|ung|ur)$/;

/**
 * Whether two German stems may be of one family: they begin alike and differ in their endings only, or they are a verb and its noun
 * with the vowel changed (abzieh, abzug; beschliess, beschluss).
 */
export function looksRelated(a: string, b: string): boolean {
  const particle = particles.exec(a)?.[0] ?? '';
  if (particle !== (particles.exec(b)?.[0] ?? '')) return false;
  const [rootA, rootB] = [a.slice(particle.length), b.slice(particle.length)];
  const shorter = Math.min(rootA.length, rootB.length);
  let common = 0;
  while (common < shorter && rootA[common] === rootB[common]) common++;
  if (
    common >= Math.max(3, 0.5 * shorter) &&
    endings.test(rootA.slice(common)) &&
    endings.test(rootB.slice(common))
  ) {
    return true;
  }
  const [, onsetA, codaA = '', restA = ''] = rootPattern.exec(rootA) ?? [];
  const [, onsetB, codaB = '', restB = ''] = rootPattern.exec(rootB) ?? [];
  const sound = (coda: string): string => coda.replace(/(.)\1/g, '$1').replace(/^[hgk]$/, 'h');
  return (
    onsetA !== undefined && onsetA === onsetB && sound(codaA) === sound(codaB) && restA === '' && restB === ''
  );
}

const familyWeightOf = ({ isName }: LinkMaterial, a: number, b: number): number =>
  isName(a) && isName(b) ? nameFamilyWeight : familyWeight;

/** Relatives of each German term: look-alikes that the other language confirms. */
function buildGermanFamilies(material: LinkMaterial, english: readonly Row[], families: Row[]): void {
  const { terms, toEnglish, toGerman } = material;
  for (const [from, translations] of toEnglish) {
    const stem = terms[from]!;
    if (!stem.startsWith('de:')) continue;
    const back: Row = new Map();
    const visit = (word: number, chance: number): void => {
      for (const [to, probability] of toGerman.get(word) ?? []) {
        if (to !== from) back.set(to, (back.get(to) ?? 0) + chance * probability);
      }
    };
    for (const [word, probability] of translations.slice(0, 12)) {
      visit(word, probability);
      for (const [relative, weight] of english[word] ?? []) visit(relative, probability * weight);
    }
    for (const [to, chance] of back) {
      if (chance < leastRoundTrip || !terms[to]!.startsWith('de:')) continue;
      const sameCountry = chance >= leastNameRoundTrip && material.isName(from) && material.isName(to);
      const alike = looksRelated(stem.slice(3), terms[to]!.slice(3));
      if (!sameCountry && !alike) continue;
      const weight = alike ? familyWeightOf(material, from, to) : familyWeight;
      raise(families, from, to, weight);
      raise(families, to, from, weight);
    }
  }
}

function addTranslations(
  rows: Row[],
  table: TranslationTable,
  back: TranslationTable,
  isGerman: (id: number) => boolean,
): void {
  const reverse = new Map<number, Map<number, number>>();
  for (const [from, row] of back) reverse.set(from, new Map(row));
  for (const [from, row] of table) {
    for (const [to, probability] of row) {
      if (isGerman(from) === isGerman(to)) continue;
      // What translates only one way is noise of alignment, unless it is frequent.
      const returns = reverse.get(to)?.get(from) ?? 0;
      if (returns > 0.004 || probability > 0.1) raise(rows, from, to, probability);
    }
  }
}

/** Names of one place or body, and what is derived from them: America, US; American, US. */
function addSameNames(families: Row[], { sameNames }: LinkMaterial): void {
  const derived = families.map((row) => new Map(row));
  const meet = (a: number, b: number, weight: number): void => {
    raise(families, a, b, weight);
    raise(families, b, a, weight);
  };
  for (const [a, b] of [...sameNames, ...sameNames.map(([one, other]) => [other, one] as const)]) {
    meet(a, b, variantWeight);
    for (const [relative, weight] of derived[a] ?? []) meet(relative, b, weight * variantWeight);
  }
}

/** Names of both languages that transliteration rules make one. */
function addSpellings(rows: Row[], { terms, isName }: LinkMaterial): void {
  const byKey = new Map<string, number[]>();
  terms.forEach((term, id) => {
    if (!isName(id) || term.length < 7) return;
    const key = nameKey(term);
    byKey.set(key, [...(byKey.get(key) ?? []), id]);
  });
  for (const ids of byKey.values()) {
    for (const a of ids) for (const b of ids) raise(rows, a, b, variantWeight);
  }
}

/**
 * Builds the links of every term from translations, families (country and inhabitant, verb and noun), spellings,
 * and the translations of a term's relatives.
 */
export function buildLinks(material: LinkMaterial): Links {
  const { terms, derivations, variants } = material;
  const families: Row[] = terms.map(() => new Map());
  for (const [a, b] of derivations) {
    const weight = familyWeightOf(material, a, b);
    raise(families, a, b, weight);
    raise(families, b, a, weight);
  }
  buildGermanFamilies(
    material,
    families.map((row) => new Map(row)),
    families,
  );
  for (const [a, b] of variants) {
    raise(families, a, b, variantWeight);
    raise(families, b, a, variantWeight);
  }
  addSameNames(families, material);
  for (const [seat, country] of material.seats) {
    raise(families, seat, country, seatWeight);
    raise(families, country, seat, seatWeight);
  }
  const translations: Row[] = terms.map(() => new Map());
  const isGerman = (id: number): boolean => terms[id]!.startsWith('de:');
  addTranslations(translations, material.toEnglish, material.toGerman, isGerman);
  addTranslations(translations, material.toGerman, material.toEnglish, isGerman);

  const across = (from: number, to: number): number =>
    material.isName(from) && material.isName(to) ? acrossNameFamily : acrossFamily;
  const rows: Row[] = translations.map((row) => new Map(row));
  families.forEach((family, from) => {
    for (const [relative, weight] of family) {
      raise(rows, from, relative, weight);
      for (const [to, probability] of translations[relative]!) {
        raise(rows, from, to, across(relative, to) * weight * probability);
      }
    }
  });
  translations.forEach((row, from) => {
    for (const [to, probability] of row) {
      for (const [relative, weight] of families[to]!)
        raise(rows, from, relative, across(to, relative) * weight * probability);
    }
  });
  addSpellings(rows, material);
  return rows.map((row) =>
    [...row]
      .filter(([, weight]) => weight >= leastWeight)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, mostLinks)
      .map(([id, weight]) => ({ id, weight: Math.min(1, weight) })),
  );
}
