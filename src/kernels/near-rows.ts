import { assemble, type Call, instantiateShared, roundUp } from './assembler.ts';
import { productRoutines, rowKinds } from './products.ts';
import { histogramBytes, selectionRoutines, stepBits } from './selection.ts';
import { blockRows, fillTables, learnLevels, signatureRoutines, sizeSignatures } from './signatures.ts';

const routines = { ...signatureRoutines, ...selectionRoutines, ...productRoutines };
const module = assemble(routines, 'shared');
type Step = Call<keyof typeof routines>;

/** Which rows are to be compared with a vector in all their components: those whose signatures make one expect */
export type Wanted =
  /** at least this inner product; */
  | { readonly product: number }
  /** that they are among about so many with the highest, of those that are asked for. */
  | { readonly count: number; readonly isAsked?: ((row: number) => boolean) | undefined };

/** Inner products of rows and a vector. Overwritten by the next search in the same place. */
export interface Products {
  /** Ascending. */
  readonly rows: Uint32Array;
  /** In their order. */
  readonly products: Float32Array;
}

/**
 * Begins a search in one of so many places, each of which can hold one at a time; what it returns ends it. Between the two the
 * second thread may search.
 */
export type SearchNear = (vector: ArrayLike<number>, wanted: Wanted, place?: number) => () => Products;

/** Marks looked at to learn which are high. */
const sampled = 1 << 14;
/** From so many rows on a search takes longer than telling the second thread of it: 0.05 ms. */
const worthSharing = 8192;

/**
 * Copies rows of floats, or of bytes, to where those with a high inner product with a vector are found fast: signatures of all rows are compared
 * (`signatures.ts`), then the components of those that are promising. `rowAt` is asked for each row once, in order.
 * Products of bytes are whole numbers, exact up to 2^24.
 */
