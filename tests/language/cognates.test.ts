import { expect, test } from 'vitest';
import { readCognate } from '../../src/language/cognates.ts';

test.each([
  ['imperialismus', 'imperialism'],
  ['katholizismus', 'catholicism'],
  ['pharmakologie', 'pharmacology'],
  ['paläontologen', 'paleontologist'],
  ['theokratien', 'theocracy'],
  ['minimalität', 'minimality'],
  ['ökologie', 'ecology'],
])('%s may be %s', (german, english) => {
  expect(readCognate(german)).toContain(english);
});

test.each(['lindhafen', 'kranzler', 'mist', 'haus', ''])('%j has no make of that kind', (word) => {
  expect(readCognate(word)).toEqual([]);
});
