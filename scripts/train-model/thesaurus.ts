import { readFile } from 'node:fs/promises';

/** Reads OpenThesaurus (package openthesaurus-de-text): sets of German expressions that share a meaning, remarks removed. */
export async function readThesaurus(path: string): Promise<string[][]> {
  return (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) =>
      line
        .split(';')
        .map((expression) =>
          expression
            .replace(/\([^)]*\)/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        )
        .filter((expression) => expression && !expression.includes('...')),
    )
    .filter((set) => set.length > 0);
}
