import { detect } from 'tinyld';
import type { Language } from '../types.ts';
import { stopWords } from './stopwords.ts';

/** Below this share of telling words a long text is in neither language, whichever leads. */
const leastShare = 0.08;
/** Characters looked at: enough to be certain, and passages cost no more than this. */
const horizon = 600;

/**
 * Language of a text as an ISO 639-1 code, or `und`. Function words decide between German and English, which is certain
 * for passages and nearly so for questions; a text without them, or with as many of each, goes to a detector
 * for sixty languages.
 */
export function detectLanguage(text: string): Language {
  const start = text.slice(0, horizon);
  const words = start.toLowerCase().match(/[a-zà-öø-ÿ]+/g) ?? [];
  let german = 0;
  let english = 0;
  for (const word of words) {
    if (stopWords.de.has(word)) german++;
    if (stopWords.en.has(word)) english++;
  }
  const lead = Math.abs(german - english);
  if (lead > 0 && lead >= leastShare * words.length) return german > english ? 'de' : 'en';
  return detect(start) || 'und';
}
