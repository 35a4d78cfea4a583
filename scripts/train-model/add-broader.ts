/**
 * Builds `broader.bin` of a trained model anew, and enters it in the manifest, without training.
 *
 *   npx tsx scripts/train-model/add-broader.ts --model embeddings/model --cache DIR
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBroader } from './broader.ts';
import { readHierarchy } from './hierarchy.ts';
import { wordNetFolder } from './sources.ts';
import { packLinks } from './write.ts';

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: join('embeddings', 'model') },
    cache: { type: 'string' },
  },
});
if (!options.cache)
  throw new Error('--cache is missing: the folder that train-model fetched its sources into');

const linesOf = async (file: string): Promise<string[]> =>
  (await readFile(join(options.model, file), 'utf8')).trimEnd().split('\n');
const irregular = (await linesOf('forms.txt'))
  .map((line) => line.split('\t'))
  .filter(([language]) => language === 'en')
  .map(([, form = '', stem = '']): [string, string] => [form, stem]);
const broader = buildBroader(
  await linesOf('terms.txt'),
  new Map(irregular),
  await readHierarchy(wordNetFolder(options.cache)),
);
const content = packLinks(broader);
await writeFile(join(options.model, 'broader.bin'), content);

const path = join(options.model, 'model.json');
const manifest = JSON.parse(await readFile(path, 'utf8')) as { files: Record<string, string> };
manifest.files['broader.bin'] = createHash('sha256').update(content).digest('hex');
await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
const count = broader.reduce((sum, row) => sum + row.length, 0);
process.stdout.write(`${count} broader words, ${content.length} bytes\n`);
