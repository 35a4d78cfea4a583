import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fault } from '../../src/errors.ts';
import type { tasks } from './tasks.ts';

type Tasks = typeof tasks;

/** Runs a task of `tasks.ts` in a process of its own. @throws {Fault} when it fails. */
export function runTask<Name extends keyof Tasks>(
  name: Name,
  request: Parameters<Tasks[Name]>[0],
): ReturnType<Tasks[Name]> {
  const answer = new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'child.ts'), [name, JSON.stringify(request)]);
    child.on('message', (message: { result: unknown } | { error: string }) =>
      'error' in message
        ? reject(new Fault(`The benchmark's ${name} failed: ${message.error}`))
        : resolve(message.result),
    );
    child.on('exit', (code, signal) =>
      reject(new Fault(`The benchmark's ${name} ended early (${signal ?? code}).`)),
    );
  });
  return answer as ReturnType<Tasks[Name]>;
}

export interface ProgramRun {
  readonly seconds: number;
  /** Processor time, of all threads. */
  readonly cpuSeconds: number;
  /** Most resident memory, of all threads: MB. */
  readonly peakMb: number;
  readonly output: string;
}

/** Writes what a process has used when it ends; loaded into the measured program before its own code. */
const reporter = `data:text/javascript,${encodeURIComponent(
  "import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.BENCH_USAGE,JSON.stringify(process.resourceUsage())))",
)}`;

/**
 * Runs one of the product's own programs, as people run it, from start to end.
 * @throws {Fault} with its error output when it does not end with one of the codes.
 */
export async function runProgram(
  program: 'embed' | 'ask',
  options: readonly string[],
  codes: readonly number[] = [0],
): Promise<ProgramRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fundstelle-run-'));
  const usageFile = path.join(folder, 'usage.json');
  const file = path.join(import.meta.dirname, '../../dist', `${program}.js`);
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', reporter, file, ...options], {
    env: { ...process.env, BENCH_USAGE: usageFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (errors += text));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const seconds = (performance.now() - start) / 1000;
  try {
    if (!codes.includes(Number(code))) {
      throw new Fault(`dist/${program}.js ended with ${code}. Is dist/ built (npm run build)?\n${errors}`);
    }
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
    const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
    return { seconds, cpuSeconds, peakMb: usage.maxRSS / 1024, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
