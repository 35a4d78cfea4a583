import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAnswerer } from '../../src/answer/answer.ts';
import type { Answer, Answered, AnswerRequest, Article, Progress } from '../../src/types.ts';
import { analyse, createArticle, rankSentences, readFrom, retrieveFrom } from './support.ts';

const geneva = createArticle(readFileSync('corpus/000_29418496144bebaf.txt', 'utf8').trim(), {
  path: 'geneva.txt',
  title: 'Krisengespräch in Genf',
  date: '2022-01',
});

function open(articles: readonly Article[], now = '2022-02-01') {
  const retrieve = retrieveFrom(articles);
  const ask = createAnswerer({
    retrieve,
    rankSentences,
    readArticle: readFrom(articles),
    analyse,
    now: () => new Date(`${now}T12:00:00`),
  });
  const answer = (question: string, request: Partial<AnswerRequest> = {}) => ask({ question, ...request });
  return { answer, asked: retrieve.asked };
}

function expectAnswered(answer: Answer): Answered {
  if (answer.kind !== 'answered') throw new Error(`abstained: ${answer.reason}`);
  return answer;
}

const quotesOf = (answer: Answer) => expectAnswered(answer).citations.map(({ quote }) => quote.text);

describe('an answer without a model', () => {
  it('quotes letter for letter, with markers, sources and date', async () => {
    const { answer } = open([geneva]);
    const found = expectAnswered(await answer('Wie lange dauerte das Treffen?'));
    expect(found.by).toBe('quotes');
    expect(found.asOf).toBe('2022-01');
    expect(found.text).toMatch(/^„Das Treffen dauerte etwa anderthalb Stunden .*“ \[1\]$/m);
    for (const { quote, article, verdict } of found.citations) {
      expect(geneva.body.slice(...quote.span)).toBe(quote.text);
      expect(article.title).toBe('Krisengespräch in Genf');
      expect(verdict).toBe('verified');
    }
    expect(found.checks).toEqual({
      verified: found.citations.length,
      repaired: 0,
      misattributed: 0,
      notFound: 0,
    });
  });

  it.each([
    ['a pronoun', 'Bulgarien Rumänien', /^Die Nato müsse ihre .* am Freitag\. Dies betreffe auch Bulgarien/s],
    [
      'reported speech without its speaker',
      'Ziel Deeskalation',
      /^Die Situation sei kritisch, sagte Blinken.* Ziel sei eine Deeskalation\.$/s,
    ],
    [
      'an announcement',
      'weitreichende Forderungen russische Regierung bekräftigt',
      /^Auch die russische Regierung hat .* bekräftigt\. Die Nato müsse/s,
    ],
  ])('keeps the neighbour of %s', async (_, question, expected) => {
    const { answer } = open([geneva]);
    expect(quotesOf(await answer(question, { locale: 'de' }))[0]).toMatch(expected);
  });

  it('quotes at most three sentences, in reading order', async () => {
    const body = Array.from(
      { length: 6 },
      (_, n) => `Absatz ${n}: Der Minister lobte den Vertrag Nummer ${n}.`,
    ).join('\n\n');
    const { answer } = open([createArticle(body)]);
    const quotes = quotesOf(await answer('Minister lobte Vertrag'));
    expect(quotes).toHaveLength(3);
    expect(quotes).toEqual([...quotes].sort());
  });

  it('does not repeat agency text that stands in two papers', async () => {
    const text = 'Der Minister unterzeichnete am Montag den Vertrag über die Brücke.';
    const papers = ['a', 'b'].map((source) => createArticle(text, { path: `${source}.txt`, source }));
    const { answer } = open(papers);
    expect(quotesOf(await answer('Wer unterzeichnete den Vertrag?'))).toEqual([text]);
  });

  it('leaves out headings', async () => {
    const { answer } = open([{ ...geneva, headings: [headingOf('Bislang keine Ergebnisse')] }]);
    const found = await answer('Bislang Ergebnisse');
    expect(found).toMatchObject({ kind: 'abstained', reason: 'not-stated' });
  });

  const headingOf = (heading: string): [number, number] => {
    const start = geneva.body.indexOf(heading);
    return [start, start + heading.length];
  };

  it('prints nothing hidden, and still quotes letter for letter', async () => {
    const article = createArticle(
      'Der Mini\u00adster un\u200bterzeichnete am Montag\u001b den Vertrag\nüber die Brücke.',
    );
    const { answer } = open([article]);
    const found = expectAnswered(await answer('Montag Vertrag Brücke'));
    expect(found.text).toBe('„Der Minister unterzeichnete am Montag den Vertrag über die Brücke.“ [1]');
    expect(found.citations[0].quote.text).toBe(article.body);
  });

  it('tells what it is doing', async () => {
    const steps: Progress['step'][] = [];
    const { answer } = open([geneva]);
    await answer('Wie lange dauerte das Treffen?', { onProgress: ({ step }) => steps.push(step) });
    expect(steps).toEqual(['searching', 'reading']);
  });
});

