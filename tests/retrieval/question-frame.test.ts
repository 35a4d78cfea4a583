import { expect, test } from 'vitest';
import { findFrames } from '../../src/retrieval/question-frame.ts';

test.each([
  ['in what kind of building did they meet?', ['kind']],
  ['Which types of weapons were named?', ['types']],
  ['what new sort of tax is it?', ['sort']],
  ['What was the name of the ship?', ['name']],
  ['Welche Art Gebäude war das?', ['Art']],
  ['Wie lautet der Name des Schiffs?', ['Name']],
  ['Was she kind to him?', []],
  ['Which names were called?', []],
  ['Was für eine Sorte?', []],
])('%s', (question, expected) => {
  const isFrame = findFrames(question);
  const words = [...question.matchAll(/\p{L}+/gu)]
    .filter(({ index }) => isFrame(index))
    .map(([word]) => word);
  expect(words).toEqual(expected);
});
