import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ReadResult, readArticle } from '../../src/corpus/read.ts';
import { walkFolder } from '../../src/corpus/walk.ts';
import type { Article } from '../../src/types.ts';

/** A temporary corpus folder with the given files; `remove` takes it away again. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const root = mkdtempSync(path.join(tmpdir(), 'fundstelle-corpus-'));
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Every file of a folder, read. */
export async function readAll(folder: string, maxFileBytes = 1_000_000): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  for (const found of walkFolder(folder)) {
    results.push('reason' in found ? { kind: 'skipped', ...found } : await readArticle(found, maxFileBytes));
  }
  return results;
}

/** The article that one file becomes, with its warnings. */
export async function readOne(
  name: string,
  content: string | Uint8Array,
): Promise<Article & { readonly warnings: readonly string[] }> {
  const folder = createFolder({ [name]: content });
  try {
    const [result] = await readAll(folder.root);
    if (result?.kind !== 'article') throw new Error(`${name} was not read: ${JSON.stringify(result)}`);
    return { ...result.article, warnings: result.warnings };
  } finally {
    folder.remove();
  }
}
