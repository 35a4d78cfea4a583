import { createRandom, createZipf, drawBelow, drawFrom, type Random } from './random.ts';
import type { Skeleton, Slot } from './skeletons.ts';
import type { Topic } from './topics.ts';
import type { Word } from './words.ts';

/** An article as it stands in a file of the corpus folder. */
export interface NewsArticle {
  /** File name, unique for each number. */
  readonly name: string;
  readonly title: string;
  readonly body: string;
  /** The whole file: Markdown with front matter. */
  readonly text: string;
}

export interface NewsMaterial {
  /** Frequent ones first. */
  readonly words: readonly Word[];
  readonly topics: { readonly count: number; readonly topic: (n: number) => Topic };
  readonly skeletons: readonly Skeleton[];
  readonly seed: number;
}

/** An event that several articles report on. */
interface Story {
  readonly topic: Topic;
  readonly names: readonly string[];
  /** What this story has and others of its topic have not. */
  readonly words: readonly Word[];
}

const articlesPerStory = 4;
const onsets = 'b br d dr f fr g gr h j k kl kr l m n p r s sch st t tr v w z'.split(' ');
const vowels = 'a e i o u au ei ie ö ü'.split(' ');
const codas = 'l m n r s t ck ff ld lm nd ng nn rg rn ts'.split(' ');
const outlets = ['Tagesblatt', 'Nordkurier', 'Landesanzeiger', 'Abendpost', 'Nachrichtendienst'];

/**
 * Writes German news-like articles, always the same one for the same number and seed. A content word
 * comes from the whole vocabulary by Zipf's law, from the article's topic, or from its story; names
 * are invented for each story, so that the vocabulary keeps growing with the corpus as a real one does.
 */
export function createNewsWriter({ words, topics, skeletons, seed }: NewsMaterial) {
  const drawAny = createZipf(words.length);
  const drawOfTopic = createZipf(topics.topic(0).length, 0.8);

  const tellStory = (n: number): Story => {
    const random = createRandom(seed, 2, n);
    const topic = topics.topic(drawBelow(topics.count, random));
    return {
      topic,
      names: Array.from({ length: 6 }, () => inventName(random)),
      words: Array.from({ length: 20 }, () => words[drawBelow(words.length, random)]!),
    };
  };

  const drawWord = (story: Story, random: Random): string => {
    const source = random();
    const word =
      source < 0.5
        ? words[drawAny(random)]!
        : source < 0.88
          ? story.topic[drawOfTopic(random)]!
          : drawFrom(story.words, random);
    return drawFrom(word.forms, random);
  };

  const fill = (slot: Slot, story: Story, random: Random): string => {
    if (slot === 'number') return String(1 + Math.floor(2000 * random() ** 3));
    // The first names are the main characters.
    if (slot === 'name') return story.names[Math.floor(story.names.length * random() ** 2)]!;
    const word = drawWord(story, random);
    return slot === 'noun' ? capitalise(word) : word;
  };

  const writeSentence = (story: Story, random: Random): string =>
    capitalise(
      drawFrom(skeletons, random)
        .map((part) => (typeof part === 'string' ? part : fill(part.slot, story, random)))
        .join(''),
    );

  return (n: number): NewsArticle => {
    const random = createRandom(seed, 3, n);
    const story = tellStory(drawBelow(Math.floor(n / articlesPerStory) + 1, random));
    const words = Array.from({ length: 4 }, () => capitalise(drawWord(story, random)));
    const date = new Date(Date.UTC(2015, 0, 1 + drawBelow(3650, random))).toISOString().slice(0, 10);
    const paragraphs = Array.from({ length: 3 + drawBelow(6, random) }, () =>
      Array.from({ length: 4 + drawBelow(4, random) }, () => writeSentence(story, random)).join(' '),
    );
    const title = `${story.names[0]}: ${words.join(' ')}`;
    const body = paragraphs.join('\n\n');
    const frontMatter = [
      `title: "${title}"`,
      `date: ${date}`,
      `source: ${drawFrom(outlets, random)}`,
      'language: de',
    ];
    return {
      name: `${String(n).padStart(7, '0')}.md`,
      title,
      body,
      text: `---\n${frontMatter.join('\n')}\n---\n\n${body}\n`,
    };
  };
}

function inventName(random: Random): string {
  const syllables = 1 + drawBelow(3, random);
  let name = '';
  for (let i = 0; i < syllables; i++) name += drawFrom(onsets, random) + drawFrom(vowels, random);
  return capitalise(name + drawFrom(codas, random));
}

const capitalise = (text: string) => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());
