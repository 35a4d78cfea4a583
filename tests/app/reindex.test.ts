import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { reindex as Reindex } from '../../src/app/reindex.ts';
import { parseConfig } from '../../src/config.ts';

// The built file: a worker thread runs JavaScript.
const root = path.resolve(import.meta.dirname, '../..');
const { reindex }: { reindex: typeof Reindex } = await import(
  pathToFileURL(path.join(root, 'dist/app/reindex.js')).href
);

const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-reindex-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = parseConfig({ CORPUS_DIR: path.join(root, 'corpus'), INDEX_DIR: path.join(folder, 'index') });

test('embeds in a worker thread while this one goes on, and tells its progress', async () => {
  const steps: string[] = [];
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  const summary = await reindex(config, { onProgress: ({ step }) => steps.push(step) });
  clearInterval(timer);
  expect(summary).toMatchObject({ written: true, articles: 1 });
  expect(steps).toContain('reading');
  expect(turns).toBeGreaterThan(5);
});

test('a fault in the worker is the same fault here', async () => {
  const broken = { ...config, CORPUS_DIR: path.join(folder, 'missing') };
  await expect(reindex(broken)).rejects.toThrow(/missing/);
});
