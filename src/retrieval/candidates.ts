/** The score that `count` of some places have at least, if there are more; the places that have it. */
function keepHighest(
  places: number[],
  scores: Float32Array,
  count: number,
): { least: number; kept: number[] } {
  if (places.length <= count) return { least: 0, kept: places };
  const sorted = new Float32Array(places.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = scores[places[i]!]!;
  const least = sorted.sort()[sorted.length - count]!;
  return { least, kept: places.filter((place) => scores[place]! >= least) };
}

/**
 * The `count` rows with the highest scores among those accepted, and those that tie with the last of them; in the order given. Scores, in
 * the same order, are 0 or more. Nearly always one comparison a row: few are higher than what has been taken already.
 */
export function selectHighest(
  rows: Uint32Array,
  scores: Float32Array,
  count: number,
  accept?: (row: number) => boolean,
): number[] {
  let places: number[] = [];
  let least = 0;
  let room = 4 * count;
  for (let place = 0; place < scores.length; place++) {
    if (scores[place]! < least || (accept && !accept(rows[place]!))) continue;
    places.push(place);
    if (places.length < room) continue;
    ({ least, kept: places } = keepHighest(places, scores, count));
    room = Math.max(room, 2 * places.length);
  }
  return keepHighest(places, scores, count).kept.map((place) => rows[place]!);
}
