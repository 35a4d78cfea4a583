import { existsSync } from 'node:fs';
import { DiscordAPIError, Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRest } from './fixture.ts';
import { OPENAPI_FILE } from './limits/openapi.ts';
import { type DiscordServer, startDiscordServer } from './server.ts';

const V2 = 1 << 15;

const many = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));
const text = (length: number) => 'x'.repeat(length);
const button = (customId: string, more = {}) => ({
  type: 2,
  style: 2,
  label: 'b',
  custom_id: customId,
  ...more,
});
const row = (...components: object[]) => ({ type: 1, components });
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `l${index}`, value: `v${index}` }));
const menu = (more: object) => ({ type: 3, custom_id: 'm', options: options(2), ...more });
const display = (content: string) => ({ type: 10, content });
const layout = (...components: object[]) => ({ flags: V2, components });

/** What Discord refuses, and the path it names. */
const BROKEN_MESSAGES: [name: string, body: object, path: string][] = [
  ['content of 2001 characters', { content: text(2001) }, 'content'],
  ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 't' })) }, 'embeds'],
  ['embed title of 257', { embeds: [{ title: text(257) }] }, 'embeds.0.title'],
  ['embed description of 4097', { embeds: [{ description: text(4097) }] }, 'embeds.0.description'],
  ['embed footer of 2049', { embeds: [{ footer: { text: text(2049) } }] }, 'embeds.0.footer.text'],
  ['embed author of 257', { embeds: [{ author: { name: text(257) } }] }, 'embeds.0.author.name'],
  [
    '26 embed fields',
    { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'n', value: 'v' })) }] },
    'embeds.0.fields',
  ],
  [
    'embed field name of 257',
    { embeds: [{ fields: [{ name: text(257), value: 'v' }] }] },
    'embeds.0.fields.0.name',
  ],
  ['blank embed field name', { embeds: [{ fields: [{ name: ' ', value: 'v' }] }] }, 'embeds.0.fields.0.name'],
  [
    'embed field value of 1025',
    { embeds: [{ fields: [{ name: 'n', value: text(1025) }] }] },
    'embeds.0.fields.0.value',
  ],
  [
    '6001 characters over two embeds',
    { embeds: [{ description: text(3001) }, { description: text(3000) }] },
    'embeds',
  ],
  [
    'users parsed and listed',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions.users',
  ],
  ['V2 with content', { ...layout(display('x')), content: 'x' }, 'content'],
  ['V2 with embeds', { ...layout(display('x')), embeds: [{ title: 't' }] }, 'embeds'],
  ['a text display without the V2 flag', { components: [display('x')] }, 'components.0.type'],
  ['41 components', layout(...Array.from({ length: 41 }, () => display('x'))), 'components'],
  [
    '41 components in containers',
    layout(
      ...[20, 19].map((count) => ({
        type: 17,
        components: Array.from({ length: count }, () => display('x')),
      })),
    ),
    'components',
  ],
  ['4001 characters of text displays', layout(display(text(2001)), display(text(2000))), 'components'],
  ['an empty text display', layout(display('')), 'components.0.content'],
  ['six rows', { components: ['1', '2', '3', '4', '5', '6'].map((id) => row(button(id))) }, 'components'],
  [
    'six buttons in a row',
    { components: [row(...['1', '2', '3', '4', '5', '6'].map((id) => button(id)))] },
    'components.0.components',
  ],
  ['a button beside a menu', { components: [row(menu({}), button('b'))] }, 'components.0.components'],
  ['custom_id of 101', { components: [row(button(text(101)))] }, 'components.0.components.0.custom_id'],
  [
    'a custom_id twice',
    { components: [row(button('same'), button('same'))] },
    'components.0.components.1.custom_id',
  ],
  [
    'a custom_id twice, once in a section',
    layout({ type: 9, components: [display('x')], accessory: button('same') }, row(button('same'))),
    'components.1.components.0.custom_id',
  ],
  ['an id twice', layout({ ...display('x'), id: 7 }, { ...display('y'), id: 7 }), 'components.1.id'],
  [
    'button label of 81',
    { components: [row(button('b', { label: text(81) }))] },
    'components.0.components.0.label',
  ],
  [
    'a button without a label',
    { components: [row({ type: 2, style: 2, custom_id: 'b' })] },
    'components.0.components.0',
  ],
  [
    'a button without a custom_id',
    { components: [row({ type: 2, style: 2, label: 'b' })] },
    'components.0.components.0.custom_id',
  ],
  [
    'a link without a url',
    { components: [row({ type: 2, style: 5, label: 'b' })] },
    'components.0.components.0.url',
  ],
  [
    'a link with a custom_id',
    { components: [row({ type: 2, style: 5, label: 'b', url: 'https://example.org', custom_id: 'b' })] },
    'components.0.components.0.custom_id',
  ],
  ['26 options', { components: [row(menu({ options: options(26) }))] }, 'components.0.components.0.options'],
  ['no options', { components: [row(menu({ options: [] }))] }, 'components.0.components.0.options'],
  [
    'an option value twice',
    { components: [row(menu({ options: [...options(1), ...options(1)] }))] },
    'components.0.components.0.options.1.value',
  ],
  [
    'option label of 101',
    { components: [row(menu({ options: [{ label: text(101), value: 'v' }] }))] },
    'components.0.components.0.options.0.label',
  ],
  [
    'option value of 101',
    { components: [row(menu({ options: [{ label: 'l', value: text(101) }] }))] },
    'components.0.components.0.options.0.value',
  ],
  [
    'option description of 101',
    { components: [row(menu({ options: [{ label: 'l', value: 'v', description: text(101) }] }))] },
    'components.0.components.0.options.0.description',
  ],
  [
    'placeholder of 151',
    { components: [row(menu({ placeholder: text(151) }))] },
    'components.0.components.0.placeholder',
  ],
  [
    'three of two options',
    { components: [row(menu({ max_values: 3 }))] },
    'components.0.components.0.max_values',
  ],
  [
    'at least two, at most one',
    { components: [row(menu({ min_values: 2 }))] },
    'components.0.components.0.min_values',
  ],
  [
    'two defaults of one choice',
    { components: [row(menu({ options: options(2).map((option) => ({ ...option, default: true })) }))] },
    'components.0.components.0.options',
  ],
  [
    'a section without an accessory',
    layout({ type: 9, components: [display('x')] }),
    'components.0.accessory',
  ],
  [
    'a section with four texts',
    layout({ type: 9, components: ['1', '2', '3', '4'].map(display), accessory: button('b') }),
    'components.0.components',
  ],
  [
    'a container in a container',
    layout({ type: 17, components: [{ type: 17, components: [display('x')] }] }),
    'components.0.components',
  ],
  ['an empty container', layout({ type: 17, components: [] }), 'components.0.components'],
  [
    'eleven pictures',
    layout({
      type: 12,
      items: Array.from({ length: 11 }, () => ({ media: { url: 'https://example.org/a.png' } })),
    }),
    'components.0.items',
  ],
  ['a text display of 4001', layout(display(text(4001))), 'components.0.content'],
  [
    '41 components in one container',
    layout({ type: 17, components: many(41, () => display('x')) }),
    'components.0.components',
  ],
  [
    'a thumbnail description of 1025',
    layout({
      type: 9,
      components: [display('x')],
      accessory: { type: 11, media: { url: 'https://example.org/a.png' }, description: text(1025) },
    }),
    'components.0.accessory.description',
  ],
  [
    'a url of 513',
    { components: [row({ type: 2, style: 5, label: 'b', url: `https://example.org/${text(493)}` })] },
    'components.0.components.0.url',
  ],
  [
    'a menu with a custom_id of 101',
    { components: [row(menu({ custom_id: text(101) }))] },
    'components.0.components.0.custom_id',
  ],
  [
    '26 of 25 options',
    { components: [row(menu({ options: options(25), max_values: 26 }))] },
    'components.0.components.0.min_values',
  ],
  ['an unknown component', layout({ type: 99 }), 'components.0.type'],
];

