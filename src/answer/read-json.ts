/** An object found in a text, and where it ends. */
interface Found {
  readonly value: Readonly<Record<string, unknown>>;
  readonly end: number;
}

/**
 * The JSON objects of a reply that `accept` wants, in order; objects inside an accepted one are not looked at. Prose
 * and code fences around them, trailing commas, raw line breaks in strings, JSON written as a JSON string, and a reply
 * that was cut off do not matter: what is complete is found.
 */
export function findObjects(
  text: string,
  accept: (value: Readonly<Record<string, unknown>>) => boolean,
): readonly Readonly<Record<string, unknown>>[] {
  const plain = unwrapString(text);
  const found: Readonly<Record<string, unknown>>[] = [];
  let at = plain.indexOf('{');
  while (at >= 0) {
    const object = readObject(plain, at);
    const isWanted = object !== undefined && accept(object.value);
    if (isWanted) found.push(object.value);
    at = plain.indexOf('{', isWanted ? object.end : at + 1);
  }
  return found;
}

/** A reply that is JSON inside a JSON string, taken out of it; also when it was cut off. */
function unwrapString(text: string): string {
  const bare = text.replace(/^\s*(?:```\w*\s*)?/, '');
  if (!/^"\s*(?:\\n)*\s*[[{]\s*(?:\\n)*\s*\\"/.test(bare)) return text;
  return bare
    .slice(1)
    .replace(/\\(["\\/nrt])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
}

/** The object that begins at a brace, or undefined if it is incomplete or broken. */
function readObject(text: string, start: number): Found | undefined {
  let depth = 0;
  let inString = false;
  let mended = '';
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (inString) {
      if (char === '\\') {
        mended += char + text.charAt(++at);
        continue;
      }
      if (char === '"') inString = false;
      mended += char === '\n' ? '\\n' : char === '\t' ? '\\t' : char;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      mended = mended.replace(/,\s*$/, '');
    }
    mended += char;
    if (depth === 0) return parseObject(mended, at + 1);
  }
  return undefined;
}

function parseObject(json: string, end: number): Found | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null
      ? { value: value as Readonly<Record<string, unknown>>, end }
      : undefined;
  } catch {
    return undefined;
  }
}
