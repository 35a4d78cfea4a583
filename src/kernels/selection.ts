import {
  add,
  advance,
  and,
  get,
  i32,
  i32Load,
  i32Load16,
  i32Store,
  int,
  isAtLeast,
  isBelow,
  loopWhile,
  type Routine,
  set,
  shiftLeft,
  shiftRight,
  subtract,
  when,
} from './assembler.ts';
import { blockRows } from './signature-routines.ts';

/** Marks that are told apart when one is chosen: steps of 8. */
export const stepBits = 3;
/** Bytes of the numbers that count marks. */
export const histogramBytes = 4 << (16 - stepBits);

/**
 * choose(marks, marksEnd, stride, histogram, wanted, mark), addresses in bytes: puts at `mark` one that about `wanted` of the marks at every
 * `stride` have at least, 0 if there are fewer.
 */
function choose(): Routine {
  const [marks, marksEnd, stride, histogram, wanted, mark, cell, above] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const histogramEnd = add(get(histogram), int(histogramBytes));
  return {
    parameters: [i32, i32, i32, i32, i32, i32],
    locals: [i32, i32],
    body: [
      set(cell, get(histogram)),
      loopWhile(isBelow(get(cell), histogramEnd), [i32Store(get(cell), int(0)), advance(cell, 4)]),
      loopWhile(isBelow(get(marks), get(marksEnd)), [
        set(cell, add(get(histogram), shiftLeft(shiftRight(i32Load16(get(marks)), stepBits), 2))),
        i32Store(get(cell), add(i32Load(get(cell)), int(1))),
        set(marks, add(get(marks), get(stride))),
      ]),
      set(cell, histogramEnd),
      loopWhile(and(isBelow(get(above), get(wanted)), isBelow(get(histogram), get(cell))), [
        advance(cell, -4),
        set(above, add(get(above), i32Load(get(cell)))),
      ]),
      i32Store(get(mark), shiftLeft(shiftRight(subtract(get(cell), get(histogram)), 2), stepBits)),
    ],
  };
}

/**
 * select(marks, best, count, mark, list, listEnd), addresses in bytes; `mark` is where a mark stands: writes the numbers of the rows with at
 * least that mark to a list, and at `listEnd` where it ends. Every number of a block is written, but only after one that counts does the
 * list move on.
 */
function select(): Routine {
  const [marks, best, count, mark, list, listEnd, row, least, blockEnd] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8,
  ] as const;
  return {
    parameters: [i32, i32, i32, i32, i32, i32],
    locals: [i32, i32, i32],
    body: [
      set(least, i32Load(get(mark))),
      loopWhile(isBelow(get(row), get(count)), [
        set(blockEnd, add(get(row), int(blockRows))),
        when(isAtLeast(i32Load16(get(best)), get(least)), [
          loopWhile(isBelow(get(row), get(blockEnd)), [
            i32Store(get(list), get(row)),
            set(
              list,
              add(
                get(list),
                shiftLeft(
                  and(
                    isAtLeast(i32Load16(add(get(marks), shiftLeft(get(row), 1))), get(least)),
                    isBelow(get(row), get(count)),
                  ),
                  2,
                ),
              ),
            ),
            advance(row, 1),
          ]),
        ]),
        set(row, get(blockEnd)),
        advance(best, 2),
      ]),
      i32Store(get(listEnd), get(list)),
    ],
  };
}

export const selectionRoutines = { choose: choose(), select: select() };
