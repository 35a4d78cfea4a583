import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema } from '../../src/config.ts';

const read = (name: string) => readFileSync(path.join(import.meta.dirname, '../..', name), 'utf8');
const variables = new Set([...Object.keys(configSchema.shape), 'NODE_ENV']);

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      read_only: z.boolean(),
      cap_drop: z.array(z.string()),
      security_opt: z.array(z.string()),
      restart: z.string(),
      networks: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      healthcheck: z.looseObject({}).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      deploy: z.object({
        resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string(), pids: z.number() }) }),
      }),
      ports: z.undefined().optional(),
      privileged: z.undefined().optional(),
    }),
  ),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
});
const compose = composeSchema.parse(parse(read('compose.yaml'), { merge: true }));

describe('compose.yaml', () => {
  it.each(Object.entries(compose.services))('%s has no more rights than it needs', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it('sets only variables that the program reads', () => {
    const { bot, embed } = compose.services;
    const names = [bot, embed].flatMap((service) => Object.keys(service!.environment));
    expect(names.filter((name) => !variables.has(name))).toEqual([]);
    expect(bot!.environment.METRICS_PORT).toMatch(/^\d+$/);
  });

  it('starts the bot when the database is healthy and the articles are embedded', () => {
    expect(compose.services.bot!.depends_on).toEqual({
      database: { condition: 'service_healthy' },
      embed: { condition: 'service_completed_successfully' },
    });
    expect(compose.services.database!.healthcheck).toBeDefined();
  });

  it('holds no password and keeps the database to itself', () => {
    const lines = read('compose.yaml')
      .split('\n')
      .filter((line) => /^[^#]*(PASSWORD:|postgres:\/\/)/.test(line));
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(/: (postgres:\/\/fundstelle:)?\$\{POSTGRES_PASSWORD:\?[^}]*\}/);
    expect(compose.services.database!.networks).toEqual(['inside']);
    expect(compose.networks.inside).toEqual({ internal: true });
  });
});

describe('Dockerfile', () => {
  const dockerfile = read('Dockerfile');
  const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

  it('sets only variables that the program reads', () => {
    const names = [...final.matchAll(/(?:ENV|^ {4,})\s*([A-Z_]+)=/gm)].map(([, name]) => name!);
    expect(names).toContain('INDEX_DIR');
    expect(names.filter((name) => !variables.has(name))).toEqual([]);
  });

  it('runs the program as a user who is not root, after everything is in place', () => {
    expect(final.match(/^(?:COPY|RUN|USER) .*/gm)!.at(-1)).toBe('USER node');
  });

  it('copies nothing that .dockerignore does not let in', () => {
    const ignore = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignore[0]).toBe('*');
    const allowed = new Set(ignore.slice(1).map((line) => line.slice(1)));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, sources]) =>
      sources!.split(' '),
    );
    expect(copied.filter((source) => !allowed.has(source))).toEqual([]);
    expect([...allowed].filter((name) => !copied.includes(name))).toEqual([]);
  });
});
