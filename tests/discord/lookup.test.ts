import { describe, expect, it } from 'vitest';
import { answered, buildArticle, cite, GENEVA, KYIV } from './support/fake-engine.ts';
import { openStage, SUMMARY } from './support/harness.ts';

describe('/source', () => {
  it('suggests titles with the date in front, cut to what Discord takes', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.articlesNow.push(
      buildArticle({ title: `Genf ${'ä'.repeat(200)}`, path: 'long.md', body: 'Lang.' }),
    );
    const choices = await server.autocomplete('source', { option: 'article', value: 'genf' }).choices();
    expect(choices[0]).toEqual({ name: `2022-01 · ${GENEVA.title}`, value: GENEVA.id });
    expect([...choices[1]!.name]).toHaveLength(100);
    expect(await server.autocomplete('source', { option: 'article', value: '' }).choices()).toHaveLength(3);
    expectManners();
  });

  it('suggests at most 25', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.articlesNow = Array.from({ length: 40 }, (_, i) =>
      buildArticle({ title: `Titel ${i}`, path: `${i}`, body: 'x' }),
    );
    expect(await server.autocomplete('source', { option: 'article', value: 'titel' }).choices()).toHaveLength(
      25,
    );
    expectManners();
  });

  it('opens a suggestion or an exact title with outlet, date, link and length, and pages through it', async () => {
    const { server, expectManners } = await openStage();
    const asked = server.slash('source', { article: GENEVA.id });
    const opened = await asked.response();
    expect(opened.text).toContain(
      `### [${GENEVA.title}](<https://news.example/genf>)\n-# dpa/afp/red · January 2022 · `,
    );
    expect(opened.text).toMatch(/\d+ words, 3 passages/);
    expect(opened.text).toContain('Passage 1 of 3');
    const next = await (await asked.click('Next')).response({
      until: ({ text }) => text.includes('Passage 2 of 3'),
    });
    expect(next.text).toContain('> Auch die russische Regierung');
    const titled = await server.slash('source', { article: KYIV.title.toUpperCase() }).response();
    expect(titled.text).toContain('Passage 1 of 1');
    expectManners();
  });

  it('searches for words that are no title, and says when nothing matches', async () => {
    const { server, expectManners } = await openStage();
    const one = await server.slash('source', { article: 'Sanktionen' }).response();
    expect(one.text).toContain('No article is called “Sanktionen”. This one matches the words:');
    expect(one.text).toContain(`### [${GENEVA.title}]`);
    const asked = server.slash('source', { article: 'Blinken' });
    expect((await asked.response()).text).toContain('No article is called “Blinken”. These match the words:');
    const opened = await (await asked.select(GENEVA.id)).response();
    expect(opened.text).toContain('Passage 1 of 3');
    expect(opened.text).toContain('Open the article');
    const nothing = await server.slash('source', { article: 'xyzzy @everyone' }).response();
    expect(nothing.text).toContain('No article is called “xyzzy \\@everyone”, and none matches');
    expectManners();
  });
});

it('/sources pages through the corpus and opens articles', async () => {
  const { server, engine, expectManners } = await openStage();
  engine.articlesNow = Array.from({ length: 23 }, (_, i) =>
    buildArticle({
      title: `Titel ${i}`,
      path: `${i}`,
      body: `Text ${i}.`,
      source: i % 2 ? 'dpa' : 'Reuters: Wire',
    }),
  );
  const asked = server.slash('sources');
  const first = await asked.response();
  expect(first.text).toContain('23 articles');
  expect(first.text).toContain('Page 1 of 3');
  const second = await (await asked.click('Next')).response({
    until: ({ text }) => text.includes('Page 2 of 3'),
  });
  expect(second.text).toContain('Titel 10');
  const opened = await server.select(second, '2022-01 · Titel 12').response();
  expect(opened.text).toContain('> Text 12.');

  const filtered = server.slash('sources', { outlet: 'reuters: wire', since: '2022' });
  expect((await filtered.response()).text).toContain('12 articles');
  const last = await (await filtered.click('Next')).response({
    until: ({ text }) => text.includes('Page 2 of 2'),
  });
  expect(last.text).toContain('reuters: wire');
  expect(last.text).toContain('Only articles since 2022');
  expect((await server.slash('sources', { outlet: 'nobody' }).response()).text).toBe('No article matches.');
  expectManners();
});

