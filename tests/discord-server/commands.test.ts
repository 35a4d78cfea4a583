import { type DiscordAPIError, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRest } from './fixture.ts';
import { type DiscordServer, startDiscordServer } from './server.ts';

let server: DiscordServer;
let rest: REST;

beforeEach(async () => {
  server = await startDiscordServer({ openapi: false });
  rest = createRest(server);
});
afterEach(() => server.close());

const option = (more: object = {}) => ({ type: 3, name: 'question', description: 'd', ...more });
const command = (more: object = {}) => ({ name: 'ask', description: 'Ask', ...more });
const publish = (...commands: object[]) =>
  rest.put(Routes.applicationCommands(server.applicationId), { body: commands });

const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n));

/** A command of so many characters: "ask", "Ask", seven options of 1000 each, and one with the rest. */
function sized(total: number): object {
  const choices = many(9, (n) => ({ name: `${n}${'c'.repeat(98)}`, value: `${n}` }));
  const full = (name: string) => option({ name, description: 'd'.repeat(98), choices });
  const rest = total - 'askAsk'.length - 7000;
  const last = { name: 'last', description: 'd', choices: choices.slice(0, Math.floor(rest / 100) - 1) };
  const missing = rest - 'lastd'.length - last.choices.length * 100;
  const filler = many(2, (n) =>
    option({ name: `f${n}`, description: 'd'.repeat(Math.ceil((missing - 4 - n) / 2)) }),
  );
  return command({ options: [...many(7, (n) => full(`o${n}`)), option(last), ...filler] });
}

test.each([
  ['a name with a capital', command({ name: 'Ask' }), '0.name'],
  ['a name with a space', command({ name: 'a b' }), '0.name'],
  ['a name of 33', command({ name: 'x'.repeat(33) }), '0.name'],
  [
    'a translated name with a capital',
    command({ name_localizations: { de: 'Frag' } }),
    '0.name_localizations.de',
  ],
  ['an unknown locale', command({ name_localizations: { 'de-AT': 'frag' } }), '0.name_localizations.de-AT'],
  ['no description', command({ description: '' }), '0.description'],
  ['a description of 101', command({ description: 'x'.repeat(101) }), '0.description'],
  [
    'a translated description of 101',
    command({ description_localizations: { de: 'x'.repeat(101) } }),
    '0.description_localizations.de',
  ],
  ['26 options', command({ options: many(26, (n) => option({ name: `o${n}` })) }), '0.options'],
  ['an option twice', command({ options: [option(), option()] }), '0.options.1.name'],
  [
    'a required option after others',
    command({ options: [option(), option({ name: 'b', required: true })] }),
    '0.options.1',
  ],
  [
    '26 choices',
    command({ options: [option({ choices: many(26, (n) => ({ name: `${n}`, value: `${n}` })) })] }),
    '0.options.0.choices',
  ],
  [
    'a choice of 101',
    command({ options: [option({ choices: [{ name: 'x'.repeat(101), value: 'v' }] })] }),
    '0.options.0.choices.0.name',
  ],
  [
    'a choice value of 101',
    command({ options: [option({ choices: [{ name: 'n', value: 'x'.repeat(101) }] })] }),
    '0.options.0.choices.0.value',
  ],
  [
    'a translated choice of 101',
    command({
      options: [
        option({ choices: [{ name: 'n', value: 'v', name_localizations: { de: 'x'.repeat(101) } }] }),
      ],
    }),
    '0.options.0.choices.0.name_localizations.de',
  ],
  [
    'choices and autocomplete',
    command({ options: [option({ autocomplete: true, choices: [{ name: 'n', value: 'v' }] })] }),
    '0.options.0.autocomplete',
  ],
  ['an option with a bad name', command({ options: [option({ name: 'Q' })] }), '0.options.0.name'],
  [
    'at least 9, at most 3',
    command({ options: [option({ min_length: 9, max_length: 3 })] }),
    '0.options.0.min_length',
  ],
  ['an unknown context', command({ contexts: [3] }), '0.contexts'],
  ['no context', command({ contexts: [] }), '0.contexts'],
  ['a context twice', command({ contexts: [0, 0] }), '0.contexts'],
  ['an unknown installation', command({ integration_types: [2] }), '0.integration_types'],
  [
    'permissions by name',
    command({ default_member_permissions: 'ManageGuild' }),
    '0.default_member_permissions',
  ],
  ['a message command with a description', command({ type: 3 }), '0.description'],
  ['at most 6001', command({ options: [option({ max_length: 6001 })] }), '0.options.0.min_length'],
  ['a message command with a name of 33', { name: 'x'.repeat(33), type: 3 }, '0.name'],
  ['8001 characters', sized(8001), '0'],
])('refuses %s', async (_, body, path) => {
  const refusal = (await publish(body).catch((error) => error)) as DiscordAPIError;
  expect(refusal).toMatchObject({ status: 400, code: 50035 });
  expect(server.violations).toMatchObject([{ message: expect.stringContaining(`${path}: `) }]);
  expect(server.commands()).toEqual([]);
});

test('accepts 8000 characters', async () => {
  await publish(sized(8000));
  expect(server.violations).toEqual([]);
});