export function storeRows(
  kind: keyof typeof rowKinds,
  count: number,
  dimensions: number,
  rowAt: (row: number) => ArrayLike<number>,
  places = 1,
): SearchNear {
  const { turn, multiply: multiplication, ...sizes } = rowKinds[kind];
  const size = sizeSignatures(dimensions);
  const rowBytes = sizes.rowBytes * roundUp(dimensions, turn);
  const vectorBytes = sizes.vectorBytes * roundUp(dimensions, turn);
  const blocks = Math.ceil(count / blockRows);
  const padded = blocks * blockRows;

  let end = 0;
  const reserve = (bytes: number): number => {
    const start = end;
    end = roundUp(end + bytes, 16);
    return start;
  };
  const rowsStart = reserve(rowBytes * count);
  const codesStart = reserve(size.blockBytes * blocks);
  const codesEnd = codesStart + size.blockBytes * blocks;
  const encoding = {
    values: reserve(4 * size.width),
    scales: reserve(4 * size.width),
    offsets: reserve(4 * size.width),
  };
  const plans = Array.from({ length: places }, () => ({
    histogram: reserve(histogramBytes),
    tables: reserve(size.tableBytes),
    vector: reserve(vectorBytes),
    mark: reserve(4),
    listEnd: reserve(4),
    marks: reserve(2 * padded),
    best: reserve(2 * blocks),
    list: reserve(4 * (padded + 1)),
    products: reserve(4 * count),
  }));
  const { memory, run, offer } = instantiateShared<keyof typeof routines>(module, end);
  const call = (...steps: readonly Step[]): (() => void) =>
    count < worthSharing ? () => steps.forEach(run) : offer(...steps);
  const stride = Math.max(1, Math.ceil(count / sampled));
  const viewRow = (start: number, length: number) =>
    kind === 'floats' ? new Float32Array(memory, start, length) : new Int8Array(memory, start, length);
  const at = (row: number) => viewRow(rowsStart + rowBytes * row, dimensions);

  for (let row = 0; row < count; row++) at(row).set(rowAt(row));
  const levels = learnLevels(count, dimensions, at);
  const floats = (start: number) => new Float32Array(memory, start, dimensions);
  floats(encoding.scales).set(levels.steps.map((step) => 1 / step));
  floats(encoding.offsets).set(levels.steps.map((step, column) => 2 - levels.means[column]! / step));
  const values = floats(encoding.values);
  for (let row = 0; row < count; row++) {
    values.set(at(row));
    const block = Math.floor(row / blockRows);
    run([
      'encode',
      encoding.values,
      encoding.values + 4 * size.width,
      encoding.scales,
      encoding.offsets,
      codesStart + block * size.blockBytes + (row % blockRows),
    ]);
  }

  const searches = plans.map((plan) => {
    const tables = new Uint8Array(memory, plan.tables, size.tableBytes);
    const asked =
      kind === 'floats'
        ? new Float32Array(memory, plan.vector, dimensions)
        : new Int16Array(memory, plan.vector, dimensions);
    const mark = new Uint32Array(memory, plan.mark, 1);
    const listEnd = new Uint32Array(memory, plan.listEnd, 1);
    const marks = new Uint16Array(memory, plan.marks, count);
    const list = new Uint32Array(memory, plan.list, count);
    const products = new Float32Array(memory, plan.products, count);
    const listed = (): number => (listEnd[0]! - plan.list) / 4;

    const { tables: tablesStart, best } = plan;
    const tablesEnd = tablesStart + size.tableBytes;
    const marksEnd = plan.marks + 2 * count;
    const vectorEnd = plan.vector + vectorBytes;
    const compare: Step = ['compare', codesStart, codesEnd, tablesStart, tablesEnd, plan.marks, best];
    const choose = (wanted: number): Step => {
      const sample = Math.ceil(wanted / stride);
      return ['choose', plan.marks, marksEnd, 2 * stride, plan.histogram, sample, plan.mark];
    };
    const select: Step = ['select', plan.marks, best, count, plan.mark, plan.list, plan.listEnd];
    const multiply: Step = [
      multiplication,
      plan.list,
      plan.listEnd,
      plan.products,
      rowsStart,
      rowBytes,
      plan.vector,
      vectorEnd,
    ];
    /** Goes on where nobody but the caller can say which rows are asked for. */
    const finishAmong = (wanted: number, isAsked: (row: number) => boolean): void => {
      mark[0] = chooseMark(marks, stride, wanted, isAsked);
      run(select);
      const found = listed();
      listEnd[0] = plan.list;
      for (let place = 0; place < found; place++) {
        if (!isAsked(list[place]!)) continue;
        list[listed()] = list[place]!;
        listEnd[0] += 4;
      }
      run(multiply);
    };

    const begin = (vector: ArrayLike<number>, wanted: Wanted): (() => void) => {
      const markOf = fillTables(tables, vector, levels);
      asked.set(vector);
      if ('product' in wanted) {
        mark[0] = Math.min(Math.max(0, markOf(wanted.product)), 0x10000);
        return call(compare, select, multiply);
      }
      const { isAsked } = wanted;
      if (!isAsked) return call(compare, choose(wanted.count), select, multiply);
      const end = call(compare);
      return () => {
        end();
        finishAmong(wanted.count, isAsked);
      };
    };
    return (vector: ArrayLike<number>, wanted: Wanted) => {
      const end = begin(vector, wanted);
      return () => {
        end();
        return { rows: list.subarray(0, listed()), products: products.subarray(0, listed()) };
      };
    };
  });
  return (vector, wanted, place = 0) => searches[place]!(vector, wanted);
}

/** A mark that about `count` of the rows asked for have at least; 0 if there are fewer. */
function chooseMark(
  marks: Uint16Array,
  stride: number,
  count: number,
  isAsked: (row: number) => boolean,
): number {
  const histogram = new Uint32Array(histogramBytes / 4);
  for (let row = 0; row < marks.length; row += stride) {
    if (isAsked(row)) histogram[marks[row]! >> stepBits]!++;
  }
  let step = histogram.length;
  for (let above = 0; step > 0 && above * stride < count; ) above += histogram[--step]!;
  return step << stepBits;
}
