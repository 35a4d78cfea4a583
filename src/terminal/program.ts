import { Command, CommanderError, InvalidArgumentError } from 'commander';
import picocolors from 'picocolors';
import { Fault, messageOf } from '../errors.ts';
import type { PartialDate } from '../types.ts';

/** Exit codes that every program shares. */
export const EXIT = { done: 0, fault: 1, usage: 2 } as const;

/** A command whose usage errors throw instead of ending the process, so that `runProgram` decides the exit code. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError('(--help shows all options)');
}

/**
 * Runs a program and sets the exit code: what `main` returns; 2 for wrong usage; 1 for anything else.
 * A fault is told in its own words, never with a stack trace.
 */
export async function runProgram(main: () => Promise<number>): Promise<void> {
  // A reader that went away (`ask … | head -1`) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    process.exitCode = EXIT.fault;
    const report =
      error instanceof Fault
        ? error.message
        : `A fault of Fundstelle itself, please report it:\n${stackOf(error)}`;
    process.stderr.write(`${report}\n`);
  }
}

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : undefined) ?? messageOf(error);

/** Colours for a terminal that has them; none for a pipe or a file, whatever the environment says. */
export const chooseColors = (stream: NodeJS.WriteStream) =>
  picocolors.createColors(stream.isTTY === true && picocolors.isColorSupported);

/** Parses `2022`, `2022-01` or `2022-01-21`. */
export function parseDateOption(value: string): PartialDate {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  if (match) {
    const [, year, month = '01', day = '01'] = match;
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`))
      return value;
  }
  throw new InvalidArgumentError('Expected a date such as 2022, 2022-01 or 2022-01-21.');
}

/** Parses a whole number from `min` to `max`. */
export function parseCountOption(min: number, max: number): (value: string) => number {
  return (value) => {
    const count = Number(value);
    if (Number.isInteger(count) && value.trim() !== '' && count >= min && count <= max) return count;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}
