import { Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';

const BROKEN_MODALS: [name: string, change: object, path: string][] = [
  ['a title of 46', { title: 'x'.repeat(46) }, 'title'],
  ['no components', { components: [] }, 'components'],
  ['six components', { components: Array.from({ length: 6 }, (_, n) => label(`${n}`)) }, 'components'],
  ['a custom_id of 101', { custom_id: 'x'.repeat(101) }, 'custom_id'],
  ['a label of 46', { components: [{ ...label('a'), label: 'x'.repeat(46) }] }, 'label'],
  ['a description of 101', { components: [{ ...label('a'), description: 'x'.repeat(101) }] }, 'description'],
  ['a label in a label', { components: [label('a', { label: 'twice' })] }, 'label'],
  ['a custom_id twice', { components: [label('a'), label('a')] }, 'custom_id'],
  ['a value longer than its field', { components: [label('a', { max_length: 3, value: 'long' })] }, 'value'],
  ['at least 5, at most 3', { components: [label('a', { min_length: 5, max_length: 3 })] }, 'min_length'],
  ['a placeholder of 101', { components: [label('a', { placeholder: 'x'.repeat(101) })] }, 'placeholder'],
  ['an input with a custom_id of 101', { components: [label('x'.repeat(101))] }, 'custom_id'],
  ['a value of 4001', { components: [label('a', { value: 'x'.repeat(4001) })] }, 'value'],
  ['at most 4001', { components: [label('a', { max_length: 4001 })] }, 'min_length'],
  ['at least 4001', { components: [label('a', { min_length: 4001 })] }, 'min_length'],
  ['a text of 4001', { components: [{ type: 10, content: 'x'.repeat(4001) }] }, 'content'],
  [
    'a choice of users with a custom_id of 101',
    { components: [{ type: 18, label: 'l', component: { type: 5, custom_id: 'x'.repeat(101) } }] },
    'custom_id',
  ],
  [
    'an input in a row with a label of 46',
    { components: [{ type: 1, components: [input('a', { label: 'x'.repeat(46) })] }] },
    'label',
  ],
  ['two inputs in a row', { components: [{ type: 1, components: [input('a'), input('b')] }] }, 'components'],
  ['an input in a row without a label', { components: [{ type: 1, components: [input('a')] }] }, 'label'],
  [
    'a menu in a row',
    { components: [{ type: 1, components: [{ type: 3, custom_id: 'a', options: [] }] }] },
    'type',
  ],
  ['a button', { components: [{ type: 2, style: 1, label: 'b', custom_id: 'b' }] }, 'type'],
];

const BROKEN_CHOICES: [name: string, choices: object[]][] = [
  ['26 choices', Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }))],
  ['a name of 101', [{ name: 'x'.repeat(101), value: 'v' }]],
  ['a value of 101', [{ name: 'n', value: 'x'.repeat(101) }]],
  ['an empty name', [{ name: '', value: 'v' }]],
];

describe.each([
  ['by the limits of this server', false],
  ["with Discord's OpenAPI description, where present", undefined],
] as const)('%s', (_, openapi) => {
  let fixture: Fixture;
  /** What the bot answers the next interaction with. */
  let body: object;

  beforeAll(async () => {
    fixture = await startFixture(openapi === undefined ? {} : { openapi });
    fixture.client.on('interactionCreate', async ({ id, token }) => {
      await fixture.rest.post(Routes.interactionCallback(id, token), { body, auth: false }).catch(() => {});
    });
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    (fixture.server.violations as unknown[]).length = 0;
  });

  test.each(BROKEN_MODALS)('a modal with %s is refused', async (_name, change, path) => {
    body = { type: 9, data: { custom_id: 'm', title: 't', components: [label('a')], ...change } };
    const { server } = fixture;
    server.slash('ask');
    const [violation] = await server.until(() => server.violations.length > 0 && server.violations);
    expect(violation?.rule).toBe('50035');
    if (openapi === false) expect(violation?.message).toContain(`${path}: `);
  });

  test.each(BROKEN_CHOICES)('autocomplete with %s is refused', async (_name, choices) => {
    body = { type: 8, data: { choices } };
    const { server } = fixture;
    server.autocomplete('source', { option: 'article', value: '' });
    const [violation] = await server.until(() => server.violations.length > 0 && server.violations);
    expect(violation).toMatchObject({ rule: '50035', message: expect.stringContaining('choices') });
  });
});

function input(customId: string, more: object = {}) {
  return { type: 4, style: 1, custom_id: customId, ...more };
}

function label(customId: string, more: object = {}) {
  return { type: 18, label: 'l', component: input(customId, more) };
}
