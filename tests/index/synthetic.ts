/** Random numbers in 0..1 from a seed (mulberry32, Tommy Ettinger 2017). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rank by the law of Zipf and Mandelbrot, from 0: the chance falls with (rank + 4)^-1.2, up to twenty million ranks. */
function drawRank(random: () => number): number {
  const [shift, slope, ranks] = [4, 1.2, 20_000_000];
  const [first, last] = [shift ** (1 - slope), (ranks + shift) ** (1 - slope)];
  return Math.floor((first + random() * (last - first)) ** (1 / (1 - slope)) - shift);
}

const themes = 500;

export interface GeneratedArticle {
  readonly title: string;
  readonly body: string;
}

/**
 * Writes German-like articles of about 400 words in paragraphs, the same ones for the same number and seed.
 * `words` are content words, frequent ones first; where they end, compounds of two of them go on, so that the vocabulary
 * grows with the corpus as Heaps found it to (about half a million different words in five million). A good third of an
 * article are `functionWords`; a third comes from its theme, one of five hundred, and from a topic of its own.
 */
export function createArticleWriter(
  words: readonly string[],
  functionWords: readonly string[],
  seed = 1,
): (number: number) => GeneratedArticle {
  const wordAt = (rank: number): string => {
    if (rank < words.length) return words[rank]!;
    // Any two numbers that depend on the rank alone.
    const head = words[(Math.imul(rank, 0x9e3779b1) >>> 0) % words.length]!;
    return words[rank % words.length]! + head.toLowerCase();
  };
  return (number) => {
    const random = createRandom(Math.imul(number + 1, 0x85ebca6b) ^ seed);
    const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)]!;
    const between = (least: number, most: number): number =>
      least + Math.floor(random() * (most - least + 1));
    const themed = createRandom(Math.floor(random() * themes) + seed);
    const theme = Array.from({ length: 40 }, () => wordAt(drawRank(themed)));
    const topic = Array.from({ length: 12 }, () => wordAt(drawRank(random)));
    const drawWord = (): string => {
      const kind = random();
      if (kind < 0.37) return pick(functionWords);
      if (kind < 0.55) return pick(theme);
      return kind < 0.7 ? pick(topic) : wordAt(drawRank(random));
    };
    const writeSentence = (): string => {
      const sentence = Array.from({ length: between(8, 22) }, drawWord).join(' ');
      return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
    };
    const writeParagraph = (): string => Array.from({ length: between(3, 6) }, writeSentence).join(' ');
    return {
      title: Array.from({ length: between(4, 8) }, () => pick(topic)).join(' '),
      body: Array.from({ length: between(4, 8) }, writeParagraph).join('\n\n'),
    };
  };
}