test.each([
  ['101 commands', many(101, (n) => command({ name: `c${n}` }))],
  ['16 user commands', many(16, (n) => ({ name: `u${n}`, type: 2 }))],
  ['16 message commands', many(16, (n) => ({ name: `m${n}`, type: 3 }))],
])('refuses %s, accepts one less', async (_, commands) => {
  await expect(publish(...commands)).rejects.toMatchObject({ code: 50035 });
  await publish(...commands.slice(1));
});

test('refuses two commands of one name and type', async () => {
  await expect(publish(command(), command())).rejects.toMatchObject({ code: 50035 });
  await expect(publish(...many(16, (n) => ({ name: `m${n}`, type: 3 })))).rejects.toMatchObject({
    code: 50035,
  });
  await publish(command(), { name: 'ask', type: 3 });
});

test('publishes, lists with and without translations, changes and removes', async () => {
  const body = command({
    name_localizations: { de: 'frag' },
    options: [option({ description_localizations: { de: 'Frage' } })],
    default_member_permissions: '32',
  });
  const [published] = (await publish(body)) as { id: string; version: string }[];
  expect(published).toMatchObject({ name: 'ask', type: 1, integration_types: [0, 1], contexts: null });
  const route = Routes.applicationCommands(server.applicationId);
  expect(await rest.get(route)).not.toMatchObject([{ name_localizations: expect.anything() }]);
  expect(JSON.stringify(await rest.get(route))).not.toContain('Frage');
  const query = new URLSearchParams({ with_localizations: 'true' });
  expect(await rest.get(route, { query })).toMatchObject([body]);

  const one = Routes.applicationCommand(server.applicationId, published?.id ?? '');
  await rest.patch(one, { body: { description: 'Ask now' } });
  expect(server.commands()).toMatchObject([{ id: published?.id, name: 'ask', description: 'Ask now' }]);
  await rest.delete(one);
  expect(server.commands()).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('gives back what Discord stores: permissions as text, nothing in options that is off or empty', async () => {
  const off = { required: false, autocomplete: false, choices: [], name_localizations: null };
  const [published] = (await publish(
    command({ options: [option(off)], default_member_permissions: 32, description_localizations: {} }),
  )) as { options: unknown }[];
  expect(published).toMatchObject({ default_member_permissions: '32', description_localizations: null });
  expect(published?.options).toEqual([option()]);
});

test('the OpenAPI description, where present, takes what discord.js sends', async () => {
  await server.close();
  server = await startDiscordServer();
  rest = createRest(server);
  await publish(
    command({ default_member_permissions: '32', options: [option({ required: true })], contexts: [0, 1, 2] }),
  );
  expect(server.violations).toEqual([]);
});

describe('once published, people can do what is offered to them and no more', () => {
  beforeEach(async () => {
    await publish(
      command({
        integration_types: [0],
        options: [
          option({ required: true, max_length: 5 }),
          option({ name: 'kind', choices: [{ name: 'A', value: 'a' }] }),
        ],
      }),
      command({
        name: 'gaps',
        default_member_permissions: String(PermissionFlagsBits.ManageGuild),
        contexts: [0],
      }),
      command({
        name: 'admin',
        options: [{ type: 1, name: 'show', description: 'd', options: [option({ autocomplete: true })] }],
      }),
    );
    await rest.put(Routes.applicationGuildCommands(server.applicationId, server.guild.id), {
      body: [command({ name: 'here' })],
    });
  });

  test('the command exists', () => {
    expect(() => server.slash('nothing')).toThrow(/no command "nothing".*ask/);
    server.slash('here');
    const elsewhere = server.addGuild();
    expect(() => server.slash('here', {}, { guild: elsewhere })).toThrow(/no command/);
  });

  test('options are given as declared', () => {
    server.slash('ask', { question: 'short', kind: 'a' });
    expect(() => server.slash('ask')).toThrow(/needs question/);
    expect(() => server.slash('ask', { question: 'too long' })).toThrow(/takes 0 to 5/);
    expect(() => server.slash('ask', { question: 1 })).toThrow(/takes type 3/);
    expect(() => server.slash('ask', { question: 'a', other: 'b' })).toThrow(/no option other/);
    expect(() => server.slash('ask', { question: 'a', kind: 'z' })).toThrow(/no choice z/);
    expect(() => server.autocomplete('ask', { option: 'question', value: 'a' })).toThrow(/no autocomplete/);
    server.autocomplete('admin show', { option: 'question', value: 'far more than that' });
    expect(() => server.slash('admin hide')).toThrow(/no subcommand hide/);
  });

  test('permissions and contexts', () => {
    expect(() => server.slash('gaps')).toThrow(/Ada, who lacks permissions/);
    server.slash('gaps', {}, { permissions: PermissionFlagsBits.ManageGuild });
    server.slash('gaps', {}, { force: true });
    expect(() => server.slash('gaps', {}, { channel: server.dm(server.user) })).toThrow(/context 1/);
    expect(() => server.slash('ask', { question: 'a' }, { install: 'user' })).toThrow(
      /installed the application/,
    );
  });
});
