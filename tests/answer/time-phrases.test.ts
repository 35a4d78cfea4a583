import { describe, expect, it } from 'vitest';
import { asksAboutNow, readTimePhrase } from '../../src/answer/time-phrases.ts';

// A Wednesday.
const now = new Date('2022-03-16T12:00:00');

describe('readTimePhrase', () => {
  it.each([
    ['Was geschah im Januar 2022?', '2022-01', '2022-01', 'im Januar 2022'],
    ['what happened in January 2022?', '2022-01', '2022-01', 'in January 2022'],
    ['Was geschah im Januar?', '2022-01', '2022-01', 'im Januar'],
    ['what happened in December?', '2021-12', '2021-12', 'in December'],
    ['Was geschah im Jahr 2022?', '2022', '2022', 'im Jahr 2022'],
    ['what happened in 2022?', '2022', '2022', 'in 2022'],
    ['Was geschah am 21. Januar 2022?', '2022-01-21', '2022-01-22', 'am 21. Januar 2022'],
    ['Was geschah am 21.1.2022?', '2022-01-21', '2022-01-22', 'am 21.1.2022'],
    ['what happened on January 21, 2022?', '2022-01-21', '2022-01-22', 'on January 21, 2022'],
    ['what happened on 21 January?', '2022-01-21', '2022-01-22', 'on 21 January'],
    ['what happened on 2022-01-21?', '2022-01-21', '2022-01-22', 'on 2022-01-21'],
    ['Genf Januar 2022', '2022-01', '2022-01', 'Januar 2022'],
    ['the Geneva talks of 21 January 2022', '2022-01-21', '2022-01-22', '21 January 2022'],
    ['Was forderte Russland seit März 2021?', '2021-03', undefined, 'seit März 2021'],
    ['what has happened since Jan. 2022', '2022-01', undefined, 'since Jan. 2022'],
    ['Was geschah seit 2021?', '2021', undefined, 'seit 2021'],
    ['Was geschah bis zum 5. Februar 2022?', undefined, '2022-02-05', 'bis zum 5. Februar 2022'],
    ['what happened before March 2022?', undefined, '2022-02-28', 'before March 2022'],
    ['Was geschah nach dem 31. Dezember 2021?', '2022-01-01', undefined, 'nach dem 31. Dezember 2021'],
    [
      'between January 2022 and 5 March 2022',
      '2022-01',
      '2022-03-05',
      'between January 2022 and 5 March 2022',
    ],
    ['von 2019 bis 2021', '2019', '2021', 'von 2019 bis 2021'],
    ['Was geschah gestern?', '2022-03-15', '2022-03-16', 'gestern'],
    ['what happened the day before yesterday', '2022-03-14', '2022-03-15', 'the day before yesterday'],
    ['Was geschah letzte Woche?', '2022-03-07', '2022-03-13', 'letzte Woche'],
    ['what did he say last week', '2022-03-07', '2022-03-13', 'last week'],
    ['Was geschah in dieser Woche?', '2022-03-14', '2022-03-20', 'in dieser Woche'],
    ['Was geschah im vergangenen Monat?', '2022-02', '2022-02', 'im vergangenen Monat'],
    ['what happened last year?', '2021', '2021', 'last year'],
    ['what happened this month?', '2022-03', '2022-03', 'this month'],
    ['Was geschah in den letzten 10 Tagen?', '2022-03-06', '2022-03-16', 'in den letzten 10 Tagen'],
    ['in the past two weeks', '2022-03-02', '2022-03-16', 'in the past two weeks'],
    ['over the last three months', '2021-12-16', '2022-03-16', 'over the last three months'],
  ])('%s', (question, since, until, words) => {
    expect(readTimePhrase(question, now)).toMatchObject({
      words,
      window: { ...(since && { since }), ...(until && { until }) },
    });
  });

  it.each([
    'which countries were not members until 1997?',
    'Was geschah vor 1989?',
    'Was tat die Nato nach 2014?',
    'how many of the 2000 soldiers left?',
    'What may the minister do?',
    'Who led the march on the capital?',
    'Wer ist Mai Thi?',
    'Was geschah am 31. Februar 2022?',
    'Was forderte Russland?',
  ])('%s: no window', (question) => {
    expect(readTimePhrase(question, now)).toBeUndefined();
  });

  it.each([
    ['in 2022', false],
    ['im Jahr 1997', false],
    ['im Januar 2022', true],
    ['last year', true],
  ])('%s is firm: %s', (question, firm) => {
    expect(readTimePhrase(question, now)?.firm).toBe(firm);
  });
});

it.each([
  ['Was fordert Russland derzeit?', true],
  ['what is the current situation right now', true],
  ['Wie ist die aktuelle Lage?', true],
  ['what did Russia demand?', false],
  ['What do they know?', false],
])('%s asks about now: %s', (question, expected) => {
  expect(asksAboutNow(question)).toBe(expected);
});
