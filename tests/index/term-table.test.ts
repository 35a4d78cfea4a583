import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseColumns, writeColumns } from '../../src/index/columns.ts';
import { readChecked } from '../../src/index/files.ts';
import { buildTermColumns, openTermTable } from '../../src/index/term-table.ts';
import { withFolder } from './world.ts';

const term = fc.string({ unit: 'grapheme', maxLength: 12 });

describe('a term table', () => {
  it('finds every term it was built from and no other, also after a round trip through a file', () =>
    withFolder(async (folder) => {
      let files = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(term, { maxLength: 200 }),
          term,
          fc.nat(1000),
          async (terms, other, base) => {
            const file = path.join(folder, `${files++}.bin`);
            const digest = writeColumns(file, buildTermColumns(terms));
            const table = openTermTable(parseColumns(await readChecked(file, digest)), base);
            expect(table.count).toBe(terms.length);
            terms.forEach((text, place) => {
              expect(table.find(text)).toBe(base + place);
              expect(table.at(base + place)).toBe(text);
            });
            expect(table.find(other)).toBe(terms.includes(other) ? base + terms.indexOf(other) : -1);
          },
        ),
        { numRuns: 50 },
      );
    }));
});

describe('column files', () => {
  it('give back columns of any length, each at its place', () =>
    withFolder(async (folder) => {
      let files = 0;
      await fc.assert(
        fc.asyncProperty(fc.uint8Array(), fc.uint32Array(), fc.uint8Array(), async (a, b, c) => {
          const file = path.join(folder, `${files++}.bin`);
          const columns = parseColumns(await readChecked(file, writeColumns(file, { a, b, c })));
          expect([columns.bytes('a'), columns.numbers('b'), columns.bytes('c')]).toEqual([a, b, c]);
          expect(() => columns.bytes('d')).toThrow('column d is missing');
        }),
        { numRuns: 50 },
      );
    }));
});
