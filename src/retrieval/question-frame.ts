/**
 * Words that ask instead of naming what is asked about: what kind of building, welche Art von Gebäude, what was the name of the ship.
 * Their offsets in the question; the words between them count.
 */
const frames =
  /\b(?:what|which|whatever)\s+(?:\w+\s+)?(?<en>kinds?|sorts?|types?)\s+of\b|\b(?:what|which)\s+(?:is|are|was|were)\s+the\s+(?<name>names?)\s+of\b|\b(?:welche[mnrs]?)\s+(?<de>Art(?:en)?|Sorten?|Typs?|Typen)\b|\bwie\s+(?:ist|sind|war|waren|lautet|lauteten?)\s+(?:der|die)\s+(?<namen>Namen?)\b/dgiu;

/** Whether the word at an offset of a question only frames what is asked. */
export function findFrames(question: string): (offset: number) => boolean {
  const starts = new Set(
    [...question.matchAll(frames)].flatMap(({ indices }) =>
      Object.values(indices?.groups ?? {}).flatMap((range) => (range ? [range[0]] : [])),
    ),
  );
  return (offset) => starts.has(offset);
}
