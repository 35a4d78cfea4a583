import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelLanguage } from '../../src/language/languages.ts';

/** The German and English names of a place, a people or a language. */
export type Name = Readonly<Record<ModelLanguage, readonly string[]>>;

const variant = /-alt-.*$/;

async function readDisplayNames(folder: string, file: string, section: string): Promise<Map<string, Name>> {
  const read = async (language: ModelLanguage): Promise<Map<string, string[]>> => {
    const path = join(folder, 'main', language, `${file}.json`);
    const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
    const { main } = parsed as {
      main: Record<string, { localeDisplayNames: Record<string, Record<string, string>> }>;
    };
    const names = new Map<string, string[]>();
    for (const [code, name] of Object.entries(main[language]?.localeDisplayNames[section] ?? {})) {
      const key = code.replace(variant, '');
      names.set(key, [...(names.get(key) ?? []), name.replace(/ \(.*\)$/, '')]);
    }
    return names;
  };
  const [de, en] = await Promise.all([read('de'), read('en')]);
  const both = new Map<string, Name>();
  for (const [code, german] of de) {
    const english = en.get(code);
    if (english) both.set(code, { de: german, en: english });
  }
  return both;
}

/**
 * Reads the names of territories and languages from CLDR (npm's cldr-localenames-full) and the English names
 * of countries from iso-codes.
 */
export async function readNames(cldr: string, isoCodes: string): Promise<Name[]> {
  const territories = await readDisplayNames(cldr, 'territories', 'territories');
  const languages = await readDisplayNames(cldr, 'languages', 'languages');
  const parsed: unknown = JSON.parse(await readFile(join(isoCodes, 'iso_3166-1.json'), 'utf8'));
  const countries = (parsed as { '3166-1': { alpha_2: string; name: string; common_name?: string }[] })[
    '3166-1'
  ];
  for (const { alpha_2, name, common_name } of countries) {
    const known = territories.get(alpha_2);
    if (!known) continue;
    const more = [common_name, name.replace(/,.*$/, '')].filter((text) => text !== undefined);
    territories.set(alpha_2, { de: known.de, en: [...new Set([...known.en, ...more])] });
  }
  return [...territories.values(), ...languages.values()];
}
