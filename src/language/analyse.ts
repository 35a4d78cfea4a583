import type { Language } from '../types.ts';
import { readCognate } from './cognates.ts';
import { type ReadPart, splitCompound } from './compounds.ts';
import { isModelLanguage, type ModelLanguage } from './languages.ts';
import type { Lexicon } from './model.ts';
import { nameKey, unknownNameKey } from './names.ts';
import { parseNumeral } from './numbers.ts';
import { capitalise, fold, stem } from './stem.ts';
import { stopWords } from './stopwords.ts';

/** What the analysis knows about a word, wherever it stands. */
export interface Word {
  /** Key under which forms of a word meet: `de:forder`, `en:demand`, `#1997`; `und:…` for a language the model does not know. */
  readonly term: string;
  /** The model's id of the term, or -1. */
  readonly id: number;
  /** Terms of the parts of a compound; [] for other words. */
  readonly parts: readonly string[];
  /** Function word: takes no part in matching. */
  readonly stop: boolean;
  /** `unknownNameKey` of a word that the model does not know, `nameKey` of one that it knows as a name; otherwise ''. */
  readonly name: string;
}

/** One word of a text. */
export interface Token extends Word {
  /** UTF-16 offsets of the word in the text. */
  readonly start: number;
  readonly end: number;
}

/** Splits a text into its words, in reading order. */
export type Analyse = (text: string, language: Language) => Token[];

/** What a part of a compound counts that training has not seen as one. */
const guessed = 0.5;

/** Forms remembered for each language; a corpus has fewer frequent ones, so that most words cost one look-up. */
const remembered = 200_000;

