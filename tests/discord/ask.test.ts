import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/types.ts';
import { abstained, answered, cite, GENEVA, KYIV, passagesOf } from './support/fake-engine.ts';
import { openStage } from './support/harness.ts';

const DEMAND = passagesOf(GENEVA)[1]!.text.split('. ')[1]!;

describe('/ask', () => {
  it('answers with quotes, sources and what was checked', async () => {
    const { server, engine, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'What did Russia demand?' });
    const message = await asked.response();
    expect(asked.acknowledgement).toBe('defer');
    expect(message.ephemeral).toBe(false);
    expect(message.text).toContain(`> ${DEMAND} **[1]**`);
    expect(message.text).toContain(
      '[1] [Krisengespräch in Genf endet früher als geplant](<https://news.example/genf>) · dpa/afp/red · January 2022',
    );
    expect(message.text).toContain('As of January 2022 · 1 of 1 quote checked');
    expect(message.text).toContain('Question: What did Russia demand?');
    expect(engine.asked[0]).toMatchObject({ question: 'What did Russia demand?', locale: 'en', history: [] });
    expectManners();
  });

  it('answers in German to a German client, days as timestamps', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.answer = ({ question }) =>
      answered(question, {
        asOf: '2022-01-19',
        citations: [cite(KYIV, 'Blinken hat in Kiew mit Verbündeten gesprochen.')],
      });
    const message = await server.slash('ask', { question: 'Wo war Blinken?' }, { locale: 'de' }).response();
    expect(message.text).toContain('Stand: <t:1642593600:D> · 1 von 1 Zitat');
    expect(message.text).toContain('Nachfragen');
    expect(engine.asked[0]?.locale).toBe('de');
    expectManners();
  });

  it('shows a private answer to its asker only', async () => {
    const { server, expectManners } = await openStage();
    const message = await server.slash('ask', { question: 'Demands?', private: true }).response();
    expect(message.ephemeral).toBe(true);
    expectManners();
  });

  it('passes the window on and shows the one applied', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.answer = ({ question }) =>
      answered(question, { window: { since: '2022-01', until: '2022-01-21' } });
    const message = await server
      .slash('ask', { question: 'Demands?', since: '1.2022', until: '21.1.2022' })
      .response();
    expect(engine.asked[0]).toMatchObject({ since: '2022-01', until: '2022-01-21' });
    expect(message.text).toContain('Only articles from January 2022 to <t:1642766400:D>');
    expectManners();
  });

  it.each([
    [{ since: 'yesterday' }, '“yesterday” is no date I understand'],
    [{ until: '2022-02-30' }, '“2022-02-30” is no date'],
    [{ since: '2022-02', until: '2022-01-31' }, 'The first date lies after the last one'],
    [{ question: '   ' }, 'There is no question in this'],
  ])('refuses %j privately and asks nothing', async (options, text) => {
    const { server, engine, expectManners } = await openStage();
    const message = await server.slash('ask', { question: 'Demands?', ...options }).response();
    expect(message.text).toContain(text);
    expect(message.ephemeral).toBe(true);
    expect(engine.asked).toEqual([]);
    expectManners();
  });

  it('shows the answer of a model before its quotes, and translations as unchecked', async () => {
    const { server, engine, expectManners } = await openStage();
    const citation = { ...cite(GENEVA, DEMAND), translation: 'NATO must withdraw its foreign soldiers.' };
    engine.answer = ({ question }) =>
      answered(question, {
        by: 'model',
        text: 'Russia demanded that NATO withdraw [1].',
        citations: [citation],
        notes: [{ kind: 'old-evidence', text: 'The newest article on this is from January 2022.' }],
        checks: { verified: 1, repaired: 0, misattributed: 0, notFound: 1 },
      } satisfies Partial<Answered>);
    const { text } = await server.slash('ask', { question: 'What does Russia demand now?' }).response();
    const order = [
      '⚠️ The newest article',
      'Russia demanded that NATO withdraw [1].',
      `> ${DEMAND} **[1]**`,
      'Translation, not checked: NATO must',
      '[1] [Krisen',
      '1 of 2 quotes checked, 1 not found and left out',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expectManners();
  });

  it('says what it does not know, names the nearest articles and offers no rating', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.answer = ({ question }) => abstained(question);
    const asked = server.slash('ask', { question: 'Who won the cup?' });
    const { text } = await asked.response();
    expect(text).toContain('The articles say nothing about this.');
    expect(text).toContain('Try the name of a person.');
    expect(text).toContain('- Krisengespräch in Genf endet früher als geplant · January 2022');
    expect(text).not.toContain('> ');
    expect(text).not.toContain('Helpful');
    const opened = await (await asked.select(GENEVA.id)).response();
    expect(opened.text).toContain('Passage 1 of 3');
    expectManners();
  });

  it('shows the closest passages as such', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.answer = ({ question }) =>
      abstained(question, {
        reason: 'not-stated',
        closest: [{ passage: passagesOf(GENEVA)[2]!, article: GENEVA, score: 0.4 }],
      });
    const asked = server.slash('ask', { question: 'Which sanctions?' });
    const { text } = await asked.response();
    expect(text).toContain('Closest passages, not an answer');
    expect(text).toContain('> Der Westen droht Moskau');
    const opened = await (
      await asked.select('[1] Krisengespräch in Genf endet früher als geplant')
    ).response();
    expect(opened.text).toContain('Passage 3 of 3');
    expectManners();
  });
});

