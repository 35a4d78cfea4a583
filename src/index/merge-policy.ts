/** A segment as the policy sees it. */
export interface SegmentSize {
  readonly rows: number;
  readonly live: number;
}

/** From this share of dead rows on everything is written anew. */
const deadShare = 0.2;

/** A segment is merged with those after it when they have grown to this share of it. */
const tailShare = 0.25;

/**
 * The place from which on segments become one; the number of segments when all stay as they are.
 * Sizes fall geometrically from segment to segment, so there are few of them and each row is rewritten seldom
 * (O'Neil and others 1996, as in Lucene).
 */
export function planMerge(segments: readonly SegmentSize[]): number {
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0);
  const live = segments.reduce((sum, segment) => sum + segment.live, 0);
  if (rows - live > deadShare * rows) return 0;
  let first = segments.length - 1;
  let tail = segments.at(-1)?.live ?? 0;
  for (let place = segments.length - 2; place >= 0; place--) {
    const size = segments[place]!.live;
    if (tail < tailShare * size) break;
    first = place;
    tail += size;
  }
  return first >= segments.length - 1 ? segments.length : first;
}
