import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { resolveFolders } from '../../src/terminal/options.ts';
import { parseCountOption, parseDateOption } from '../../src/terminal/program.ts';

test.each(['2022', '2022-01', '2022-12-31', '2024-02-29'])('%s is a date', (date) => {
  expect(parseDateOption(date)).toBe(date);
});

test.each([
  '',
  '22',
  '2022-13',
  '2022-00',
  '2022-02-30',
  '2023-02-29',
  '2022-1-1',
  'yesterday',
  '2022-01-21T10:00',
])('%j is no date', (text) => {
  expect(() => parseDateOption(text)).toThrow(InvalidArgumentError);
});

test.each(['0', '51', '1.5', '', ' ', 'many', '-1'])('%j is no count from 1 to 50', (text) => {
  expect(() => parseCountOption(1, 50)(text)).toThrow(/from 1 to 50/);
});

test('counts include both ends', () => {
  expect([parseCountOption(1, 50)('1'), parseCountOption(1, 50)('50')]).toEqual([1, 50]);
});

const defaults = { CORPUS_DIR: '/articles', INDEX_DIR: '/index' };

test('the usual corpus uses the usual index', () => {
  expect(resolveFolders({}, defaults)).toEqual({
    corpusDir: '/articles',
    indexDir: '/index',
    keepFresh: false,
  });
  expect(resolveFolders({ corpus: '/articles' }, defaults).indexDir).toBe('/index');
});

test('another corpus gets an index of its own that is kept fresh', () => {
  const other = resolveFolders({ corpus: '/other' }, defaults);
  expect(other).toMatchObject({ corpusDir: '/other', keepFresh: true });
  expect(other.indexDir).toMatch(/^\/index\/corpus-[0-9a-f]{8}$/);
  expect(resolveFolders({ corpus: '/third' }, defaults).indexDir).not.toBe(other.indexDir);
});

test('an index that is named is taken as it is', () => {
  expect(resolveFolders({ corpus: '/other', index: '/mine' }, defaults)).toEqual({
    corpusDir: '/other',
    indexDir: '/mine',
    keepFresh: false,
  });
});