describe('under an answer', () => {
  it('opens the quote in bold inside its passage, privately, and turns to the neighbours', async () => {
    const { server, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'Demands?' });
    await asked.response();
    const reader = server.addUser({ name: 'reader' });
    const message = await asked.response();
    const option = JSON.stringify(message.components).match(/"value":"([^"]+)"/)![1]!;
    const opened = server.select(message, option, { user: reader });
    const quote = await opened.response();
    expect(quote.ephemeral).toBe(true);
    expect(quote.visibleTo).toBe(reader.id);
    expect(quote.text).toContain(
      `> Auch die russische Regierung hat ihre weitreichenden Forderungen an den Westen bekräftigt. **${DEMAND}**`,
    );
    expect(quote.text).toContain('Passage 2 of 3');
    const next = await (await opened.click('Next')).response({
      until: ({ text }) => text.includes('Passage 3 of 3'),
    });
    expect(next.id).toBe(quote.id);
    expect(next.text).toContain('> Der Westen droht Moskau');
    expect(next.text).not.toContain('**Der');
    const back = server.click(next, 'Previous', { user: reader });
    const again = await back.response({ until: ({ text }) => text.includes('Passage 2 of 3') });
    expect(again.text).toContain(`**${DEMAND}**`);
    expectManners();
  });

  it('says so when the article has changed or gone since', async () => {
    const { server, engine, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'Demands?' });
    const message = await asked.response();
    const option = JSON.stringify(message.components).match(/"value":"([^"]+)"/)![1]!;
    engine.articlesNow = [{ ...GENEVA, body: 'Alles ist anders.', digest: 'f'.repeat(64) }];
    const changed = await server.select(message, option).response();
    expect(changed.text).toContain('This article has changed since the answer was given');
    expect(changed.text).toContain('> Alles ist anders.');
    engine.articlesNow = [];
    const gone = await server.select(message, option).response();
    expect(gone.text).toContain('no longer in the collection');
    expectManners();
  });

  it('continues the conversation from the form, in public after a public answer', async () => {
    const { server, engine, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'What did Russia demand?' });
    const click = await asked.click('Follow up');
    const form = await click.modal();
    expect(form.title).toBe('Follow up');
    const next = await click.submitModal({ [form.fields[0]!.customId]: 'And what did the US want?' });
    const message = await next.response();
    expect(message.ephemeral).toBe(false);
    expect(engine.asked[1]).toMatchObject({
      question: 'And what did the US want?',
      history: [{ question: 'What did Russia demand?' }],
    });
    expectManners();
  });

  it('keeps a private conversation private: the form answers privately, the place remembers nothing', async () => {
    const { server, engine, expectManners } = await openStage();
    const thread = server.startThread(server.guild.channels[0]!, 'talk');
    const asked = server.slash('ask', { question: 'My secret?', private: true }, { channel: thread });
    const click = await asked.click('Follow up');
    const form = await click.modal();
    const next = await click.submitModal({ [form.fields[0]!.customId]: 'And then?' });
    expect((await next.response()).ephemeral).toBe(true);
    expect(engine.asked[1]?.history).toMatchObject([{ question: 'My secret?' }]);
    await server
      .slash('ask', { question: 'Public?' }, { channel: thread, user: server.addUser() })
      .response();
    expect(engine.asked[2]?.history).toEqual([]);
    expectManners();
  });

  it('keeps ratings, asks for the reason of a bad one, and deletes them on demand', async () => {
    const { server, expectManners } = await openStage();
    const asked = server.slash('ask', { question: 'Demands?' });
    const thanks = await (await asked.click('Helpful')).response();
    expect(thanks.text).toContain('Thank you');
    expect(thanks.ephemeral).toBe(true);
    const critic = server.addUser({ name: 'critic' });
    const click = server.click(await asked.response(), 'Not helpful', { user: critic });
    const form = await click.modal();
    expect(form.fields.map(({ customId }) => customId)).toEqual(['reason', 'remark']);
    const sent = await click.submitModal({ reason: 'outdated', remark: 'This was last year. @everyone' });
    expect((await sent.response()).text).toContain('Thank you');
    const manager = server.addUser({ name: 'manager' });
    const role = server.addRole(server.guild, { name: 'managers', permissions: 32n });
    server.giveRole(server.guild, manager, role);
    const summary = await server.slash('gaps', {}, { user: manager }).response();
    expect(summary.text).toContain('Answers rated helpful: 1, not helpful: 1');
    expect(summary.text).toContain('Outdated: 1');
    expect(summary.text).toContain('This was last year. \\@everyone');
    expect((await server.slash('forget', {}, { user: critic }).response()).text).toContain(
      'Deleted: 1 entry',
    );
    expect((await server.slash('gaps', {}, { user: manager }).response()).text).toContain('not helpful: 0');
    expectManners();
  });

  it('offers no rating and stores nothing when feedback is switched off', async () => {
    const { server, expectManners } = await openStage({ feedback: undefined });
    const { text } = await server.slash('ask', { question: 'Demands?' }).response();
    expect(text).not.toContain('Helpful');
    expect((await server.slash('forget').response()).text).toContain('Nothing is stored');
    expectManners();
  });
});
