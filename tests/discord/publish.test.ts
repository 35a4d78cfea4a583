import type { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { commandData } from '../../src/discord/commands/index.ts';
import { compareCommands, publishCommands } from '../../src/discord/publish.ts';

describe('compareCommands', () => {
  const wanted = {
    name: 'ask',
    description: 'Ask',
    options: [{ type: 3, name: 'q', description: 'Q', required: true }],
    contexts: [0, 1],
    integration_types: [0, 1],
  };
  const published = {
    ...wanted,
    id: '1',
    application_id: '2',
    version: '3',
    type: 1,
    nsfw: false,
    dm_permission: true,
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: {},
    contexts: [1, 0],
    options: [
      { type: 3, name: 'q', name_localizations: null, description: 'Q', required: true, autocomplete: false },
    ],
  };
  it.each([
    ['the same', [published], [wanted], { unchanged: ['ask'] }],
    ['a new text', [published], [{ ...wanted, description: 'Ask me' }], { changed: ['ask'] }],
    [
      'a new translation',
      [published],
      [{ ...wanted, name_localizations: { de: 'fragen' } }],
      { changed: ['ask'] },
    ],
    ['an option less', [published], [{ ...wanted, options: [] }], { changed: ['ask'] }],
    [
      'another order of options',
      [{ ...published, options: [{ name: 'b' }, { name: 'a' }] }],
      [{ ...wanted, options: [{ name: 'a' }, { name: 'b' }] }],
      { changed: ['ask'] },
    ],
    [
      'other permissions',
      [published],
      [{ ...wanted, default_member_permissions: '32' }],
      { changed: ['ask'] },
    ],
    ['gone and new', [{ ...published, name: 'old' }], [wanted], { added: ['ask'], removed: ['old'] }],
    ['another type', [published], [{ ...wanted, type: 3 }], { added: ['ask'], removed: ['ask'] }],
  ])('%s', (_name, before, after, changes) => {
    expect(compareCommands(before, after)).toEqual({
      added: [],
      changed: [],
      removed: [],
      unchanged: [],
      ...changes,
    });
  });
});

describe('publishCommands', () => {
  /** Discord as it has some commands; remembers what is written. */
  function createRest(published: readonly object[]) {
    const written: { route: string; body: object[] }[] = [];
    const rest = {
      get: async () => published,
      put: async (route: string, { body }: { body: object[] }) => void written.push({ route, body }),
    } as unknown as REST;
    return { rest, written };
  }

  it('writes all commands where they are wanted, and nothing when they are there', async () => {
    const { rest, written } = createRest([]);
    await publishCommands(rest, { applicationId: '1', guildId: undefined });
    expect(written).toEqual([{ route: '/applications/1/commands', body: commandData }]);
    const again = createRest(written[0]!.body);
    const changes = await publishCommands(again.rest, { applicationId: '1', guildId: undefined });
    expect(changes.unchanged).toHaveLength(commandData.length);
    expect(again.written).toEqual([]);
  });

  it('leaves out of a server what belongs to global commands only', async () => {
    const { rest, written } = createRest([]);
    await publishCommands(rest, { applicationId: '1', guildId: '2' });
    expect(written[0]?.route).toBe('/applications/1/guilds/2/commands');
    for (const command of written[0]!.body) {
      expect(command).not.toHaveProperty('contexts');
      expect(command).not.toHaveProperty('integration_types');
    }
  });
});