/** The largest of everything that is still allowed. */
const SOUND_MESSAGES: [name: string, body: object][] = [
  ['content of 2000 code points outside the BMP', { content: '🗞'.repeat(2000) }],
  ['6000 characters over two embeds', { embeds: [{ description: text(3000) }, { description: text(3000) }] }],
  ['40 components', layout(...Array.from({ length: 40 }, () => display('x')))],
  ['4000 characters of text displays', layout(display(text(2000)), display(text(2000)))],
  [
    'five rows of five buttons',
    { components: [0, 1, 2, 3, 4].map((y) => row(...[0, 1, 2, 3, 4].map((x) => button(`${y}${x}`)))) },
  ],
  [
    '25 options and a custom_id of 100',
    { components: [row(menu({ options: options(25), custom_id: text(100) }))] },
  ],
  ['V2 with content taken back', { ...layout(display('x')), content: null, embeds: [] }],
];

describe.each([
  ['by the limits of this server', false],
  ["with Discord's OpenAPI description, where present", undefined],
] as const)('%s', (_, openapi) => {
  let server: DiscordServer;
  beforeAll(async () => {
    server = await startDiscordServer(openapi === undefined ? {} : { openapi });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    (server.violations as unknown[]).length = 0;
  });

  test.each(BROKEN_MESSAGES)('refuses %s', async (_name, body, path) => {
    const refusal = await send(server, body);
    expect(refusal).toMatchObject({ status: 400, code: 50035 });
    expect(server.violations).toMatchObject([{ rule: '50035', method: 'POST' }]);
    if (openapi === false) expect(namePaths(refusal)).toContain(path);
    else expect(namePaths(refusal).join('\n')).toContain(path.split('.')[0]);
  });

  test.each(SOUND_MESSAGES)('accepts %s', async (_name, body) => {
    expect(await send(server, body)).toBeUndefined();
    expect(server.violations).toEqual([]);
  });

  test.each([{}, { content: '  ' }, { embeds: [] }])('refuses the empty message %j', async (body) => {
    expect(await send(server, body)).toMatchObject({ status: 400, code: 50006 });
    expect(server.violations).toHaveLength(1);
  });
});

