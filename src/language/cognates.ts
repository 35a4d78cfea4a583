/** Endings of Greek and Latin make in German, with those of their inflected forms, and what English writes. */
const endings: ReadonlyArray<readonly [german: RegExp, english: string]> = [
  [/ismus$|ismen$/, 'ism'],
  [/olog(?:en?|in|innen)$/, 'ologist'],
  [/ologien?$/, 'ology'],
  [/ologisch(?:e[mnrs]?)?$/, 'ological'],
  [/onomien?$/, 'onomy'],
  [/[gk]ra(?:f|ph)ien?$/, 'graphy'],
  [/kratien?$/, 'cracy'],
  [/it[äa]t(?:en)?$/, 'ity'],
  [/ist(?:en?|in|innen)$/, 'ist'],
];

/**
 * What a German word of Greek or Latin make may be in English, likeliest first: Imperialismus, imperialism; Katholizismus, catholicism.
 * Takes lower case; [] for words of other make.
 */
export function readCognate(german: string): string[] {
  for (const [ending, english] of endings) {
    if (!ending.test(german)) continue;
    const word = german.replace(ending, english);
    const latin = word
      .replace(/[äæ]/g, 'ae')
      .replace(/ö/g, 'oe')
      .replace(/k(?!h)/g, 'c')
      .replace(/z(?=[ei])/g, 'c');
    const short = latin.replace(/ae/g, 'e').replace(/oe/g, 'e');
    return [...new Set([word, latin, short])];
  }
  return [];
}
