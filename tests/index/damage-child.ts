/**
 * Damages the current generation in every way, one at a time, and asks each time. Runs in a process of its own,
 * because a damaged file in native code would end it. Prints one line for each damage: `<file> <damage> <outcome>`.
 */
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../../src/errors.ts';
import { openIndex } from '../../src/index/open-index.ts';
import type { PassageIndex } from '../../src/types.ts';
import { unitVectorOf } from './world.ts';

const damages: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  'truncated to half': (content) => content.subarray(0, content.length / 2),
  'without its last byte': (content) => content.subarray(0, -1),
  emptied: () => Buffer.alloc(0),
  zeroed: (content) => Buffer.alloc(content.length),
  'longer by a byte': (content) => Buffer.concat([content, Buffer.of(0)]),
  'with a flipped bit at the start': (content) => flipBit(content, 0),
  'with a flipped bit inside': (content) => flipBit(content, 0.6180339),
  'with a flipped bit at the end': (content) => flipBit(content, 1),
};

function flipBit(content: Buffer, share: number): Buffer {
  const flipped = Buffer.from(content);
  const place = Math.round((content.length - 1) * share);
  flipped[place]! ^= 1 << (place % 8);
  return flipped;
}

/** What a reader would see of a part of the passages. */
async function answers(index: PassageIndex): Promise<string> {
  const rows = Array.from({ length: index.rowCount }, (_, row) => row).filter(
    (row) => row % 23 === 0 && index.isLive(row),
  );
  const nearest = await Promise.all(
    [...'abcdefgh'].map(async (letter) => (await index.nearest(unitVectorOf(letter), 5))()),
  );
  return JSON.stringify([
    rows.map((row) => index.passage(row).text),
    index.articles,
    rows.map((row) =>
      [...index.sequence(row)].map((value) => (value < index.termCount ? index.term(value) : value)),
    ),
    rows.map((row) =>
      index.postings(index.sequence(row)[0]!).map(({ rows, frequencies }) => [[...rows], [...frequencies]]),
    ),
    nearest,
  ]);
}

async function ask(indexDir: string): Promise<string> {
  const warnings: string[] = [];
  try {
    const index = await openIndex(indexDir, { onWarning: (warning) => warnings.push(warning) });
    const found = await answers(index);
    index.close();
    const expected = truths.get(index.generation);
    if (found !== expected) return `WRONG answer from generation ${index.generation}`;
    return `generation ${index.generation}${warnings.length > 0 ? ' with a warning' : ''}`;
  } catch (error) {
    if (error instanceof Fault && error.message.includes('npm run embed')) return 'fault';
    return `UNCLEAR ${String(error)}`;
  }
}

const indexDir = process.argv[2]!;
const truths = new Map<number, string>();
const generations = readdirSync(indexDir)
  .filter((name) => /^\d+$/.test(name))
  .map(Number)
  .sort((a, b) => b - a);
for (const generation of generations) {
  const pointer = path.join(indexDir, 'CURRENT');
  const content = readFileSync(pointer);
  writeFileSync(pointer, `${generation}\n`);
  const index = await openIndex(indexDir);
  truths.set(generation, await answers(index));
  index.close();
  writeFileSync(pointer, content);
}

const newest = path.join(indexDir, String(generations[0]));
const files = [path.join(indexDir, 'CURRENT'), ...readdirSync(newest).map((name) => path.join(newest, name))];
for (const file of files) {
  const content = readFileSync(file);
  for (const [damage, apply] of Object.entries(damages)) {
    // In place, so that hard links share the damage, as they would on a failing disk.
    writeFileSync(file, apply(content));
    console.log(`${path.basename(file)} ${damage}: ${await ask(indexDir)}`);
    writeFileSync(file, content);
  }
  linkSync(file, `${file}.kept`);
  rmSync(file);
  console.log(`${path.basename(file)} removed: ${await ask(indexDir)}`);
  linkSync(`${file}.kept`, file);
  rmSync(`${file}.kept`);
}
console.log(`whole again: ${await ask(indexDir)}`);
