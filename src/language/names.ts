/**
 * One spelling for the spellings that German, English and scholarly romanisation give a name
 * (Lawrow, Lavrov; Schoigu, Šojgu, Shoigu; Selenskyj, Zelensky, Zelenskyy; Kiew, Kiev, Kyiv).
 *
 * The rules are tables of sounds, applied from the left, longest first: what German writes `sch`, English writes `sh`
 * or `zh`; German `ch` and English `kh` are one letter, but English `ch` is German `tsch`, and without knowing the
 * language of the spelling all three have to share a class. Keys are for comparing names with names, never for words.
 */
const sounds: ReadonlyArray<readonly [spelling: string, sound: string]> = [
  ['dsch', 'dʃ'],
  ['tsch', 'x'],
  ['tch', 'x'],
  ['sch', 'ʃ'],
  ['sh', 'ʃ'],
  ['zh', 'ʃ'],
  ['kh', 'x'],
  ['ch', 'x'],
  ['dj', 'dʃ'],
  ['ck', 'k'],
  ['ph', 'f'],
  ['th', 't'],
  ['ts', 's'],
  ['tz', 's'],
  ['ks', 'x'],
  ['ij', 'i'],
  ['iy', 'i'],
  ['yj', 'i'],
  ['yi', 'i'],
  ['ie', 'i'],
  ['je', 'i'],
  ['ye', 'i'],
  ['ou', 'u'],
  ['oo', 'u'],
  ['w', 'v'],
  ['z', 's'],
  ['q', 'k'],
  ['c', 'k'],
  ['y', 'i'],
  ['j', 'i'],
];

const soundOf = new Map(sounds);
const spellings = new RegExp([...soundOf.keys()].join('|'), 'g');

/** Letters of the Latin alphabet that do not come apart into a base letter and a mark, and marks that change the sound. */
const letters: Readonly<Record<string, string>> = {
  š: 'sh',
  ś: 'sh',
  ş: 'sh',
  ž: 'zh',
  ż: 'zh',
  č: 'tsch',
  ć: 'tsch',
  đ: 'd',
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'e',
  œ: 'e',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const romanise = (word: string): string =>
  word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[šśşžżčćđłøßæœðþı]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');

/**
 * The key under which the spellings of a name meet. Takes a word as it stands in a text, or a term (`de:lawrow`).
 * A final `s` is dropped on every side, so that a genitive (Lawrows, Lavrov's) meets its name.
 * '' if the word has no Latin letter or digit.
 */
export function nameKey(word: string): string {
  const bare = romanise(word.slice(word.indexOf(':') + 1).replace(/['’]s?$/, ''));
  const heard = bare
    .replace(spellings, (spelling) => soundOf.get(spelling) ?? spelling)
    .replace(/ff$/, 'v')
    .replace(/(.)\1+/g, '$1')
    .replace(/([ʃx])ov/g, '$1ev');
  return heard.length > 3 && heard.endsWith('s') ? heard.slice(0, -1) : heard;
}

/** What English and German put behind the name of a land, of its people and of what is theirs: Georgia, Georgien; Georgian, georgisch. */
const landEnding = /(?<=\p{L}{4})i(?:as?|ens?|ans?|a['’]s|an['’]s|sch(?:e[mnrs]?)?)$/iu;

/** The key of a name that the model does not know: that of a land is the same in all its forms. */
export function unknownNameKey(word: string): string {
  return nameKey(word.replace(landEnding, 'i'));
}
