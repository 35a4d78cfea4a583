/** Abbreviations and names under which news agencies sign. */
const agencies = new Set(
  `dpa dpa-afx afp ap apa reuters rtr sid kna epd dapd ddp ots sda ats ansa efe lusa tass itar-tass interfax ria xinhua
   kyodo upi bloomberg awp dts afx aap belga ritzau ntb keystone-sda`.split(/\s+/),
);

/** `… endet vorzeitig. (dpa/afp/red)`, `… endet vorzeitig – (dpa)` */
const bracketed = /\s*(?:[—–-]\s*)?\(([^()\n]{2,60})\)\.?\s*$/;
const behindSentence = new RegExp(`(?<=[.!?…“”"«»])${bracketed.source}`);
/** A last line of its own: `dpa/lno`, `Quelle: Reuters`. */
const ownLine = /\n\s*(?:(?:Quelle|Source)\s*:\s*|©\s*)?([\p{L}/,. -]{2,60})\s*$/u;
/** `Berlin (dpa) - Die …`, `PARIS, 21. Januar (AFP/Reuters) – …` */
const dateline = /^\s*\p{Lu}[^()\n]{1,60}\s\(([^()\n]{2,40})\)\s*[-–—:]\s/u;
/** `dpa - Die …`, `(dpa) - Die …` */
const bareDateline = /^\s*\(?([\p{L}/]{2,20})\)?\s+[-–—]\s/u;

/**
 * Finds the agency that an article credits, at its end or in the line of place and agency that opens a report. `end` is
 * where the text ends without a credit at its end and the white space there.
 */
export function findCredit(body: string): { readonly source?: string; readonly end: number } {
  const whole = body.trimEnd().length;
  const tail = body.slice(-200);
  const head = body.slice(0, 200);
  const close = [
    readCredit(bracketed.exec(tail), (names) => names.some(isAgency)),
    readCredit(behindSentence.exec(tail), (names) => names.every(isInitials)),
    readCredit(ownLine.exec(tail), (names) => names.some(isAgency)),
  ].find((credit) => credit !== undefined);
  const end = close ? body.slice(0, body.length - tail.length + close.index).trimEnd().length : whole;
  const open =
    readCredit(dateline.exec(head), () => true) ??
    readCredit(bareDateline.exec(head), (names) => names.some(isAgency));
  const source = close?.source ?? open?.source;
  // A text that is nothing but a credit keeps it.
  return source === undefined || end === 0 ? { end: whole } : { source, end };
}

/** A match as a credit, if it lists names the way a credit does and they pass the test. */
function readCredit(match: RegExpExecArray | null, test: (names: readonly string[]) => boolean) {
  const source = match?.[1]?.trim().replace(/\.$/, '');
  if (!match || source === undefined) return undefined;
  const names = source.split(/\s*[/,]\s*/);
  const listed = names.length <= 6 && names.every((name) => /^[\p{L}][\p{L}\d.&-]{1,19}$/u.test(name));
  return listed && test(names) ? { source, index: match.index } : undefined;
}

const isAgency = (name: string): boolean => agencies.has(name.toLowerCase());

/** Sign of a desk or an agency not in the list: `red`, `ndn`. */
const isInitials = (name: string): boolean => /^\p{Ll}{2,6}$/u.test(name);
