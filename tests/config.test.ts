import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { describe, expect, test } from 'vitest';
import { configSchema, parseConfig } from '../src/config.ts';
import { Fault } from '../src/errors.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  test('names every variable the schema knows, and no other', () => {
    const named = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(configSchema.shape).sort());
  });

  test('shows the defaults', () => {
    expect(parseConfig(parse(example))).toEqual(parseConfig({}));
  });

  test('its commented examples are valid', () => {
    const uncommented = example.replace(/^# ([A-Z][A-Z_]+=)/gm, '$1');
    expect(() => parseConfig(parse(uncommented))).not.toThrow();
  });
});

describe('parseConfig', () => {
  test.each([
    ['MAX_FILE_MB', 'much'],
    ['MAX_FILE_MB', '0'],
    ['CHAT_MODEL', 'gpt-4.1-mini'],
    ['CHAT_BASE_URL', 'localhost:11434'],
    ['CHAT_ANSWER_TIMEOUT', '-1'],
    ['CHAT_REWRITE', 'maybe'],
    ['VECTOR_STORE', 'mongo'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DISCORD_APPLICATION_ID', 'fundstelle'],
    ['DISCORD_CHANNELS', '12345678901234567,general'],
    ['DISCORD_SHARDS', 'many'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_PORT', '70000'],
    ['FUSION_WEIGHTS', 'dense'],
    ['FUSION_WEIGHTS', 'dense=-1'],
    ['FUSION_WEIGHTS', 'vectors=0.5'],
    ['FUSION_WEIGHTS', 'bm25=0.3;dense=0.4'],
    ['FUSION_WEIGHTS', 'bm25=0,sentence=0,pairs=0,article=0,dense=0'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(Fault);
    expect(() => parseConfig({ [name]: value })).toThrow(name);
  });

  test('reports every fault at once', () => {
    const wrong = { MAX_FILE_MB: 'much', LOG_LEVEL: 'loud', VECTOR_STORE: 'postgres' };
    expect(() => parseConfig(wrong)).toThrow(/MAX_FILE_MB[\s\S]*LOG_LEVEL/);
  });

  test('reads weights of some measures', () => {
    expect(parseConfig({ FUSION_WEIGHTS: 'bm25=0.3, dense=.4' }).FUSION_WEIGHTS).toEqual({
      bm25: 0.3,
      dense: 0.4,
    });
    expect(parseConfig({}).FUSION_WEIGHTS).toBeUndefined();
  });

  test('never repeats a secret', () => {
    const token = 'mysql://user:hunter2@localhost';
    expect(() => parseConfig({ DATABASE_URL: token })).toThrow(/^(?![\s\S]*hunter2)/);
  });

  test('needs DATABASE_URL for postgres', () => {
    expect(() => parseConfig({ VECTOR_STORE: 'postgres' })).toThrow(/DATABASE_URL/);
    expect(
      parseConfig({ VECTOR_STORE: 'postgres', DATABASE_URL: 'postgres://x@localhost/y' }).VECTOR_STORE,
    ).toBe('postgres');
  });

  test('takes an empty value as not set, and lists by commas or spaces', () => {
    const parsed = parseConfig({ LOG_LEVEL: ' ', DISCORD_ROLES: '12345678901234567, 12345678901234568' });
    expect(parsed.LOG_LEVEL).toBe('info');
    expect(parsed.DISCORD_ROLES).toEqual(['12345678901234567', '12345678901234568']);
  });
});
