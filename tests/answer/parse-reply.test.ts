import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReply } from '../../src/answer/parse-reply.ts';
import { readQuestions } from '../../src/answer/rewrite.ts';

const key = 'a1b2c3d4e5';
const claim = { text: 'Blinken warned Russia.', quotes: [{ key, quote: 'Die Situation sei kritisch' }] };
const json = (value: unknown) => JSON.stringify(value);
const asked = {
  answered: true,
  claims: [
    { text: claim.text, quotes: [{ passage: key, quote: claim.quotes[0]!.quote, translation: null }] },
  ],
};

describe('a reply with one claim', () => {
  it.each([
    ['as asked for', json(asked)],
    ['indented', JSON.stringify(asked, null, 2)],
    ['in a code fence', `\`\`\`json\n${json(asked)}\n\`\`\``],
    ['with prose around it', `Sure! Here is the answer:\n${json(asked)}\nI hope this helps {really}.`],
    ['as a JSON string', json(json(asked))],
    ['as an indented JSON string', json(JSON.stringify(asked, null, 2))],
    ['as a JSON string that was cut off', json(json(asked)).slice(0, -3)],
    ['without the object around', json(asked.claims)],
    ['without the list around', json(asked.claims[0])],
    [
      'with other field names',
      json({ claims: [{ claim: claim.text, evidence: [{ key, text: claim.quotes[0]!.quote }] }] }),
    ],
    [
      'with the quote beside the claim',
      json({ claims: [{ text: claim.text, passage: key, quote: claim.quotes[0]!.quote }] }),
    ],
    [
      'with one quote instead of a list',
      json({ claims: [{ text: claim.text, quotes: { passage: key, quote: claim.quotes[0]!.quote } }] }),
    ],
    ['with brackets around the key', json(asked).replace(key, `[${key}]`)],
    ['with lenticular brackets', json(asked).replace(key, `【${key}】`)],
    ['with words around the key', json(asked).replace(key, `passage ${key}`)],
    ['with trailing commas', json(asked).replaceAll(']', ',]').replaceAll('}', ',}')],
    ['with a raw line break in a string', json(asked).replace('Blinken warned', 'Blinken\nwarned')],
    ['cut off in the next claim', `${json(asked).slice(0, -2)},{"text":"And then`],
    ['cut off behind the claim', json(asked).slice(0, -2)],
    ['in the plain form', `CLAIM: ${claim.text}\nQUOTE [${key}]: Die Situation sei kritisch`],
    [
      'plain, numbered and bold',
      `1. **CLAIM:** ${claim.text}\n   **QUOTE [${key}]:** Die Situation sei kritisch`,
    ],
    ['plain, as a list', `- Claim 1: ${claim.text}\n- Quote 1 (${key}): Die Situation sei kritisch`],
    [
      'plain, with the key behind the colon',
      `CLAIM: ${claim.text}\nQUOTE: [${key}] Die Situation sei kritisch`,
    ],
    ['plain, with angle brackets', `CLAIM: ${claim.text}\nQUOTE <${key}>: Die Situation sei kritisch`],
    ['plain, without brackets', `CLAIM: ${claim.text}\nQUOTE ${key}: Die Situation sei kritisch`],
    ['plain, in German', `AUSSAGE: ${claim.text}\nZITAT [${key}]: Die Situation sei kritisch`],
    [
      'plain, over several lines',
      `CLAIM: Blinken\nwarned Russia.\nQUOTE [${key}]: Die Situation\nsei kritisch\n\nThat is all.`,
    ],
    [
      'plain, with prose in front',
      `Here is what I found.\n\nCLAIM: ${claim.text}\nQUOTE [${key}]: Die Situation sei kritisch`,
    ],
  ])('%s', (_, text) => {
    const reply = parseReply(text);
    expect(reply?.answered).toBe(true);
    expect(reply?.claims.map(({ text, quotes }) => ({ text: text.replace('\n', ' '), quotes }))).toEqual([
      claim,
    ]);
  });

  it('keeps keys that were never given for the gate to judge', () => {
    expect(parseReply(json(asked).replace(key, 'zzzzzzzzzz'))?.claims[0]?.quotes[0]?.key).toBe('zzzzzzzzzz');
  });

  it('reads a quote without a key', () => {
    expect(parseReply('CLAIM: It is.\nQUOTE: Die Situation sei kritisch')?.claims[0]?.quotes).toEqual([
      { quote: 'Die Situation sei kritisch' },
    ]);
    expect(
      parseReply(json({ claims: [{ text: 'It is.', quotes: ['Die Situation'] }] }))?.claims[0]?.quotes,
    ).toEqual([{ quote: 'Die Situation' }]);
  });

  it('reads translations', () => {
    const plain = parseReply(`CLAIM: It is.\nQUOTE [${key}]: Es ist.\nTRANSLATION: It is.`);
    const structured = parseReply(
      json({
        claims: [{ text: 'It is.', quotes: [{ passage: key, quote: 'Es ist.', translation: 'It is.' }] }],
      }),
    );
    for (const reply of [plain, structured])
      expect(reply?.claims[0]?.quotes).toEqual([{ key, quote: 'Es ist.', translation: 'It is.' }]);
  });
});

