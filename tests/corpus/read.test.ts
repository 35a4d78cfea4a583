import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/errors.ts';
import { createFolder, readAll, readOne } from './folder.ts';

const text = 'Die Nato berät über die Lage in der Ukraine. Moskau wartet auf die Antwort aus Brüssel.';

describe('the first article', async () => {
  const folder = fileURLToPath(new URL('../../corpus', import.meta.url));
  const results = await readAll(folder);
  const first = results.find((result) => result.kind === 'article' && result.article.path.startsWith('000_'));
  const article = first?.kind === 'article' ? first.article : undefined;

  it('has date, outlet and a readable title, none of which it states as such', () => {
    expect(article).toMatchObject({
      title: 'Die Bemühungen zur Deeskalation in der Ukraine-Krise laufen auf Hochtouren',
      date: '2022-01',
      source: 'dpa/afp/red',
      language: 'de',
    });
    expect(first).toMatchObject({ warnings: [] });
  });

  it('has a body that is the file without the date in front and the credit behind, letter for letter', () => {
    const raw = readFileSync(path.join(folder, article?.path ?? ''), 'utf8');
    expect(article?.body).toBe(raw.slice(raw.indexOf('Die Bemühungen'), raw.indexOf(' (dpa/afp/red)')));
  });

  it('has one section heading', () => {
    expect(article?.headings.map((span) => article.body.slice(...span))).toEqual([
      'Bislang keine Ergebnisse',
    ]);
  });
});

