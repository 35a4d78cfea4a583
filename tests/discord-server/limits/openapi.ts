import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { asRecord, asRecords, isRecord, type Json } from '../json.ts';
import type { Issue } from '../rest/api-error.ts';

/** Issues of a request body against Discord's own description of its API; none when the operation takes no body. */
export type OpenapiCheck = (method: string, path: string, body: unknown) => Issue[];

const checks = new Map<string, OpenapiCheck>();
let noticed = false;

/**
 * The description is not ours to commit: when the file is absent the layer is skipped, and one line on stderr says so.
 * Compiled schemas are kept per file for the life of the process.
 */
export function openOpenapi(file: string | false): OpenapiCheck {
  if (file === false) return () => [];
  if (!existsSync(file)) {
    if (!noticed)
      process.stderr.write(`loopback Discord: no ${file}, bodies are not checked against OpenAPI\n`);
    noticed = true;
    return () => [];
  }
  const known = checks.get(file);
  if (known) return known;
  const check = createCheck(asRecord(JSON.parse(readFileSync(file, 'utf8'))));
  checks.set(file, check);
  return check;
}

function createCheck(description: Json): OpenapiCheck {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', /^\d{1,20}$/);
  ajv.addFormat('nonce', true);
  ajv.addSchema(description, 'discord');
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
      message: `${error.message ?? error.keyword} (${error.schemaPath})`,
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
 * A failed union reports the errors of every branch. Those of branches for another component type say nothing, nor do
 * "must be null" and the union itself, as long as something else is left.
 */
function selectErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const foreign = errors.filter((error) => error.keyword === 'enum' && error.instancePath.endsWith('/type'));
  const telling = errors.filter((error) => {
    if (error.keyword === 'oneOf' || error.keyword === 'anyOf' || error.params.type === 'null') return false;
    return !foreign.some(
      (other) =>
        error.instancePath.startsWith(other.instancePath.slice(0, -'/type'.length)) &&
        nameSchema(error) === nameSchema(other),
    );
  });
  return (telling.length > 0 ? telling : errors).slice(0, 5);
}

function nameSchema(error: ErrorObject): string {
  return /schemas\/(\w+)/.exec(error.schemaPath)?.[1] ?? '';
}
