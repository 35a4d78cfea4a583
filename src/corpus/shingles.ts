/** Words of a shingle: a changed word changes three of them. */
const shingleWords = 3;

const factWords = new Set(
  `montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
   januar jänner februar märz april mai juni juli august september oktober november dezember
   zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn zwanzig dreißig vierzig fünfzig hundert tausend
   monday tuesday wednesday thursday friday saturday sunday
   january february march may june july october december
   two three four five six seven eight nine ten eleven twelve thirteen twenty thirty forty fifty hundred thousand`.split(
    /\s+/,
  ),
);

const longestFactWord = 10;

/** Hashes (32 bits) of all runs of three words, in order. */
export function* hashShingles(words: readonly string[]): Generator<number> {
  const hashes = words.map(hashWord);
  for (let i = 0; i + shingleWords <= hashes.length; i++) {
    let hash = 0;
    for (let k = 0; k < shingleWords; k++) hash = mix(Math.imul(hash, 31) + hashes[i + k]!);
    yield hash;
  }
}

/** Hashes of the figures, number words, weekdays and months among the words: ascending, each once. */
export function hashFacts(words: readonly string[]): Uint32Array {
  const facts = new Set<number>();
  for (const word of words) {
    const first = word.charCodeAt(0);
    if (first >= 48 && first <= 57) facts.add(hashWord(word.replace(/[.,:]/g, '')) >>> 0);
    else if (word.length <= longestFactWord && factWords.has(word)) facts.add(hashWord(word) >>> 0);
  }
  return Uint32Array.from(facts).sort();
}

/** FNV-1a (Fowler, Noll and Vo) over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash;
}

/** Finishing step of MurmurHash3 (Appleby). */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
