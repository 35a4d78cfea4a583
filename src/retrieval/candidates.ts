import { peakReach, type Totals } from '../kernels/postings.ts';

/** Of more peaks for each row that is wanted, some are looked at together. */
const sorted = 16;

/** The score that `count` of some places have at least, if there are more; the places that have it. */
function keepHighest(
  places: number[],
  scores: Float32Array,
  count: number,
): { least: number; kept: number[] } {
  if (places.length <= count) return { least: 0, kept: places };
  const ascending = new Float32Array(places.length);
  for (let i = 0; i < ascending.length; i++) ascending[i] = scores[places[i]!]!;
  const least = ascending.sort()[ascending.length - count]!;
  return { least, kept: places.filter((place) => scores[place]! >= least) };
}

/** A bound that `count` totals reach, since as many of their peaks do; a peak of peaks serves as well, and fewer are sooner sorted. */
function boundBelow(peaks: Float32Array, count: number): number {
  if (peaks.length <= count) return 0;
  if (peaks.length <= sorted * count) return peaks.slice().sort()[peaks.length - count]!;
  const higher = new Float32Array(Math.ceil(peaks.length / 4));
  peaks.forEach((peak, place) => {
    higher[place >> 2] = Math.max(higher[place >> 2]!, peak);
  });
  return boundBelow(higher, count);
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
  let least = accept ? 0 : boundBelow(peaks, count);
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
