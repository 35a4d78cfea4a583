/** Steps between 0 and 1 that a selection tells apart. */
const steps = 2_048;

/**
 * The `count` rows with the highest scores among those accepted, and those that tie with the last of them; in the order given. Scores, in
 * the same order, are from 0 to 1. Linear in the number of rows, whatever the count.
 */
export function selectHighest(
  rows: Uint32Array,
  scores: Float32Array,
  count: number,
  accept?: (row: number) => boolean,
): number[] {
  if (accept) {
    const kept = scores.filter((_, place) => accept(rows[place]!));
    return selectHighest(rows.filter(accept), kept, count);
  }
  const histogram = new Uint32Array(steps + 1);
  for (let place = 0; place < scores.length; place++) histogram[(scores[place]! * steps) | 0]!++;
  let step = steps;
  for (let above = histogram[step]!; above < count && step > 0; above += histogram[step]!) step--;
  const highest: number[] = [];
  for (let place = 0; place < scores.length; place++) {
    if (scores[place]! >= step / steps) highest.push(rows[place]!);
  }
  return highest;
}
