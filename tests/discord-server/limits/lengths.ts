import type { Issue } from '../rest/api-error.ts';

export type Path = readonly (string | number)[];

/** Discord counts code points, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Absent and null pass: what is required is checked where it is required. */
export function checkLength(path: Path, value: unknown, minimum: number, maximum: number): Issue[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') return [{ path, code: 'BASE_TYPE_BAD_TYPE', message: 'Must be a string.' }];
  const length = countCharacters(value);
  if (length > maximum) {
    return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` }];
  }
  if (length < minimum || (minimum > 0 && value.trim() === '')) {
    return [{ path, code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` }];
  }
  return [];
}

export function checkRequired(path: Path, value: unknown, minimum: number, maximum: number): Issue[] {
  if (value === undefined || value === null) {
    return [{ path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
  }
  return checkLength(path, value, minimum, maximum);
}

export function checkSize(path: Path, list: readonly unknown[], minimum: number, maximum: number): Issue[] {
  if (list.length >= minimum && list.length <= maximum) return [];
  const message = `Must be between ${minimum} and ${maximum} in length.`;
  return [{ path, code: 'BASE_TYPE_BAD_LENGTH', message }];
}

/** One issue for every repetition, at the path of the repeated value. */
export function checkUnique(
  values: readonly { path: Path; value: unknown }[],
  code: string,
  message: string,
): Issue[] {
  const seen = new Set<unknown>();
  return values.flatMap(({ path, value }) => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path, code, message: `${message}: ${JSON.stringify(value)}` }];
  });
}
