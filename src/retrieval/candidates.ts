import { peakReach, type Totals } from '../kernels/postings.ts';

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
 * The `count` rows with the highest totals among those accepted, and those that tie with the last of them; in the order given. Nearly
 * all are left out by the peak of those around them.
 */
export function selectHighest(
  { rows, totals, peaks }: Totals,
  count: number,
  accept?: (row: number) => boolean,
): number[] {
  // As many peaks as are wanted are totals themselves, and so there are as many totals that high.
  let least = accept || peaks.length <= count ? 0 : peaks.slice().sort()[peaks.length - count]!;
  let places: number[] = [];
  let room = 4 * count;
  for (let block = 0; block < peaks.length; block++) {
    if (peaks[block]! < least) continue;
    const end = Math.min(rows.length, (block + 1) * peakReach);
    for (let place = block * peakReach; place < end; place++) {
      if (totals[place]! < least || (accept && !accept(rows[place]!))) continue;
      places.push(place);
      if (places.length < room) continue;
      ({ least, kept: places } = keepHighest(places, totals, count));
      room = Math.max(room, 2 * places.length);
    }
  }
  return keepHighest(places, totals, count).kept.map((place) => rows[place]!);
}
