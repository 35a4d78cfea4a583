import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { parseDate } from './dates.ts';
import type { Draft } from './draft.ts';

/** A fault in the front matter, by its line in the file (from 1). */
export interface FrontMatterFault {
  readonly line: number;
  readonly message: string;
}

export interface FrontMatter {
  readonly fields: Omit<Draft, 'body'>;
  readonly faults: readonly FrontMatterFault[];
  /** Everything behind the closing line, letter for letter. */
  readonly body: string;
}

/** Characters among which the closing line is looked for. */
const longest = 20_000;

const fieldNames = ['title', 'date', 'source', 'url', 'language'] as const;
type FieldName = (typeof fieldNames)[number];
type Values = Partial<Record<FieldName, { readonly value: unknown; readonly line: number }>>;

/**
 * Reads YAML between two lines of three dashes at the very beginning; undefined when there is none. A value that cannot
 * be used is left out and named; from YAML that does not parse, the lines `name: value` are taken as they stand.
 */
export function parseFrontMatter(text: string): FrontMatter | undefined {
  if (!/^---[^\S\n]*\n/.test(text)) return undefined;
  const close = /\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)/.exec(text.slice(3, longest));
  if (!close) {
    if (!/^---\s+[A-Za-z_]+:/.test(text)) return undefined;
    const message = 'the front matter has no closing line of three dashes; the whole text is read';
    return { fields: {}, faults: [{ line: 1, message }], body: text };
  }
  const read = readValues(text.slice(text.indexOf('\n') + 1, 3 + close.index + 1));
  if (!read) return undefined;
  const { values, faults } = read;
  const fields: Record<string, string> = {};
  for (const name of fieldNames) {
    const given = values[name];
    if (given === undefined || given.value === null || given.value === '') continue;
    const field = readField(name, given.value);
    if ('fault' in field)
      faults.push({ line: given.line, message: `"${name}" ${field.fault}; it is left out` });
    else fields[name] = field.value;
  }
  return { fields, faults, body: text.slice(3 + close.index + close[0].length) };
}

/** Undefined when the source is no mapping: then the dashes were a rule across the page, and the text is text. */
function readValues(source: string): { values: Values; faults: FrontMatterFault[] } | undefined {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' });
  const values: Values = {};
  const [error] = document.errors;
  if (error) {
    source.split('\n').forEach((text, i) => {
      const pair = /^(\w+):\s+(.*)$/.exec(text);
      const name = fieldNames.find((field) => field === pair?.[1]?.toLowerCase());
      if (name) values[name] ??= { value: pair?.[2]?.trim().replace(/^(["'])(.*)\1$/, '$2'), line: i + 2 };
    });
    const line = lines.linePos(error.pos[0]).line + 1;
    const message = error.message.split(/ at line |:?\n/)[0];
    return { values, faults: [{ line, message: `the front matter is not valid YAML: ${message}` }] };
  }
  if (isMap(document.contents)) {
    for (const { key, value } of document.contents.items) {
      if (!isScalar(key) || !key.range) continue;
      const name = fieldNames.find((field) => field === String(key.value).toLowerCase());
      const line = lines.linePos(key.range[0]).line + 1;
      if (name) values[name] = { value: isScalar(value) ? value.value : value, line };
    }
    return { values, faults: [] };
  }
  return document.contents === null ? { values, faults: [] } : undefined;
}

function readField(name: FieldName, value: unknown): { value: string } | { fault: string } {
  if (typeof value !== 'string' && typeof value !== 'number') return { fault: 'has to be text on one line' };
  const text = String(value).replace(/\s+/g, ' ').trim();
  if (name === 'date') {
    const date = parseDate(text);
    return date ? { value: date } : { fault: `is no date: "${text}" (expected 2022, 2022-01 or 2022-01-21)` };
  }
  if (name === 'url') {
    return /^https?:\/\/\S+$/i.test(text)
      ? { value: text }
      : { fault: 'has to begin with http:// or https://' };
  }
  if (name === 'language') {
    const code = languageCode(text);
    return code
      ? { value: code }
      : { fault: `is no language code: "${text}" (expected de or en, for example)` };
  }
  return { value: text };
}

/** `de` of `de-AT` or `DE_at`; undefined when the text is no language tag. */
export function languageCode(tag: string): string | undefined {
  return /^([a-z]{2,3})(?:[-_][a-z0-9-_]+)?$/i.exec(tag.trim())?.[1]?.toLowerCase();
}