describe('abstaining', () => {
  const about = createArticle('Der Konzern stellte ein Auto vor. Es fährt weit.', {
    path: 'auto.txt',
    title: 'Neues Auto',
    date: '2021-05-03',
  });

  it.each([
    ['empty-question', '?!', { locale: 'de' }],
    ['nothing-relevant', 'Wer gewann die Fußballmeisterschaft?', {}],
    ['nothing-in-window', 'Was stellte der Konzern vor?', { since: '2023' }],
    ['nothing-in-window', 'Was stellte der Konzern vor?', { outlet: 'Reuters' }],
    ['nothing-in-window', 'Was stellte der Konzern gestern vor?', {}],
    ['nothing-in-window', 'Was stellte der Konzern im März 2019 vor?', {}],
  ] as const)('%s: %s', async (reason, question, request) => {
    const { answer } = open([about]);
    const refused = await answer(question, request);
    expect(refused).toMatchObject({ kind: 'abstained', reason, language: 'de' });
    expect(refused.kind === 'abstained' && refused.suggestion).not.toBe('');
    if (reason !== 'empty-question')
      expect(refused.nearest).toEqual([
        { articleId: about.id, title: 'Neues Auto', date: '2021-05-03', path: 'auto.txt' },
      ]);
  });

  it('shows the closest passages when no sentence says so', async () => {
    const vague = createArticle('Der Konzern baut.\nDas Werk in Leipzig ruht.\nDie Stadt wartet.', {
      path: 'vague.txt',
    });
    const retrieve = retrieveFrom([vague]);
    const ask = createAnswerer({
      retrieve,
      rankSentences: (question, passages) =>
        rankSentences(question, passages).map((sentences) => sentences.map((s) => ({ ...s, confidence: 0 }))),
      readArticle: readFrom([vague]),
      analyse,
    });
    const refused = await ask({ question: 'Konzern Werk Leipzig' });
    expect(refused).toMatchObject({ kind: 'abstained', reason: 'not-stated' });
    expect(refused.kind === 'abstained' && refused.closest[0]?.passage.text).toContain('Leipzig');
  });

  it('speaks English to who asks in English', async () => {
    const { answer } = open([about]);
    expect(await answer('who won the football championship?')).toMatchObject({
      language: 'en',
      text: 'The articles say nothing about this.',
    });
  });
});