test.skipIf(!existsSync(OPENAPI_FILE))(
  'the OpenAPI description catches what no limit of this server is about',
  async () => {
    const server = await startDiscordServer();
    const refusal = await send(server, { content: 'x', tts: 'yes' });
    expect(namePaths(refusal)).toEqual(['tts']);
    expect(namePaths(await send(server, { embeds: [{ color: -1 }] }))).toEqual(['embeds.0.color']);
    await server.close();
  },
);

test('without the OpenAPI description one notice is given and everything else works', async () => {
  const notice = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const servers = [1, 2].map(() => startDiscordServer({ openapi: '/nowhere/openapi.json' }));
  const [server, other] = (await Promise.all(servers)) as [DiscordServer, DiscordServer];
  expect(notice.mock.calls).toEqual([[expect.stringContaining('no /nowhere/openapi.json')]]);
  notice.mockRestore();
  expect(await send(server, { content: 'x', tts: 'yes' })).toBeUndefined();
  expect(await send(server, { content: text(2001) })).toMatchObject({ code: 50035 });
  await Promise.all([server.close(), other.close()]);
});

async function send(server: DiscordServer, body: object): Promise<DiscordAPIError | undefined> {
  try {
    await createRest(server).post(Routes.channelMessages(server.channel.id), { body });
    return undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError) return error;
    throw error;
  }
}

/** The paths of a form error, in dots. */
function namePaths(error: DiscordAPIError | undefined): string[] {
  const walk = (node: object, path: string[]): string[] =>
    Object.entries(node).flatMap(([key, child]) =>
      key === '_errors' ? [path.join('.')] : walk(child as object, [...path, key]),
    );
  return walk((error?.rawError as { errors?: object } | undefined)?.errors ?? {}, []);
}
