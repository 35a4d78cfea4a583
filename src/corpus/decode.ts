/** A file's text, or why there is none. */
export type Decoded = { readonly text: string; readonly warning?: string } | { readonly fault: string };

/**
 * Bytes to text: a byte order mark decides; then UTF-16 is told by its zero bytes; then UTF-8 when it is valid or
 * nearly so; then the encoding the file declares for itself (`declared`), and Windows-1252 in the end.
 * Line ends become `\n`, control characters and stray byte order marks spaces, decomposed Latin letters one character;
 * soft hyphens go.
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded {
  const marked = byteOrderMark(bytes);
  if (marked) return cleaned(new TextDecoder(marked).decode(bytes));
  const wide = zeroByteEncoding(bytes);
  if (wide) return cleaned(new TextDecoder(wide).decode(bytes));
  const controls = controlShare(bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return controls > 0.1 ? binary : cleaned(text);
  } catch {
    if (controls > 0.02) return binary;
  }
  const label = knownEncoding(declared);
  if (label && label !== 'utf-8' && label !== 'windows-1252')
    return cleaned(new TextDecoder(label).decode(bytes));
  const lenient = new TextDecoder('utf-8').decode(bytes);
  const broken = count(lenient, /\ufffd/g);
  if (broken < count(lenient, /[\u0080-\ufffc]/g)) {
    return {
      ...cleaned(lenient),
      warning: `${broken} ${broken === 1 ? 'character is' : 'characters are'} not valid UTF-8 and read as \ufffd`,
    };
  }
  return cleaned(decodeWindows1252(bytes));
}

const binary: Decoded = { fault: 'binary data, not text' };

const cleaned = (text: string) => ({ text: cleanText(text) });

/** Text without what no reader sees: see `decodeText`. Lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/[^\P{Cc}\t\n]|\ufeff/gu, ' ')
    .replace(/\u00ad/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\p{Script=Latin}\p{M}+/gu, (letter) => letter.normalize('NFC'));
}

/** Bytes 80 to 9F of Windows-1252. Node 20 decodes them as Latin-1, that is, as control characters. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (byte) => windows1252.charAt(byte.charCodeAt(0) - 0x80));
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** European text in UTF-16 has a zero in nearly every second byte, and none in the others. */
function zeroByteEncoding(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, i) => {
    if (byte !== 0) return;
    if (i % 2 === 0) even++;
    else odd++;
  });
  const most = sample.length * 0.4;
  const least = sample.length * 0.02;
  if (odd > most && even <= least) return 'utf-16le';
  if (even > most && odd <= least) return 'utf-16be';
  return undefined;
}

function controlShare(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, 65_536);
  let controls = 0;
  for (const byte of sample) if (byte === 127 || (byte < 32 && (byte < 9 || byte > 13))) controls++;
  return controls / Math.max(1, sample.length);
}

function knownEncoding(label?: string): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
