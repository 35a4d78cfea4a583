import { describe, expect, test } from 'vitest';
import { locateAnswer, parseQuestions } from '../../src/evaluation/questions.ts';
import type { Article } from '../../src/types.ts';

const article = (body: string): Article => ({
  id: 'a',
  path: 'a.txt',
  title: 'A',
  language: 'de',
  digest: '',
  body,
  headings: [],
});

describe('parseQuestions', () => {
  test('reads answerable questions, other right places and unanswerable ones', () => {
    const text = [
      '{"id":"1","question":"Who?","article":"a.txt","answer":"Blinken","also":[{"article":"b.txt","answer":"er"}]}',
      '',
      '{"id":"2","question":"Why?","abstain":true,"language":"en"}',
    ].join('\r\n');
    const [first, second] = parseQuestions(text, 'q.jsonl');
    expect(first?.places.map((place) => place.article)).toEqual(['a.txt', 'b.txt']);
    expect(second?.places).toEqual([]);
  });

  test.each([
    ['not JSON', '{"id":', /line 1/],
    ['no answer', '{"id":"1","question":"Who?","article":"a.txt"}', /line 1/],
    ['an empty question', '{"id":"1","question":"","abstain":true}', /line 1/],
    ['nothing', '\n\n', /holds no questions/],
  ])('names the line of %s', (_, text, message) => {
    expect(() => parseQuestions(text, 'q.jsonl')).toThrow(message);
    expect(() => parseQuestions(text, 'q.jsonl')).toThrow(/^q\.jsonl/);
  });
});

describe('locateAnswer', () => {
  test.each([
    ['the offsets when the answer is there', 'ja nein ja', { answer: 'ja', start: 8, end: 10 }, [8, 10]],
    [
      'the first occurrence when the offsets are wrong',
      'ja nein ja',
      { answer: 'nein', start: 0, end: 4 },
      [3, 7],
    ],
    ['across a line break', 'Sergej\n  Lawrow kam', { answer: 'Sergej Lawrow' }, [0, 15]],
    ['signs that mean something in a pattern', 'kostet 3.5 (netto)', { answer: '(netto)' }, [11, 18]],
    ['nothing when it is not there', 'ja', { answer: 'nein' }, undefined],
  ])('gives %s', (_, body, place, span) => {
    expect(locateAnswer(article(body), { article: 'a.txt', ...place })).toEqual(span);
  });
});