describe('dates', () => {
  const january = createArticle('Der Minister sprach über die Brücke in Bonn.', {
    path: 'a',
    date: '2022-01-10',
  });
  const march = createArticle('Der Minister schwieg über die Brücke in Bonn.', {
    path: 'b',
    date: '2022-03-10',
  });
  const question = 'Was sagte der Minister über die Brücke in Bonn';

  it('narrows the search by the words of the question and says so', async () => {
    const { answer } = open([january, march]);
    const found = await answer(`${question} im Januar 2022?`);
    expect(quotesOf(found)).toEqual([january.body]);
    expect(found.window).toEqual({ since: '2022-01', until: '2022-01' });
    expect(found.notes).toContainEqual({
      kind: 'window',
      text: 'Nur Artikel von Januar 2022 (wegen „im Januar 2022“ in der Frage).',
    });
  });

  it('leaves the words alone when asked to', async () => {
    const { answer } = open([january, march]);
    const found = await answer(`${question} im Januar 2022?`, { timePhrases: false });
    expect(quotesOf(found)).toHaveLength(2);
    expect(found.window).toBeUndefined();
  });

  it('prefers options to words', async () => {
    const { answer } = open([january, march]);
    const found = await answer(`${question} im Januar 2022?`, { since: '2022-03' });
    expect(quotesOf(found)).toEqual([march.body]);
    expect(found.notes.map(({ text }) => text)).toEqual(['Nur Artikel seit März 2022.']);
  });

  it('takes a bare year that no article is from for the year of an event', async () => {
    const { answer } = open([january]);
    expect(quotesOf(await answer(`${question} in 1997?`))).toEqual([january.body]);
  });

  it.each([
    ['Was sagt der Minister derzeit über die Brücke in Bonn?', '2022-02-20', true],
    ['Was sagt der Minister derzeit über die Brücke in Bonn?', '2022-01-20', false],
    ['Was sagte der Minister über die Brücke in Bonn?', '2022-02-20', false],
  ])('%s on %s: old evidence is %s', async (asked, now, isOld) => {
    const { answer } = open([january], now);
    const { notes } = await answer(asked);
    expect(notes[0]?.kind === 'old-evidence').toBe(isOld);
  });
});

describe('articles that disagree', () => {
  const text = (number: string) =>
    `Russland hat ${number} Soldaten an der Grenze zur Ukraine zusammengezogen.`;
  const question = 'Wie viele Soldaten hat Russland an der Grenze zur Ukraine?';

  it('shows both values of the same date', async () => {
    const papers = [
      createArticle(text('100.000'), { path: 'a', source: 'dpa' }),
      createArticle(`${text('130.000')} Das ist viel.`, { path: 'b', source: 'Reuters' }),
    ];
    const { answer } = open(papers);
    const found = expectAnswered(await answer(question));
    expect(new Set(found.citations.map(({ article }) => article.source))).toEqual(
      new Set(['dpa', 'Reuters']),
    );
    expect(found.notes).toEqual([
      {
        kind: 'sources-disagree',
        text: 'Die Quellen widersprechen sich: „100.000 Soldaten“ (dpa, 2022-01-21); „130.000 Soldaten“ (Reuters, 2022-01-21).',
      },
    ]);
  });

  it('tells different dates as a development, the older first', async () => {
    const papers = [
      createArticle(text('130.000'), { path: 'b', source: 'Reuters', date: '2022-02-18' }),
      createArticle(text('100.000'), { path: 'a', source: 'dpa' }),
    ];
    const { answer } = open(papers);
    const [note] = (await answer(question)).notes;
    expect(note).toMatchObject({ kind: 'development' });
    expect(note?.text).toMatch(/100\.000.*130\.000/);
  });

  it.each([
    ['the same value', text('100.000').replace('zusammengezogen', 'versammelt')],
    ['another thing', 'Russland hat an der Grenze zur Ukraine 300 Panzer zusammengezogen.'],
    ['another place', 'In Belgien wurden 500 Soldaten geimpft.'],
  ])('says nothing about %s', async (_, other) => {
    const { answer } = open([
      createArticle(text('100.000'), { path: 'a' }),
      createArticle(other, { path: 'b' }),
    ]);
    expect((await answer(question)).notes).toEqual([]);
  });
});

describe('follow-ups', () => {
  it('carries the open words of the last question and says what was searched', async () => {
    const { answer, asked } = open([geneva]);
    const found = await answer('und Blinken?', {
      history: [{ question: 'Wann warnte Lawrow zum Auftakt in Genf?', answer: '' }],
    });
    expect(found.question).toBe('und Blinken?');
    expect(found.standaloneQuestion).toBe('und Blinken? (warnte Auftakt Genf)');
    expect(asked).toEqual([found.standaloneQuestion]);
  });

  it('leaves a question alone that stands alone', async () => {
    const { answer } = open([geneva]);
    const found = await answer('Wie lange dauerte das Treffen der Außenminister in Genf?', {
      history: [{ question: 'Wovor warnte Lawrow?', answer: '' }],
    });
    expect(found.standaloneQuestion).toBeUndefined();
  });
});
