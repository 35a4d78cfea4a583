/**
 * Trains the built-in German-English model from public word lists and writes it to embeddings/model.
 *
 *   npm run train-model -- [--cache DIR] [--out DIR] [--word-steps N] [--passage-steps N]
 *
 * Needs apt-get, dpkg, npm and g++. The same sources give the same bytes on the same machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBroader } from './broader.ts';
import { learnCompounds } from './compounds.ts';
import { buildCorpus, countTerms } from './corpus.ts';
import { buildExamples } from './examples.ts';
import { readHierarchy } from './hierarchy.ts';
import { learnTranslations } from './ibm1.ts';
import { buildLinks } from './links.ts';
import { buildPhrases } from './phrases.ts';
import {
  countInText,
  findDerivations,
  findNames,
  findNumerals,
  findSeats,
  findSpellings,
  findSynonymousNames,
} from './relatives.ts';
import { readSources, wordNetFolder } from './sources.ts';
import { createDraft, learnBaseForms, learnGermanForms, selectTerms } from './vocabulary.ts';
import { buildWeights } from './weights.ts';
import { writeModel } from './write.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const dimensions = 256;

const { values: options } = parseArgs({
  options: {
    cache: { type: 'string', default: join(tmpdir(), 'fundstelle-training') },
    out: { type: 'string', default: join(here, '..', '..', 'embeddings', 'model') },
    'word-steps': { type: 'string', default: '9000' },
    'passage-steps': { type: 'string', default: '7000' },
  },
});

const started = Date.now();
const log = (what: string, counts: Readonly<Record<string, number | string>> = {}): void => {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(5);
  const figures = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`${seconds} s  ${[what, ...figures].join(', ')}\n`);
};

const hours = 3_600_000;

/** Runs a program, its output going where ours does; throws if it fails. */
async function run(program: string, parameters: readonly string[]): Promise<void> {
  const child = spawn(program, parameters, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 4 * hours });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} failed with ${code}`);
}

/** Compiles and runs the trainer of the vectors. */
async function trainVectors(cache: string, examples: Uint8Array): Promise<Float32Array> {
  const [program, input, output] = ['vectors', 'examples.bin', 'vectors.bin'].map((file) =>
    join(cache, file),
  );
  await writeFile(input!, examples);
  const flags = ['-O3', '-march=native', '-ffast-math', '-std=c++17'];
  await run('g++', [...flags, '-o', program!, join(here, 'vectors.cpp')]);
  await run(program!, [input!, output!, String(dimensions), options['word-steps'], options['passage-steps']]);
  const bytes = await readFile(output!);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

await mkdir(options.cache, { recursive: true });
const { sources, versions } = await readSources(options.cache);
log('read the sources', {
  'dictionary entries': sources.ding.length,
  synsets: sources.wordNet.synsets.length,
  'thesaurus sets': sources.thesaurus.length,
  names: sources.names.length,
});

const draft = createDraft();
learnBaseForms(draft, sources);
learnGermanForms(draft, sources);
log('learnt forms', {
  'base forms': draft.ids.size,
  'irregular German': draft.irregular.de.size,
  'irregular English': draft.irregular.en.size,
});

const { parts, transparent, compounds } = learnCompounds(draft, sources.ding);
draft.compounds = parts;
log('learnt compounds', {
  'first parts': parts.modifiers.size,
  'last parts': parts.heads.size,
  compounds: compounds.size,
  'that explain themselves': transparent.size,
});

const counts = countTerms(draft, sources);
const terms = selectTerms(draft, counts, transparent);
log('chose the vocabulary', { 'of terms': counts.size, chosen: terms.length });

const corpus = buildCorpus(draft, sources);
const { toEnglish, toGerman } = learnTranslations(corpus, terms.length);
log('learnt translations', {
  pairs: corpus.pairs.length,
  'of German': toEnglish.size,
  'of English': toGerman.size,
});

const names = findNames(draft, terms, sources, toEnglish);
const derivations = findDerivations(draft, sources);
const variants = [
  ...findNumerals(draft, sources),
  ...findSpellings(terms, toEnglish),
  ...findSpellings(terms, toGerman),
];
const seats = findSeats(draft, sources);
const links = buildLinks({
  terms,
  isName: (id) => names.has(id),
  toEnglish,
  toGerman,
  derivations,
  variants,
  sameNames: findSynonymousNames(draft, sources),
  seats,
});
log('linked terms', {
  names: names.size,
  derivations: derivations.length,
  variants: variants.length,
  seats: seats.length,
  links: links.reduce((sum, row) => sum + row.length, 0),
});

const phrases = buildPhrases(draft, sources, links);
log('learnt phrases', { phrases: phrases.size });

const termCounts = terms.map((term) => counts.get(term) ?? 1);
const weights = buildWeights(terms, termCounts, countInText(draft, sources), links);
const vectors = await trainVectors(options.cache, buildExamples(corpus, links, termCounts, weights));
const bytes = await writeModel(options.out, {
  terms,
  weights,
  vectors,
  dimensions,
  links,
  phrases,
  broader: buildBroader(terms, draft.irregular.en, await readHierarchy(wordNetFolder(options.cache))),
  isName: (id) => names.has(id),
  isCompound: (id) => compounds.has(terms[id] ?? ''),
  irregular: draft.irregular,
  compounds: draft.compounds,
  sources: versions,
});
log(`wrote ${options.out}`, { bytes });
