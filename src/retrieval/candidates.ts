/** Steps between 0 and the highest score that a selection tells apart. */
const steps = 2_048;

/**
 * The `count` rows with the highest scores, and those that tie with the last of them; in no order. `scoreOf` gives numbers from
 * 0 to `highest`. Linear in the number of rows, whatever the count.
 */
export function selectHighest(
  rows: Uint32Array,
  count: number,
  highest: number,
  scoreOf: (row: number) => number,
): Uint32Array {
  if (rows.length <= count) return rows;
  const stepOf = (row: number) =>
    Math.max(0, Math.min(steps - 1, Math.floor((scoreOf(row) / highest) * steps)));
  const histogram = new Uint32Array(steps);
  for (const row of rows) histogram[stepOf(row)]!++;
  let least = steps - 1;
  for (let above = histogram[least]!; above < count; above += histogram[least]!) least--;
  return rows.filter((row) => stepOf(row) >= least);
}
