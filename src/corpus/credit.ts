/** Abbreviations and names under which news agencies and desks sign. */
const agencies = new Set(
  `dpa dpa-afx afp ap apa reuters rtr sid kna epd dapd ddp ots sda ats ansa efe lusa tass itar-tass interfax ria xinhua
   kyodo upi bloomberg awp dts afx aap belga ritzau ntb keystone-sda`.split(/\s+/),
);

const trailing = /[\s—–-]*\(([^()\n]{2,60})\)\.?\s*$/;
const ownLine = /\n\s*(?:(?:Quelle|Source)\s*:\s*|©\s*)?([\p{L}/,. -]{2,60})\s*$/u;
const dateline = /^\s*(?:\p{Lu}[^()\n]{1,60}\s)?\(([^()\n]{2,40})\)\s*[-–—:.]/u;
const bareDateline = /^\s*([\p{L}/]{2,20})\s+[-–—]\s/u;

/**
 * Finds the agency that an article credits: `(dpa/afp/red)` or `Quelle: dpa` at the end, `Berlin (dpa) -` or `dpa -` at
 * the beginning. `end` is where the text ends without a credit at its end and the white space there.
 */
export function findCredit(body: string): { readonly source?: string; readonly end: number } {
  const tail = body.slice(-200);
  const close = [trailing, ownLine]
    .map((pattern) => pattern.exec(tail))
    .find((match) => isCredit(match?.[1]));
  const end = body.slice(0, close ? body.length - tail.length + close.index : undefined).trimEnd().length;
  const opening = [dateline, bareDateline]
    .map((pattern) => pattern.exec(body.slice(0, 200))?.[1])
    .find(isCredit);
  const source = close?.[1] ?? opening;
  if (source === undefined || end === 0) return { end: body.trimEnd().length };
  return { source: source.trim(), end };
}

/** Names joined by strokes or commas, at least one of them an agency's. */
function isCredit(list: string | undefined): boolean {
  const names =
    list
      ?.toLowerCase()
      .split(/[/,]/)
      .map((name) => name.trim().replace(/\.$/, '')) ?? [];
  return (
    names.length <= 6 &&
    names.every((name) => /^\S{1,14}( \S{1,10})?$/.test(name)) &&
    names.some((name) => agencies.has(name))
  );
}
