import { setImmediate } from 'node:timers/promises';
import { SEQUENCE } from '../types.ts';
import { toInfo } from './open-generation.ts';
import type { Segment } from './open-segment.ts';
import type { TermNumbering } from './term-numbering.ts';
import { isTerm } from './terms.ts';
import type { SegmentWriter } from './write-segment.ts';

/** A segment and which of its articles stay. */
export interface MergeSource {
  readonly segment: Segment;
  readonly isKept: (article: number) => boolean;
}

/** Articles copied between two turns of the event loop. */
const turn = 100;

/** Copies the articles that stay into a new segment, numbering their terms anew; nothing is analysed or embedded again. */
export async function mergeSegments(
  sources: readonly MergeSource[],
  termOf: (id: number) => string,
  segment: SegmentWriter,
  numbering: TermNumbering,
  signal: AbortSignal | undefined,
): Promise<void> {
  const newIds = new Map<number, number>();
  const renumber = (id: number): number => {
    const known = newIds.get(id);
    if (known !== undefined) return known;
    const given = numbering.idOf(termOf(id));
    newIds.set(id, given);
    return given;
  };
  const convert = (value: number): number => {
    if (!isTerm(value)) return value;
    const part = value & SEQUENCE.partBit;
    return (renumber((value & ~SEQUENCE.partBit) >>> 0) | part) >>> 0;
  };

  for (const { segment: source, isKept } of sources) {
    for (const [article, line] of source.articles.entries()) {
      if (article % turn === 0) {
        await setImmediate();
        signal?.throwIfAborted();
      }
      if (!isKept(article)) continue;
      const { headings, passages } = source.record(article);
      segment.add({
        info: toInfo(line),
        headings,
        body: source.body(article),
        rows: passages.map((record, ordinal) => {
          const row = source.firstRows[article]! + ordinal;
          return {
            record,
            sequence: source.sequence(row).map(convert),
            hash: source.hashAt(row).slice(),
            vector: source.vectorAt(row),
          };
        }),
      });
    }
  }
}
