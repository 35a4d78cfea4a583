import { describe, expect, it } from 'vitest';
import { announcesNext, needsPrevious } from '../../src/answer/context.ts';
import { dropsDenial, dropsSpeaker } from '../../src/answer/stance.ts';

describe('dropsDenial', () => {
  it.each([
    ['The treaty was signed.', 'Die Regierung bestritt, dass'],
    ['The treaty was signed.', 'Es stimme nicht, dass'],
    ['The treaty was signed.', 'It is not true that'],
    ['The treaty was signed.', "The minister didn't say that"],
    ['Der Vertrag wurde unterzeichnet.', ', was niemand bestätigte'],
    ['Der Vertrag gilt.', ', sofern das Parlament zustimmt'],
  ])('%s | %s', (claim, leftOut) => {
    expect(dropsDenial(claim, leftOut)).toBe(true);
  });

  it.each([
    ['The treaty was not signed.', 'Es stimme nicht, dass'],
    ['The government denied that the treaty was signed.', 'Die Regierung bestritt, dass'],
    ['The government failed to sign.', 'Es gelang ihr nicht, dass'],
    ['The treaty was signed.', ', sagte der Minister am Montag und liegt vor'],
    ['The treaty was signed.', ''],
    ['The treaty was signed.', 'The lieutenant and the knight noted that'],
  ])('keeps it: %s | %s', (claim, leftOut) => {
    expect(dropsDenial(claim, leftOut)).toBe(false);
  });
});

describe('dropsSpeaker', () => {
  it.each([
    ['The situation is critical.', ['Die Situation sei kritisch, sagte Blinken.']],
    ['NATO will withdraw its soldiers.', ['Die Nato müsse ihre Soldaten abziehen, erklärte Moskau.']],
    ['Das Ziel ist Frieden.', ['Ziel sei Frieden.']],
  ])('%s', (claim, quotes) => {
    expect(dropsSpeaker(claim, quotes)).toBe(true);
  });

  it.each([
    ['Blinken called the situation critical.', ['Die Situation sei kritisch, sagte Blinken.']],
    ['According to Moscow NATO must withdraw.', ['Die Nato müsse ihre Soldaten abziehen, erklärte Moskau.']],
    ['Die Lage sei kritisch.', ['Die Situation sei kritisch, sagte Blinken.']],
    ['Laut Blinken ist die Lage kritisch.', ['Die Situation sei kritisch, sagte Blinken.']],
    ['The meeting ended early.', ['Das Treffen endete vorzeitig.']],
    ['The meeting ended early.', ['Das Treffen endete vorzeitig.', 'Es sei kritisch.']],
  ])('keeps it: %s', (claim, quotes) => {
    expect(dropsSpeaker(claim, quotes)).toBe(false);
  });
});

describe('neighbours', () => {
  it.each([
    'Dies betreffe auch Bulgarien.',
    'Er kam am Montag.',
    'Demnach ist das so.',
    'Ziel sei eine Deeskalation.',
    '„Das ist falsch“, sagte sie.',
    'They left on Monday.',
    'However, nobody came.',
  ])('needs the sentence before: %s', (sentence) => {
    expect(needsPrevious(sentence)).toBe(true);
  });

  it.each([
    'Das Treffen dauerte zwei Stunden.',
    'Die Situation sei kritisch, sagte Blinken.',
    'Auch die Regierung kam.',
    'The meeting took two hours.',
    'Italien kam.',
    'Erst am Montag kam der Minister.',
  ])('stands alone: %s', (sentence) => {
    expect(needsPrevious(sentence)).toBe(false);
  });

  it.each([
    ['Drei Dinge sind nötig:', 'Geld, Zeit und Geduld.'],
    ['Die Regierung bekräftigte ihre Forderungen.', 'Die Nato müsse ihre Soldaten abziehen, hieß es.'],
    ['The union repeated its demands.', 'They include higher wages.'],
  ])('announces the next: %s', (sentence, next) => {
    expect(announcesNext(sentence, next)).toBe(true);
  });

  it.each([
    ['Die Regierung bekräftigte ihre Forderungen.', 'Der Westen droht mit Sanktionen.'],
    ['Das Treffen endete.', 'Es sei gut gewesen.'],
  ])('announces nothing: %s', (sentence, next) => {
    expect(announcesNext(sentence, next)).toBe(false);
  });
});
