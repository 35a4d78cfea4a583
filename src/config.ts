import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { Fault } from './errors.ts';

/** The repository's root, whether this file runs from `src/` or `dist/`. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const seconds = (fallback: number, max: number) => z.coerce.number().positive().max(max).default(fallback);
const count = (fallback: number, max: number) => z.coerce.number().int().min(0).max(max).default(fallback);
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'])
    .default(fallback ? 'true' : 'false')
    .transform((word) => ['true', '1', 'yes', 'on'].includes(word));
const folder = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((given) => path.resolve(ROOT, given));
const snowflake = z.string().regex(/^\d{17,20}$/, 'expected a Discord id: 17 to 20 digits');
const snowflakes = z
  .string()
  .default('')
  .transform((list) => list.split(/[\s,]+/).filter((id) => id !== ''))
  .pipe(z.array(snowflake));
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected a URL that begins with http:// or https://' });

const measures = ['bm25', 'sentence', 'pairs', 'article', 'dense'] as const;
/** Some of the measures, each with a number: bm25=0.3,dense=0.4. */
const weights = z.string().transform((list, context) => {
  const given = list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => /^(\w+)=(\d+(?:\.\d+)?|\.\d+)$/.exec(entry));
  const entries = given.flatMap((found) => (found ? [[found[1]!, Number(found[2])] as const] : []));
  const known: readonly string[] = measures;
  if (entries.length < given.length || entries.some(([name]) => !known.includes(name)))
    context.addIssue(
      `expected numbers from 0 for some of ${measures.join(', ')}, such as bm25=0.3,dense=0.4`,
    );
  else if (entries.length === measures.length && entries.every(([, weight]) => weight === 0))
    context.addIssue('one of the weights must be above 0');
  return Object.fromEntries(entries) as Partial<Record<(typeof measures)[number], number>>;
});

/** Every environment variable Fundstelle reads. The order is that of `.env.example`. */
export const configSchema = z.object({
  CORPUS_DIR: folder('corpus'),
  INDEX_DIR: folder('embeddings/index'),
  MAX_FILE_MB: z.coerce.number().positive().max(1024).default(20),

  EMBEDDINGS: z.string().default('built-in'),
  EMBEDDINGS_BASE_URL: httpUrl.optional(),
  EMBEDDINGS_API_KEY: z.string().optional(),
  EMBEDDINGS_TIMEOUT: seconds(60, 600),
  FUSION_WEIGHTS: weights.optional(),

  CHAT_MODEL: z
    .string()
    .regex(/^[a-z0-9_-]+:.+$/, 'expected provider:model, for example openai:gpt-4.1-mini')
    .optional(),
  CHAT_BASE_URL: httpUrl.optional(),
  CHAT_API_KEY: z.string().optional(),
  CHAT_CALL_TIMEOUT: seconds(30, 600),
  CHAT_ANSWER_TIMEOUT: seconds(60, 840),
  CHAT_MAX_TOKENS: count(1200, 32_000),
  CHAT_MAX_PASSAGES: z.coerce.number().int().min(1).max(30).default(8),
  CHAT_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(4),
  CHAT_REWRITE: flag(false),

  HISTORY_TURNS: count(6, 50),
  HISTORY_MINUTES: z.coerce.number().positive().max(10_080).default(60),

  VECTOR_STORE: z.enum(['hnsw', 'postgres']).default('hnsw'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'expected a URL that begins with postgres://' })
    .optional(),

  DISCORD_TOKEN: z.string().optional(),
  DISCORD_APPLICATION_ID: snowflake.optional(),
  DISCORD_GUILD_ID: snowflake.optional(),
  DISCORD_API_URL: httpUrl.optional(),
  DISCORD_REGISTER: flag(true),
  DISCORD_CHANNELS: snowflakes,
  DISCORD_ROLES: snowflakes,
  DISCORD_COOLDOWN: z.coerce.number().min(0).max(3600).default(0),
  DISCORD_CONCURRENCY: z.coerce.number().int().min(1).max(1000).default(8),
  DISCORD_SHARDS: z.union([z.literal('auto'), z.coerce.number().int().min(1).max(10_000)]).default(1),

  FEEDBACK: flag(true),
  FEEDBACK_FILE: folder('data/feedback.sqlite'),
  FEEDBACK_MAX_ROWS: z.coerce.number().int().min(1).max(1_000_000).default(10_000),

  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_QUESTIONS: flag(false),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
});

export type Config = z.output<typeof configSchema>;

/**
 * The configuration of this process: `.env` in the repository's root, overruled by the environment.
 * @throws {Fault} naming every variable that is wrong, all at once.
 */
export function readConfig(): Config {
  const file = path.join(ROOT, '.env');
  if (existsSync(file)) {
    const loaded = loadDotenv({ path: file, quiet: true });
    if (loaded.error) throw new Fault(`${file} cannot be read: ${loaded.error.message}`);
  }
  return parseConfig(process.env);
}

/**
 * Environment values as a typed configuration. An empty value counts as not set.
 * @throws {Fault} with one line for each variable that is wrong.
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = configSchema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(describeIssue);
  if (given.VECTOR_STORE === 'postgres' && given.DATABASE_URL === undefined)
    faults.push(
      'DATABASE_URL: needed with VECTOR_STORE=postgres, for example postgres://user@localhost/fundstelle',
    );
  if (!parsed.success || faults.length > 0)
    throw new Fault(
      `Configuration (environment or .env) has ${countFaults(faults.length)}:\n${faults.join('\n')}`,
    );
  return parsed.data;

  function describeIssue(issue: z.core.$ZodIssue): string {
    const name = String(issue.path[0]);
    // A token is never repeated, not even a wrong one.
    const value = /TOKEN|KEY|DATABASE/.test(name) ? '' : ` (is "${given[name]}")`;
    return `  ${name}: ${issue.message}${value}`;
  }
}

const countFaults = (faults: number) => (faults === 1 ? 'a fault' : `${faults} faults`);

/** Where the built-in model lies. */
export const MODEL_DIR = path.join(ROOT, 'embeddings', 'model');
