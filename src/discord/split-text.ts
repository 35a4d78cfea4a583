/** What a cut would destroy: links, timestamps, markers, escaped characters. */
const ATOMS = /\[(?:\\.|[^\]\\\n])*\]\(<[^>\n]*>\)|<t:\d+:[a-zA-Z]>|\[\d{1,3}\]|\\./gu;

/** Where a cut is welcome, best first; the cut falls behind the match. */
const BOUNDARIES = [/\n\n+/g, /\n/g, /[.!?…]["“”«»)]*\s/g, /\s/g];

/**
 * Text in pieces of at most `max` characters, cut at paragraphs, lines, sentences or words, never inside a link,
 * a marker, a timestamp or an escaped character. A line that goes on keeps its block quote, its small print and its bold.
 */
export function splitText(text: string, max: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > max) {
    // Room for the prefix and the bold that the cut may have to close.
    const cut = findCut(rest, max - 2);
    const head = rest.slice(0, cut).trimEnd();
    const tail = rest.slice(cut).trimStart();
    const line = head.slice(head.lastIndexOf('\n') + 1);
    const inLine = !rest.slice(head.length, cut).includes('\n');
    const prefix = inLine ? (/^(> |-# )/.exec(line)?.[0] ?? '') : '';
    const bold = (line.match(/(?<!\\)\*\*/g)?.length ?? 0) % 2 === 1 && inLine ? '**' : '';
    pieces.push(`${head}${bold}`);
    rest = `${prefix}${bold}${tail}`;
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** The best place to cut at or before `max`; always past a line's prefix, so that every piece gets shorter. */
function findCut(text: string, max: number): number {
  const atoms = [...text.slice(0, max * 2).matchAll(ATOMS)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const isFree = (at: number) => !atoms.some(([start, end]) => at > start && at < end);
  const earliest = Math.floor(max / 4);
  for (const boundary of BOUNDARIES) {
    const ends = [...text.slice(0, max).matchAll(boundary)].map((match) => match.index + match[0].length);
    const best = ends.findLast((end) => end > earliest && isFree(end));
    if (best !== undefined) return best;
  }
  let cut = max;
  while (cut > earliest && (!isFree(cut) || isLowSurrogate(text.charCodeAt(cut)))) cut -= 1;
  return cut > earliest ? cut : max;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