describe('readArticle and walkFolder', () => {
  it('goes through subfolders in the order of the paths and passes over names that begin with a point', async () => {
    const folder = createFolder({
      'b.txt': text,
      'a/z.txt': text,
      'a/.hidden.txt': text,
      'a.txt': text,
      'a-b.md': text,
      '.git/config.txt': text,
      'ä.HTML': `<p>${text}</p>`,
      'a/b/c/d.markdown': text,
    });
    const paths = (await readAll(folder.root)).map((result) =>
      result.kind === 'article' ? result.article.path : `skipped ${result.path}`,
    );
    expect(paths).toEqual(['a-b.md', 'a.txt', 'a/b/c/d.markdown', 'a/z.txt', 'b.txt', 'ä.HTML']);
    folder.remove();
  });

  it('keeps the id when the text changes, and changes the digest', async () => {
    const one = await readOne('a.txt', text);
    const two = await readOne('a.txt', `${text} Mehr nicht.`);
    const moved = await readOne('b.txt', text);
    expect(one.id).toMatch(/^[a-z2-7]{12}$/);
    expect(two.id).toBe(one.id);
    expect(two.digest).not.toBe(one.digest);
    expect(moved.id).not.toBe(one.id);
    expect(moved.digest).toBe(one.digest);
  });

  it('refuses a folder that is missing or is a file, and says what to do', async () => {
    const folder = createFolder({ 'a.txt': text });
    await expect(readAll(path.join(folder.root, 'nowhere'))).rejects.toThrow(
      /nowhere does not exist\. Create it/,
    );
    await expect(readAll(path.join(folder.root, 'nowhere'))).rejects.toBeInstanceOf(Fault);
    await expect(readAll(path.join(folder.root, 'a.txt'))).rejects.toThrow(
      /a\.txt is a file\. Name the folder/,
    );
    folder.remove();
  });

  it('yields nothing for an empty folder', async () => {
    const folder = createFolder();
    expect(await readAll(folder.root)).toEqual([]);
    folder.remove();
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('skips what it may not read', async () => {
    const folder = createFolder({ 'a.txt': text, 'b/c.txt': text, 'd.txt': text });
    chmodSync(path.join(folder.root, 'a.txt'), 0);
    chmodSync(path.join(folder.root, 'b'), 0);
    expect(await readAll(folder.root)).toMatchObject([
      { path: 'a.txt', reason: 'cannot be read (permission denied)' },
      { path: 'b', reason: 'the folder cannot be read (permission denied)' },
      { kind: 'article' },
    ]);
    chmodSync(path.join(folder.root, 'b'), 0o700);
    folder.remove();
  });
});

describe('hostile and broken files', () => {
  const folder = createFolder();
  const results = new Map<string, string>();
  const noise = Uint8Array.from({ length: 4096 }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 255);

  beforeAll(async () => {
    const files: Readonly<Record<string, string | Uint8Array>> = {
      'empty.txt': '',
      'blank.txt': ' \n\t\r\n ',
      'bom-only.txt': '\ufeff',
      'nul-only.txt': '\0\0\0\0',
      'binary.txt': noise,
      'png.md': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'zip.html': Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), noise]),
      'large.txt': 'Ein Satz. '.repeat(20_000),
      'large.pdf': new Uint8Array(200_000),
      'matter-only.md': '---\ntitle: Nur ein Titel\n---\n',
      'picture.jpg': noise,
      'table.xlsx': 'x',
      'no-extension': text,
      'point.': text,
      constructor: text,
      'x.__proto__': text,
      'empty.html': '<html><body></body></html>',
      'script-only.html': '<html><body><script>alert(1)</script></body></html>',
      'deep.html': '<p>'.concat('<b>'.repeat(30_000)),
      'empty.pdf': '',
      'text.pdf': text,
      'cut.pdf': '%PDF-1.4\n1 0 obj\n<< /Type /Catalog',
      'noise.pdf': Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]),
      'looped.pdf':
        '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>',
    };
    for (const [name, content] of Object.entries(files)) folder.write(name, content);
    folder.write('good.txt', text);
    mkdirSync(path.join(folder.root, 'folder.txt'));
    const link = (name: string, target: string): void => symlinkSync(target, path.join(folder.root, name));
    link('out.txt', '/etc/hostname');
    link('out-folder', '/etc');
    link('device.txt', '/dev/zero');
    link('dangling.txt', 'nowhere.txt');
    link('self.txt', 'self.txt');
    link('loop', '.');
    link('loop-up', '..');
    link('inside.txt', 'good.txt');
    execFileSync('mkfifo', [path.join(folder.root, 'pipe.txt')]);
    for (const result of await readAll(folder.root, 2 ** 17)) {
      if (result.kind === 'skipped') results.set(result.path, result.reason);
      else results.set(result.article.path, 'read');
    }
  });
  afterAll(folder.remove);

  const unknown = 'not .txt, .md, .html or .pdf';
  it.each([
    ['empty.txt', 'empty'],
    ['blank.txt', 'no text'],
    ['bom-only.txt', 'no text'],
    ['nul-only.txt', 'binary data, not text'],
    ['binary.txt', 'binary data, not text'],
    ['png.md', 'binary data, not text'],
    ['zip.html', 'binary data, not text'],
    ['large.txt', 'larger than 0.125 MB (MAX_FILE_MB)'],
    ['large.pdf', 'larger than 0.125 MB (MAX_FILE_MB)'],
    ['matter-only.md', 'no text'],
    ['picture.jpg', unknown],
    ['table.xlsx', unknown],
    ['no-extension', unknown],
    ['point.', unknown],
    ['constructor', unknown],
    ['x.__proto__', unknown],
    ['empty.html', 'no text'],
    ['script-only.html', 'no text'],
    ['deep.html', 'elements nested too deeply'],
    ['empty.pdf', 'empty'],
    ['text.pdf', 'broken PDF (Invalid PDF structure)'],
    ['cut.pdf', 'broken PDF (Invalid PDF structure)'],
    ['noise.pdf', 'broken PDF (Invalid PDF structure)'],
    ['looped.pdf', 'no text; scanned pages need text recognition first'],
    ['out.txt', 'link out of the corpus folder'],
    ['out-folder', 'link out of the corpus folder'],
    ['device.txt', 'link out of the corpus folder'],
    ['dangling.txt', 'link that leads nowhere'],
    ['self.txt', 'link that leads nowhere'],
    ['loop', 'link to a folder; files are read where they lie'],
    ['pipe.txt', 'not a regular file'],
    ['loop-up', 'link out of the corpus folder'],
  ])('%s: %s', (name, reason) => {
    expect(results.get(name)).toBe(reason);
  });

  it('do not keep the others from being read', () => {
    expect(results.get('good.txt')).toBe('read');
    expect(results.get('inside.txt')).toBe('read');
    expect(results.has('folder.txt')).toBe(false);
  });
});