it('/search lists passages, opens them, and answers nothing', async () => {
  const { server, engine, expectManners } = await openStage();
  const asked = server.slash('search', { query: 'Sanktionen' });
  const { text } = await asked.response();
  expect(text).toContain('Passages for “Sanktionen”');
  expect(text).toContain(
    '> Der Westen droht Moskau in dem Konflikt seit Wochen mit erheblichen Sanktionen. **[1]**',
  );
  expect(text).toContain('dpa/afp/red · January 2022');
  const opened = await (await asked.select(`[1] ${GENEVA.title}`)).response();
  expect(opened.text).toContain('Passage 3 of 3');
  expect((await server.slash('search', { query: 'xyzzy' }).response()).text).toContain(
    'No passage speaks to this',
  );
  expect(engine.asked).toEqual([]);
  expectManners();
});

describe('Ask about this message', () => {
  it('shows verdicts and numbers quotes through all claims, privately', async () => {
    const { server, engine, expectManners } = await openStage();
    const sanctions = 'Der Westen droht Moskau in dem Konflikt seit Wochen mit erheblichen Sanktionen.';
    engine.claims = () => [
      { claim: 'The West threatens.', verdict: 'supported', citations: [cite(GENEVA, sanctions)] },
      {
        claim: 'Blinken stayed home.',
        verdict: 'contradicted',
        citations: [cite(KYIV, 'Blinken hat in Kiew mit Verbündeten gesprochen.')],
      },
      { claim: 'The moon is cheese.', verdict: 'not-covered', citations: [] },
    ];
    const target = server.say('The West threatens. Blinken stayed home. The moon is cheese.').message;
    const asked = server.messageCommand('Ask about this message', target);
    const message = await asked.response();
    expect(message.ephemeral).toBe(true);
    expect(message.text).toContain('✅ Supported:** The West threatens.');
    expect(message.text).toContain('❌ Contradicted:** Blinken stayed home.');
    expect(message.text).toContain('Not covered by the articles:** The moon is cheese.');
    expect(message.text).toContain('Verbündeten gesprochen. **[2]**');
    const opened = await (await asked.select(`[2] ${KYIV.title}`)).response();
    expect(opened.text).toContain('**Blinken hat in Kiew mit Verbündeten gesprochen.**');
    expectManners();
  });

  it('claims no verdict without a chat model, and says when there is nothing to check', async () => {
    const { server, engine, expectManners } = await openStage();
    const target = server.say('Lawrow und Blinken trafen sich.').message;
    const { text } = await server
      .messageCommand('Ask about this message', target, { locale: 'de' })
      .response();
    expect(text).toContain('Textstellen sprechen davon (kein Urteil)');
    engine.claims = () => [];
    expect((await server.messageCommand('Ask about this message', target).response()).text).toContain(
      'no claim',
    );
    const empty = server.say('').message;
    expect((await server.messageCommand('Ask about this message', empty).response()).text).toContain(
      'no text',
    );
    expectManners();
  });
});

