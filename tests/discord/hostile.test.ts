import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../discord-server/server.ts';
import { abstained, answered, buildArticle, cite, passagesOf } from './support/fake-engine.ts';
import { openStage } from './support/harness.ts';

const BODIES = {
  pings:
    '@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678> lest das alle sofort.',
  markdown:
    '**fett** __unter__ ~~weg~~ `code` ||geheim|| [klick](https://evil.example) \\* ```js\nalert(1)\n```',
  lines: '# Titel\n> Zitat\n- Punkt\n1. Erstens\n-# klein',
  links: 'Mehr auf https://evil.example/a?b=c und discord.gg/evil und <https://evil.example> und <t:0:R>.',
  invisible:
    'Das \u200bist\u2060 ein\ufeff Test\u202e txet \u2066nie\u2069 mit \u00adTrennung und Ta\u200dg\u{e0041}s.',
  long: `${'Sehr langer Satz mit vielen Wörtern und ohne Ende, '.repeat(118)}Schluss.`,
  unbroken: 'ä'.repeat(6000),
  emoji: '👩‍👩‍👧‍👦 Familie '.repeat(300),
};

describe.each(Object.entries(BODIES))('an article of %s', (name, body) => {
  it('is shown letter for letter and without any effect', async () => {
    const { server, engine, expectManners } = await openStage();
    const article = buildArticle({
      path: `${name}.md`,
      title: body,
      source: body,
      body,
      url: `https://news.example/${name}?)> [x](y) ${name}`,
    });
    engine.articlesNow = [article];
    const citations = passagesOf(article).map((passage, index) => cite(article, passage.text, index + 1));
    const [first, ...more] = citations;
    engine.answer = ({ question }) => answered(question, { citations: [first!, ...more] });

    const asked = server.slash('ask', { question: body.slice(0, 6000) });
    await asked.response();
    const shown = await server.until(() => {
      const messages = server.botMessages.filter(({ text }) => text !== '');
      return messages.at(-1)?.text.includes('quotes checked') ||
        messages.at(-1)?.text.includes('quote checked')
        ? messages
        : undefined;
    });
    for (const message of shown) expectInert(message);
    const text = shown.map(proseOf).join('\n');
    // Whitespace is where long quotes may be parted.
    const readable = lettersOf(text.replaceAll(/^> /gm, '').replaceAll(/\\(.)/g, '$1'));
    for (const passage of passagesOf(article)) expect(readable).toContain(lettersOf(passage.text));

    const last = shown.at(-1)!;
    const value = JSON.stringify(last.components).match(/"value":"([^"]+)"/)![1]!;
    for (const handle of [
      server.select(last, value),
      server.slash('source', { article: article.id }),
      server.slash('search', { query: body.slice(0, 3) }),
      server.slash('sources'),
    ])
      expectInert(await handle.response());
    await server.autocomplete('source', { option: 'article', value: '' }).choices();
    engine.answer = ({ question }) =>
      abstained(question, {
        nearest: [{ articleId: article.id, title: body, path: article.path }],
        suggestion: body,
        closest: passagesOf(article).map((passage) => ({ passage, article, score: 0.1 })),
        notes: [{ kind: 'window', text: body }],
      });
    expectInert(await server.slash('ask', { question: 'And?' }).response());
    engine.claims = () => [{ claim: body, verdict: 'covered', citations }];
    const target = server.say('Is it?').message;
    expectInert(await server.messageCommand('Ask about this message', target).response());
    expectManners();
  });
});

const lettersOf = (text: string) => text.replaceAll(/\p{Cf}|\s/gu, '');

/** The texts of a message that Discord reads as markdown; menus and buttons show theirs as it is. */
function proseOf(message: SeenMessage): string {
  const texts: string[] = [];
  JSON.stringify(message.components, (key, value) => {
    if (key === 'content') texts.push(value);
    return value;
  });
  return texts.join('\n');
}

/** Nothing in it is a mention, formatting that somebody else chose, a foreign link, or hidden. */
function expectInert(message: SeenMessage) {
  const prose = proseOf(message);
  expect(prose).not.toBe('');
  expect(prose).not.toMatch(/(?!\u200d)\p{Cf}/u);
  const own = prose
    .replaceAll(/\\[^\p{L}\p{N}\s]/gu, 'x')
    .replaceAll(/\]\(<https:\/\/news\.example[^>\s]*>\)/g, ']')
    .replaceAll(/\*\*/g, '');
  expect(own).not.toMatch(/<[@#:]|@everyone|@here|:\/\/|<t:0|discord\.gg|\|\||~~|__|`|\*|\]\(/);
  expect(own).not.toMatch(/^((> |-# |### |- )(> |-# |#+ |- |\d+\. )|##? )/m);
}

it('a question of 6,000 characters is answered, and repeated in short', async () => {
  const { server, engine, expectManners } = await openStage();
  const question = `${'Warum? '.repeat(857)}x`;
  const { text } = await server.slash('ask', { question }).response();
  expect(engine.asked[0]?.question).toBe(question);
  expect(text.length).toBeLessThan(2000);
  expectManners();
});

it('an answer of forty long quotes comes in several messages, each whole, the controls under the last', async () => {
  const { server, engine, expectManners } = await openStage();
  const article = buildArticle({
    path: 'many.md',
    body: Array.from(
      { length: 40 },
      (_, i) => `Absatz ${i} ${'mit vielen Wörtern '.repeat(20)}Ende ${i}.`,
    ).join('\n'),
  });
  const [first, ...more] = passagesOf(article).map(({ text }, i) => cite(article, text, i + 1));
  engine.answer = ({ question }) => answered(question, { citations: [first!, ...more] });
  const asked = server.slash('ask', { question: 'All?', private: true });
  await asked.response();
  const parts = await server.until(() =>
    server.botMessages.at(-1)?.text.includes('40 of 40') ? server.botMessages : undefined,
  );
  expect(parts.length).toBeGreaterThan(3);
  expect(parts.every(({ ephemeral }) => ephemeral)).toBe(true);
  for (let i = 0; i < 40; i += 1) {
    const quote = `> Absatz ${i} ${'mit vielen Wörtern '.repeat(20)}Ende ${i}. **[${i + 1}]**`;
    expect(parts.filter(({ text }) => text.includes(quote))).toHaveLength(1);
  }
  const withControls = parts.filter(({ components }) => JSON.stringify(components).includes('custom_id'));
  expect(withControls).toEqual([parts.at(-1)]);
  expectManners();
});
