import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Logger;

/** Keys whose values never reach a log, at the top level or one level down. */
const SECRETS = ['token', 'apiKey', 'authorization', 'password', 'databaseUrl'];

/**
 * A logger: one event a line, JSON, on standard error so that standard output stays the program's own.
 * Secrets are blanked by name; `question` is blanked unless `questions` allows it.
 */
export function createLog(
  options: { readonly level: string; readonly questions?: boolean },
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  const names = options.questions ? SECRETS : [...SECRETS, 'question', 'standaloneQuestion'];
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: names.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    destination,
  );
}