// Abbreviations with points (U.S.), numerals with separators, words with an English ending after an apostrophe.
const wordPattern =
  /(?:[A-ZÄÖÜ]\.){2,}|\d+(?:[.,]\d+)*[a-zA-Z]{0,3}(?![0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ])|[0-9A-Za-zÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿḀ-ỿ]+(?:['’](?:s|t|re|ve|ll|d|m)(?![A-Za-z]))?/g;

const zuInfinitive =
  /^(ab|an|auf|aus|bei|dar|durch|ein|fern|fest|fort|her|heran|heraus|hervor|hin|hinaus|los|mit|nach|nieder|statt|teil|über|um|unter|vor|voran|vorbei|weg|weiter|wieder|zu|zurück|zusammen)zu(.{3,})$/;
const participle =
  /^(|ab|an|auf|aus|bei|dar|durch|ein|fern|fest|fort|her|heran|heraus|hervor|hin|hinaus|los|mit|nach|nieder|statt|teil|über|um|unter|vor|voran|vorbei|weg|weiter|wieder|zu|zurück|zusammen)ge(.{3,}?)(?:e?te[nmrs]?|e?t)$/;
/** A capital letter and then a small one. */
const startsNoun = /^[A-ZÄÖÜ][a-zäöüß]/;
/** Parts a prefix and an irregular form of the verb behind it (auf|gehaltenen, ver|lief). */
const prefixed =
  /^(ab|an|auf|aus|bei|be|dar|durch|ein|ent|er|fern|fest|fort|her|heran|heraus|hervor|hin|hinaus|inne|los|mit|nach|nieder|statt|teil|über|um|unter|ver|vor|voran|vorbei|weg|weiter|wieder|zer|zu|zurück|zusammen|)(.{3,})$/;
/** What an irregular form adds in the plural, a participle before a noun. */
const moreEndings = /(?:e[nmrs]?|n)$/;
/** Participles and adjectives, whose last part is an ending and not an end: vorübergehend. */
const endsInEnding = /^[a-zäöüß].*end(?:e[nmrs]?)?$/;
/** They are words of the model, but no last parts: Sicher|heit. */
const suffixes = new Set(['heit', 'heiten', 'keit', 'keiten', 'schaft', 'schaften']);
/** Longer words that lose an umlaut are seldom the same word. */
const longestPlural = 8;
const weakEnding = /(?:e?te[nt]?|e?st|e?t|end(?:e[nmrs]?)?)$/;

/** Analyses texts with the knowledge of a model. The closure remembers the words it has seen. */
export function createAnalyser(lexicon: Lexicon): Analyse {
  const seen: Readonly<Record<ModelLanguage | 'und', Map<string, Word>>> = {
    de: new Map(),
    en: new Map(),
    und: new Map(),
  };

  const known = (key: string, language: ModelLanguage): boolean => lexicon.id(`${language}:${key}`) >= 0;

  /** Stem of a verb by an irregular form of the verb inside it, '' if there is none: aufgehaltenen, gehalten, aufhalt. */
  const readIrregular = (folded: string): string => {
    const irregular = lexicon.irregular.de;
    const [, prefix = '', rest = folded] = prefixed.exec(folded) ?? [];
    for (const [before, verb] of [
      [prefix, rest],
      ['', folded],
    ] as const) {
      const base = irregular.get(verb) ?? irregular.get(verb.replace(moreEndings, ''));
      if (base !== undefined && known(before + base, 'de')) return before + base;
    }
    return '';
  };

  /** Stem of a German form that is not irregular: the first reading that the model knows, or what the stemmer says. */
  const stemGerman = (folded: string): string => {
    const plain = stem(folded, 'de');
    // kamen, gaben, machten: what is left of them are words of their own (Macht) if the verb is not asked for first.
    const form = folded.replace(moreEndings, '');
    const verb = lexicon.irregular.de.get(form);
    // The infinitive modern is no form of modern(er).
    if (verb !== undefined && form !== `${verb}n` && known(verb, 'de')) return verb;
    // The stemmer takes the whole of -ern and -eln off, as in Kindern; verbs keep the l or r.
    if (/[^e]e[lr]n$/.test(folded) && known(folded.slice(0, -1), 'de') && !known(plain, 'de')) {
      return folded.slice(0, -1);
    }
    if (known(plain, 'de')) return plain;
    const base = lexicon.irregular.de.get(plain);
    if (base !== undefined) return base;
    const readings = [
      () => readIrregular(folded),
      () => folded.replace(weakEnding, ''),
      () => folded.replace(participle, '$1$2'),
      () => stem(folded.replace(zuInfinitive, '$1$2'), 'de'),
      // The stemmer takes the s off after some letters only: Prinzips, Südamerikas.
      () => stem(folded.replace(/s$/, ''), 'de'),
      () => stem(folded.replace(/ae/g, 'ä').replace(/oe/g, 'ö').replace(/ue/g, 'ü'), 'de'),
      // The stemmer takes more off the bare form of some adjectives: römisch, römischen.
      () => stem(plain, 'de'),
      () =>
        plain.length > longestPlural ? '' : plain.replace(/ä/g, 'a').replace(/ö/g, 'o').replace(/ü/g, 'u'),
    ];
    for (const read of readings) {
      const reading = read();
      if (reading.length >= 3 && known(reading, 'de')) return reading;
    }
    return plain;
  };

  /** Nouns have irregular forms with a capital letter; a verb's give way to a noun that the model knows. */
  const readGerman = (surface: string, folded: string): string => {
    const irregular = lexicon.irregular.de;
    if (!startsNoun.test(surface)) return irregular.get(folded) ?? stemGerman(folded);
    // The dative plural adds an n to whatever the plural is: Ländern.
    const noun = capitalise(folded);
    const base = irregular.get(noun) ?? (noun.endsWith('n') ? irregular.get(noun.slice(0, -1)) : undefined);
    if (base !== undefined) return base;
    const plain = stem(folded, 'de');
    return known(plain, 'de') ? plain : (irregular.get(folded) ?? stemGerman(folded));
  };

  const keyOf = (surface: string, language: ModelLanguage): string => {
    const folded = fold(surface, language);
    if (language === 'de') return readGerman(surface, folded);
    return lexicon.irregular.en.get(folded) ?? stem(folded, 'en');
  };

  const readLast: ReadPart = (form) => {
    if (suffixes.has(form)) return undefined;
    // Rather a Verband than a form of verbinden.
    const noun = keyOf(capitalise(form), 'de');
    const asNoun = lexicon.compounds.heads.get(noun) ?? 0;
    if (asNoun > 0) return { stem: noun, count: asNoun };
    const key = keyOf(form, 'de');
    const count = lexicon.compounds.heads.get(key) ?? (key.length > 3 && known(key, 'de') ? guessed : 0);
    return count > 0 ? { stem: key, count } : undefined;
  };

  const readFirst: ReadPart = (form) => lexicon.compounds.modifiers.get(form);

  /** Words that training did not see as first parts may be one if they are long: Wikinger|siedler. */
  const readLongFirst: ReadPart = (form) => {
    const seen = readFirst(form);
    if (seen || form.length < 5 || stopWords.de.has(form)) return seen;
    const key = stem(form, 'de');
    return key.length >= 5 && known(key, 'de') ? { stem: key, count: guessed } : undefined;
  };

  const analyseCompound = (surface: string, key: string, id: number, first: ReadPart): Word | undefined => {
    if (endsInEnding.test(surface)) return undefined;
    const folded = fold(surface, 'de');
    const split = splitCompound(folded, first, readLast);
    if (!split) return undefined;
    // Forms of an unknown compound meet under the stem of its last part.
    const whole = id >= 0 ? key : folded.slice(0, split.headStart) + split.stems.at(-1);
    const parts = split.stems.map((part) => `de:${part}`);
    return describe(`de:${whole}`, id, parts, surface);
  };

  /** A loan word or a name from the other language. */
  const analyseLoan = (surface: string, other: ModelLanguage): Word | undefined => {
    const term = `${other}:${keyOf(surface, other)}`;
    const id = lexicon.id(term);
    return id < 0 ? undefined : describe(term, id, [], surface);
  };

  /** A German word of Greek or Latin make that the model knows in English only: Imperialismus, Pharmakologie. */
  const analyseCognate = (surface: string): Word | undefined => {
    for (const form of readCognate(surface.toLowerCase())) {
      const term = `en:${keyOf(form, 'en')}`;
      const id = lexicon.id(term);
      if (id >= 0) return describe(term, id, [], surface);
    }
    return undefined;
  };

  const analyseWord = (surface: string, language: ModelLanguage): Word => {
    const lower = surface.toLowerCase();
    const acronym = surface.length > 1 && surface === surface.toUpperCase();
    if (!acronym && stopWords[language].has(lower)) {
      return { term: `${language}:${lower}`, id: -1, parts: [], stop: true, name: '' };
    }
    const key = keyOf(surface, language);
    const id = lexicon.id(`${language}:${key}`);
    // Ergänzungsschulen is no less German in an English text.
    if (id < 0 && language === 'en' && /[äöüß]/i.test(surface)) return analyseWord(surface, 'de');
    const compound = language === 'de' && !acronym;
    return (
      (compound && (id < 0 || lexicon.isCompound(id)) && analyseCompound(surface, key, id, readFirst)) ||
      (id < 0 && analyseLoan(surface, language === 'de' ? 'en' : 'de')) ||
      (id < 0 && compound && analyseCognate(surface)) ||
      (id < 0 && compound && analyseCompound(surface, key, id, readLongFirst)) ||
      describe(`${language}:${key}`, id, [], surface)
    );
  };

  const keyOfName = (surface: string, id: number, isCompound: boolean): string => {
    if (id < 0) return isCompound ? '' : unknownNameKey(surface);
    return lexicon.isName(id) ? nameKey(surface) : '';
  };

  const describe = (term: string, id: number, parts: readonly string[], surface: string): Word => ({
    term,
    id,
    parts,
    stop: false,
    name: keyOfName(surface, id, parts.length > 0),
  });

  const readWord = (raw: string, language: Language): Word => {
    const numeral = parseNumeral(raw, language);
    if (numeral !== undefined) {
      return { term: numeral, id: lexicon.id(numeral), parts: [], stop: false, name: '' };
    }
    const surface = raw.replace(/\./g, '').replace(/['’].*$/, '');
    if (isModelLanguage(language)) return analyseWord(surface, language);
    const term = `und:${surface.toLowerCase().normalize('NFC')}`;
    return { term, id: -1, parts: [], stop: false, name: nameKey(surface) };
  };

  return (text, language) => {
    const tongue = isModelLanguage(language) ? language : 'und';
    const cache = seen[tongue];
    const tokens: Token[] = [];
    for (const match of text.matchAll(wordPattern)) {
      const raw = match[0];
      let word = cache.get(raw);
      if (!word) {
        word = readWord(raw, tongue);
        if (cache.size >= remembered) cache.clear();
        cache.set(raw, word);
      }
      const { term, id, parts, stop, name } = word;
      tokens.push({ start: match.index, end: match.index + raw.length, term, id, parts, stop, name });
    }
    return tokens;
  };
}