describe('running it', () => {
  it('/status says what there is', async () => {
    const { server, expectManners } = await openStage();
    const { text } = await server.slash('status').response();
    for (const part of [
      '2 articles, 4 passages',
      'German 2',
      'Oldest article: January 2022',
      'generation 3',
      'built-in',
      'No chat model',
    ])
      expect(text).toContain(part);
    expectManners();
  });

  it('/gaps counts questions of this server without an answer, none asked in private', async () => {
    const { abstained } = await import('./support/fake-engine.ts');
    const { server, engine, expectManners } = await openStage();
    const manager = { permissions: 32n };
    expect((await server.slash('gaps', {}, manager).response()).text).toContain('No question of this server');
    engine.answer = ({ question }) => abstained(question);
    for (const question of ['Who won the cup?', 'who won the cup', 'What is *love*?'])
      await server.slash('ask', { question }, { user: server.addUser() }).response();
    await server.slash('ask', { question: 'My secret?', private: true }).response();
    await server.say('My own secret?', { channel: server.dm(server.user) }).reply();
    const other = server.addGuild();
    await server
      .slash('ask', { question: 'Elsewhere?' }, { guild: other, channel: other.channels[0]! })
      .response();
    const { text } = await server.slash('gaps', {}, manager).response();
    expect(text).toContain('**2×** who won the cup');
    expect(text).toContain('**1×** What is \\*love\\*?');
    expect(text).not.toMatch(/secret|Elsewhere/);
    expectManners();
  });

  it('/gaps and /reindex are for managers only', async () => {
    const { server, expectManners } = await openStage();
    for (const name of ['gaps', 'reindex']) {
      const refused = await server.slash(name, {}, { permissions: 0n, force: true }).response();
      expect(refused.text).toContain('members who may manage the server');
      expect(refused.ephemeral).toBe(true);
    }
    expectManners();
  });

  it('/reindex shows its progress and runs once at a time', async () => {
    let finish: (() => void) | undefined;
    const { server, expectManners } = await openStage({
      reindex: async (onProgress) => {
        onProgress(1, 2);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        return SUMMARY;
      },
    });
    const manager = { permissions: 32n };
    const first = server.slash('reindex', {}, manager);
    await first.response({ until: ({ text }) => text.includes('1 of 2') });
    const second = await server.slash('reindex', {}, manager).response();
    expect(second.text).toContain('being read already');
    finish?.();
    const done = await first.response({ until: ({ text }) => text.includes('Done') });
    expect(done.text).toContain('Done in 1.2 s: 2 articles, 4 passages.');
    const third = server.slash('reindex', {}, manager);
    await third.response({ until: ({ text }) => text.includes('1 of 2') });
    finish?.();
    await third.response({ until: ({ text }) => text.includes('Done') });
    expectManners();
  });

  it('/reindex says when it failed, and can be started again', async () => {
    const { server, log, expectManners } = await openStage({
      reindex: async () => {
        throw new Error('disk full');
      },
    });
    const { text } = await server.slash('reindex', {}, { permissions: 32n }).response();
    const reference = /under ([0-9A-F]{6})/.exec(text)?.[1];
    expect(log()).toContain(`"reference":"${reference}"`);
    expect(log()).toContain('disk full');
    expect(text).not.toContain('disk full');
    const again = await server.slash('reindex', {}, { permissions: 32n }).response();
    expect(again.text).not.toContain('already');
    expectManners();
  });
});

describe('an opened article', () => {
  it('without a passage left has no buttons', async () => {
    const { server, engine, expectManners } = await openStage();
    engine.articlesNow = [buildArticle({ path: 'empty.md', title: 'Leer', body: '\n' })];
    const opened = await server.slash('source', { article: 'Leer' }).response();
    expect(opened.text).toBe('### Leer\n-# dpa/afp/red · January 2022 · 0 words, 0 passages');
    expectManners();
  });

  it('with a passage longer than a message shows the part around the quote, in one message', async () => {
    const { server, engine, expectManners } = await openStage();
    const body =
      `${'*davor* '.repeat(1000)}Das ist das Zitat, um das es geht. ${'*danach* '.repeat(1000)}`.trim();
    const article = buildArticle({
      path: 'long.md',
      title: '*'.repeat(300),
      url: `https://news.example/${'x'.repeat(480)}`,
      body,
    });
    engine.articlesNow = [article];
    engine.answer = ({ question }) =>
      answered(question, { citations: [cite(article, 'Das ist das Zitat, um das es geht.')] });
    const asked = server.slash('ask', { question: 'What?' });
    const value = JSON.stringify((await asked.response()).components).match(/"value":"([^"]+)"/)![1]!;
    const opened = await asked.select(value);
    const { text } = await opened.response();
    expect(text).toContain('**Das ist das Zitat, um das es geht.** \\*danach\\*');
    expect(text).toContain('> … ');
    expect(opened.followUps).toEqual([]);
    expectManners();
  });
});
