import { expect, test } from 'vitest';
import { buildSequence, countWords, readWords } from '../../src/index/terms.ts';
import { createAnalyser } from '../../src/language/analyse.ts';
import { openModel } from '../../src/language/open-model.ts';
import { splitSentences } from '../../src/language/sentences.ts';
import { type Passage, SEQUENCE } from '../../src/types.ts';

const model = await openModel('embeddings/model');
const options = {
  analyse: createAnalyser(model),
  splitSentences,
  isKnown: (term: string) => model.id(term) >= 0,
};

function readSequence(text: string, language: string): { readonly shown: string; readonly words: number } {
  const passage: Passage = {
    id: 'a-0',
    key: 'k',
    articleId: 'a',
    ordinal: 0,
    span: [0, text.length],
    text,
    language,
  };
  const terms: string[] = [];
  const sequence = buildSequence(readWords(passage, '', options), (term) => terms.push(term) - 1);
  const shown = [...sequence].map((value) => {
    if (value === SEQUENCE.titleEnd) return '|';
    if (value === SEQUENCE.sentenceEnd) return '.';
    return (value >= SEQUENCE.partBit ? '+' : '') + terms[value % SEQUENCE.partBit];
  });
  return { shown: shown.join(' '), words: countWords(sequence) };
}

test('a verb that stands apart is a term beside what is left of it, in its own sentence, and no further word', () => {
  expect(readSequence('Sie warf ihm Betrug vor. Er lehnte ab.', 'de')).toEqual({
    shown: '| de:werf +de:vorwerf de:betrug . de:lehn +de:ablehn',
    words: 3,
  });
});

test('only German verbs come apart', () => {
  expect(readSequence('She warf ab.', 'en').shown).not.toContain('+');
});