it.each([
  ['structured', '{"answered": false, "claims": []}'],
  ['as a string', json('{"answered": false, "claims": []}')],
  ['plain', 'NOT ANSWERED'],
  ['plain, with emphasis', '**NOT ANSWERED**'],
  ['plain, in German', 'NICHT BEANTWORTET'],
])('declining, %s', (_, text) => {
  expect(parseReply(text)).toEqual({ answered: false, claims: [] });
});

it.each([
  '',
  '{}',
  '[]',
  'null',
  'I cannot help with that.',
  '{"claims": [',
  '{"claims": [{}]}',
  '{{{{',
  '"',
  '<html>',
])('nothing to read: %s', (text) => {
  expect(parseReply(text)).toBeUndefined();
});

it('reads anything without throwing, in time', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ',',
    ':',
    '\n',
    'CLAIM:',
    'QUOTE',
    key,
    'text',
    'quotes',
    '`'.repeat(3),
    ' ',
    'ä',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 200 }), (parts) => {
      const started = performance.now();
      for (const claim of parseReply(parts.join(''))?.claims ?? []) expect(claim.text).not.toBe('');
      expect(performance.now() - started).toBeLessThan(500);
    }),
  );
});

describe('a reply that is still coming', () => {
  const two = {
    answered: true,
    claims: [1, 2].map((n) => ({
      text: `Claim ${n}.`,
      quotes: [{ passage: key, quote: `Zitat {${n}} "x"` }],
    })),
  };
  const plain = two.claims
    .map(({ text, quotes }) => `CLAIM: ${text}\nQUOTE [${key}]: ${quotes[0]!.quote}\n`)
    .join('');

  it.each([
    ['structured', json(two)],
    ['a string', json(json(two))],
    ['plain', plain],
  ])('never takes a claim back, %s', (_, text) => {
    let known: unknown[] = [];
    for (let end = 0; end <= text.length; end++) {
      const claims = parseReply(text.slice(0, end), end === text.length)?.claims ?? [];
      expect(claims.slice(0, known.length)).toEqual(known);
      known = [...claims];
    }
    expect(known).toHaveLength(2);
  });
});

it.each([
  [
    '{"questions": ["Was forderte Russland?", "what did Moscow want?"]}',
    ['Was forderte Russland?', 'what did Moscow want?'],
  ],
  [
    '- "Was forderte Russland?"\n2. what did Moscow want?\n',
    ['Was forderte Russland?', 'what did Moscow want?'],
  ],
  ['see https://evil.example', []],
  ['', []],
  ['x'.repeat(600), []],
])('questions of %s', (reply, questions) => {
  expect(readQuestions(reply)).toEqual(questions);
});
