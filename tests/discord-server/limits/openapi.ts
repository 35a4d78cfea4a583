import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { asArray, asRecord, asRecords, asText, isRecord, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';

/** Issues of a request body against Discord's own description of its API; none when the operation takes no body. */
export type OpenapiCheck = (method: string, path: string, body: unknown) => Issue[];

/** Beside the checkout, not in it. */
export const OPENAPI_FILE = fileURLToPath(
  new URL('../../../../shared/discord/openapi.json', import.meta.url),
);

const USUAL_REQUESTS = [
  ['POST', '/interactions/1/token/callback'],
  ['POST', '/webhooks/1/token'],
  ['PATCH', '/webhooks/1/token/messages/@original'],
  ['POST', '/channels/1/messages'],
  ['PATCH', '/channels/1/messages/1'],
] as const;

const checks = new Map<string, OpenapiCheck>();
const noticed = new Set<string>();

/**
 * The description is not ours to commit: when the file is absent the layer is skipped, and one line on stderr says so.
 * Compiled schemas are kept per file for the life of the process.
 */
export function openOpenapi(file: string | false = OPENAPI_FILE): OpenapiCheck {
  if (file === false) return () => [];
  if (!existsSync(file)) {
    if (!noticed.has(file))
      process.stderr.write(`loopback Discord: no ${file}, bodies are not checked against OpenAPI\n`);
    noticed.add(file);
    return () => [];
  }
  const known = checks.get(file);
  if (known) return known;
  const check = createCheck(asRecord(JSON.parse(readFileSync(file, 'utf8'))));
  // Compiling takes a good part of the three seconds that the first interaction has.
  for (const [method, path] of USUAL_REQUESTS) check(method, path, {});
  checks.set(file, check);
  return check;
}

function createCheck(description: Json): OpenapiCheck {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    logger: false,
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', /^\d{1,20}$/);
  ajv.addFormat('nonce', true);
  ajv.addSchema(tagUnions(description), 'discord');
  const templates = Object.keys(asRecord(description.paths)).map((template) => ({
    template,
    // Literal segments win over parameters: @original before {message_id}.
    parameters: template.split('{').length,
    expression: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`),
  }));
  templates.sort((a, b) => a.parameters - b.parameters);
  const validators = new Map<string, ValidateFunction | undefined>();

  function findValidator(method: string, path: string): ValidateFunction | undefined {
    const template = templates.find(({ expression }) => expression.test(path))?.template;
    if (template === undefined) return undefined;
    const key = `${method} ${template}`;
    if (!validators.has(key)) validators.set(key, compile(template, method.toLowerCase()));
    return validators.get(key);
  }

  function compile(template: string, method: string): ValidateFunction | undefined {
    const operation = asRecord(asRecord(asRecord(description.paths)[template])[method]);
    if (!isRecord(operation.requestBody)) return undefined;
    const steps = ['paths', template, method, 'requestBody', 'content', 'application/json', 'schema'];
    return ajv.getSchema(`discord#/${steps.map(escapePointer).join('/')}`);
  }

  return (method, path, body) => {
    const validate = findValidator(method, path);
    if (!validate || validate(forgiveSpelling(path, body))) return [];
    return selectErrors(validate.errors ?? []).map((error) => ({
      path: error.instancePath.split('/').slice(1),
      code: 'OPENAPI',
      message: `${error.message ?? error.keyword} ${JSON.stringify(error.params)}`,
    }));
  };
}

function escapePointer(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** Discord documents permissions as strings and its description as integers; the API takes both. */
function forgiveSpelling(path: string, body: unknown): unknown {
  if (!/^\/applications\/.*\/commands/.test(path)) return body;
  if (Array.isArray(body)) return asRecords(body).map((command) => forgiveSpelling(path, command));
  const command = asRecord(body);
  const permissions = command.default_member_permissions;
  return typeof permissions === 'string'
    ? { ...command, default_member_permissions: Number(permissions) }
    : command;
}

/**
 * Unions whose members are told apart by their `type` become a choice by it (ajv's own discriminator only takes strings), so
 * that errors are about the member that is meant and not about all the others.
 */
function tagUnions(description: Json): Json {
  const schemas = asRecord(asRecord(description.components).schemas);
  const findTags = (member: Json) => {
    const schema = asRecord(schemas[asText(member.$ref).replace('#/components/schemas/', '')]);
    const required = asArray(schema.required).includes('type');
    return required ? asArray(asRecord(asRecord(schema.properties).type).enum) : [];
  };
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (!isRecord(node)) return node;
    const visited = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
    const members = asRecords(visited.oneOf ?? visited.anyOf).map((schema) => ({
      schema,
      tags: findTags(schema),
    }));
    if (members.length < 2 || members.some(({ tags }) => tags.length === 0)) return visited;
    return chooseByType(members);
  };
  return asRecord(visit(description));
}

function chooseByType(members: readonly { schema: Json; tags: unknown[] }[]): Json {
  const typed = (tags: unknown[]) => ({
    type: 'object',
    required: ['type'],
    properties: { type: { enum: tags } },
  });
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's keyword, nothing awaits it
  const choices = members.map(({ schema, tags }) => ({ if: typed(tags), then: schema }));
  return { ...typed(members.flatMap(({ tags }) => tags)), allOf: choices };
}

/** Leaves out the frames around an error, and that null would have been allowed. */
function selectErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const telling = errors.filter(
    (error) => !['oneOf', 'anyOf', 'if'].includes(error.keyword) && error.params.type !== 'null',
  );
  return (telling.length > 0 ? telling : errors).slice(0, 5);
}
