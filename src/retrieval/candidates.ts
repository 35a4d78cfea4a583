/** Steps between 0 and 1 that a selection tells apart. */
const steps = 2_048;

/**
 * The `count` rows with the highest scores, and those that tie with the last of them; in the order given. Scores, by row, are from
 * 0 to 1. Linear in the number of rows, whatever the count.
 */
export function selectHighest(rows: Uint32Array, count: number, scores: Float32Array): Uint32Array {
  if (rows.length <= count) return rows;
  const histogram = new Uint32Array(steps + 1);
  for (let i = 0; i < rows.length; i++) histogram[(scores[rows[i]!]! * steps) | 0]!++;
  let least = steps;
  for (let above = histogram[least]!; above < count; above += histogram[least]!) least--;
  const highest: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (scores[row]! * steps >= least) highest.push(row);
  }
  return Uint32Array.from(highest);
}
