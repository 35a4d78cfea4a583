import { describe, expect, it } from 'vitest';
import { commandData } from '../../src/discord/commands/index.ts';
import { LIMITS } from '../../src/discord/limits.ts';
import { de } from '../../src/discord/messages/de.ts';
import { en } from '../../src/discord/messages/en.ts';

/** Every text of a language with its path; functions are called with their arguments' names. */
function listTexts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') {
    const checks = { verified: 1, repaired: 2, misattributed: 3, notFound: 4 };
    const samples =
      path === 'answer.checks'
        ? [[checks]]
        : [
            [1, 1, '1'],
            [2, 3, '4'],
          ];
    return samples.map((sample, i) => [`${path}#${i}`, (node as (...given: unknown[]) => string)(...sample)]);
  }
  return Object.entries(node as object).flatMap(([key, value]) =>
    listTexts(value, path === '' ? key : `${path}.${key}`),
  );
}

describe('messages', () => {
  const [english, german] = [new Map(listTexts(en)), new Map(listTexts(de))];

  it('have the same texts in every language, none empty, none left untranslated', () => {
    expect([...german.keys()]).toEqual([...english.keys()]);
    for (const [path, text] of german) {
      expect(text.trim(), path).not.toBe('');
      expect(english.get(path)?.trim(), path).not.toBe('');
      expect(text, path).not.toBe(english.get(path));
    }
  });

  it.each([en, de])('fit into forms, buttons and menus', (texts) => {
    expect(texts.followUp.title.length).toBeLessThanOrEqual(LIMITS.modalTitle);
    expect(texts.rate.title.length).toBeLessThanOrEqual(LIMITS.modalTitle);
    for (const label of [texts.followUp.field, texts.rate.reason, texts.rate.remark])
      expect(label.length).toBeLessThanOrEqual(LIMITS.fieldLabel);
    for (const label of [
      texts.answer.followUp,
      texts.answer.helpful,
      texts.answer.notHelpful,
      texts.source.open,
    ])
      expect(label.length).toBeLessThanOrEqual(LIMITS.buttonLabel);
  });

  it('say what they are given', () => {
    expect(en.answer.checks({ verified: 2, repaired: 1, misattributed: 1, notFound: 1 })).toBe(
      "4 of 5 quotes checked, 1 set to the article's own words, 1 moved to the right article, 1 not found and left out",
    );
    expect(de.answer.window(undefined, '2022')).toBe('Nur Artikel bis 2022');
    expect(en.answer.window('2022', undefined)).toBe('Only articles since 2022');
  });
});

describe('commands', () => {
  type Node = { name: string; description?: string; type?: number; options?: readonly Node[] } & Record<
    string,
    unknown
  >;
  const nodes = (list: readonly Node[]): Node[] =>
    list.flatMap((node) => [node, ...nodes(node.options ?? [])]);
  const all = nodes(commandData as unknown as Node[]);

  it.each(all.map((node) => [node.name, node] as const))(
    '%s is translated and within the limits',
    (_name, node) => {
      const german = (node.name_localizations as Record<string, string>)?.de;
      expect(german).toBeTruthy();
      // Commands in menus have names for people, the others are typed.
      const rule = node.description === undefined ? /^.{1,32}$/u : /^[-_'\p{L}\p{N}]{1,32}$/u;
      for (const name of [node.name, german!]) {
        expect(name).toMatch(rule);
        if (node.description !== undefined) expect(name).toBe(name.toLowerCase());
      }
      if (node.description === undefined) return;
      for (const text of [node.description, (node.description_localizations as Record<string, string>).de!]) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(100);
      }
    },
  );

  it('have names of their own in every language, contexts and kinds of install', () => {
    const commands = commandData as unknown as Node[];
    expect(commands).toHaveLength(9);
    expect(new Set(commands.map(({ name }) => name)).size).toBe(9);
    expect(new Set(commands.map((node) => (node.name_localizations as Record<string, string>).de)).size).toBe(
      9,
    );
    for (const { name, contexts, integration_types, default_member_permissions } of commands) {
      const managed = name === 'gaps' || name === 'reindex';
      expect(contexts).toEqual(managed ? [0] : [0, 1, 2]);
      expect(integration_types).toEqual(managed ? [0] : [0, 1]);
      expect(default_member_permissions).toBe(managed ? '32' : undefined);
    }
  });
});
