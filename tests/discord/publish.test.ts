import { describe, expect, it } from 'vitest';
import { compareCommands } from '../../src/discord/publish.ts';

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
