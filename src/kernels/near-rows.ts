import { assemble, roundUp } from './assembler.ts';
import { type Call, instantiateShared } from './instantiate.ts';
import { productRoutines, rowKinds } from './products.ts';
import { histogramBytes, selectionRoutines, stepBits } from './selection.ts';
import { blockRows, signatureRoutines } from './signature-routines.ts';
import { fillTables, learnDistribution, levelsOf, type Planes, sizeSignatures } from './signatures.ts';

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

type RowKind = keyof typeof rowKinds;
/** Rows of bytes are small, so that it does not matter if one plane lets more of them through. */
const planesOf = { floats: 2, bytes: 1 } as const satisfies Record<RowKind, Planes>;

/** Marks looked at to learn which are high. */
const sampled = 1 << 14;
/** For each row that is wanted so many blocks are looked at in the second plane, and so many rows expected in these. */
const refined = { blocks: 6, rows: 8 } as const;
/** Of more blocks than this for each row that is wanted, their best are enough to learn which marks are high: hardly two are in one. */
const sparse = 4;
/** From so many rows on a search takes longer than telling the second thread of it: 0.05 ms. */
const worthSharing = 8192;

/** Where everything lies, in bytes. */
function planMemory(kind: RowKind, count: number, dimensions: number, places: number) {
  const { turn, rowBytes, vectorBytes } = rowKinds[kind];
  const planes = planesOf[kind];
  const { width, tablesBytes, blockBytes } = sizeSignatures(dimensions);
  const components = roundUp(dimensions, turn);
  const blocks = Math.ceil(count / blockRows);
  const padded = blocks * blockRows;
  let end = 0;
  const reserve = (bytes: number): Area => {
    const start = end;
    end = roundUp(end + bytes, 16);
    return { start, end: start + bytes };
  };
  return {
    count,
    rowBytes: rowBytes * components,
    blockBytes,
    rows: reserve(rowBytes * components * count),
    first: reserve(blockBytes * blocks),
    second: reserve(planes === 2 ? blockBytes * blocks : blockBytes),
    encoding: { values: reserve(4 * width), scales: reserve(4 * width), offsets: reserve(4 * width) },
    places: Array.from({ length: places }, () => ({
      tables: [reserve(tablesBytes), reserve(planes === 2 ? tablesBytes : 0)] as const,
      vector: reserve(vectorBytes * components),
      marks: reserve(2 * padded),
      best: reserve(2 * blocks),
      histogram: reserve(histogramBytes),
      leastToRefine: reserve(4),
      leastToSelect: reserve(4),
      list: reserve(4 * (padded + 1)),
      listEnd: reserve(4),
      products: reserve(4 * count),
    })),
    bytes: end,
  };
}

interface Area {
  readonly start: number;
  readonly end: number;
}

/**
 * Copies rows of floats, or of bytes, to where those with a high inner product with a vector are found fast: signatures of all rows are compared
 * (`signature-routines.ts`), then the components of those that are promising. `rowAt` is asked for each row once, in order.
 * Products of bytes are whole numbers, exact up to 2^24.
 */
export function storeRows(
  kind: RowKind,
  count: number,
  dimensions: number,
  rowAt: (row: number) => ArrayLike<number>,
  places = 1,
): SearchNear {
  const plan = planMemory(kind, count, dimensions, places);
  const { rows, first, second, encoding, blockBytes } = plan;
  const planes = planesOf[kind];
  const { memory, run, offer } = instantiateShared<keyof typeof routines>(module, plan.bytes);
  const at = (row: number): Float32Array | Int8Array => {
    const start = rows.start + plan.rowBytes * row;
    return kind === 'floats'
      ? new Float32Array(memory, start, dimensions)
      : new Int8Array(memory, start, dimensions);
  };
  for (let row = 0; row < count; row++) at(row).set(rowAt(row));

  const distribution = learnDistribution(count, dimensions, at);
  const { scales, offsets } = levelsOf(distribution);
  const floats = ({ start }: Area) => new Float32Array(memory, start, dimensions);
  floats(encoding.scales).set(scales);
  floats(encoding.offsets).set(offsets);
  const values = floats(encoding.values);
  for (let row = 0; row < count; row++) {
    values.set(at(row));
    const place = blockBytes * Math.floor(row / blockRows) + (row % blockRows);
    run([
      'encode',
      encoding.values.start,
      encoding.values.end,
      encoding.scales.start,
      encoding.offsets.start,
      first.start + place,
      second.start + (planes === 2 ? place : 0),
    ]);
  }

  const call = (...steps: readonly Step[]): (() => void) =>
    count < worthSharing ? () => steps.forEach(run) : offer(...steps);
  const searches = plan.places.map((place): SearchNear => {
    const tables = new Uint8Array(memory, place.tables[0].start, place.tables[1].end - place.tables[0].start);
    const Vector = kind === 'floats' ? Float32Array : Int16Array;
    const components = new Vector(memory, place.vector.start, dimensions);
    const marks = new Uint16Array(memory, place.marks.start, count);
    const leastToRefine = new Uint32Array(memory, place.leastToRefine.start, 1);
    const leastToSelect = new Uint32Array(memory, place.leastToSelect.start, 1);
    const list = new Uint32Array(memory, place.list.start, count);
    const listEnd = new Uint32Array(memory, place.listEnd.start, 1);
    const products = new Float32Array(memory, place.products.start, count);
    const { compare, chooseToRefine, refine, chooseToSelect, select, multiply } = planSteps(
      kind,
      plan,
      place,
    );
    const countListed = (): number => (listEnd[0]! - place.list.start) / 4;

    /** Goes on where nobody but the caller can say which rows are asked for. */
    const finishAmong = (wanted: number, isAsked: (row: number) => boolean): void => {
      if (planes === 2) {
        leastToRefine[0] = chooseMark(marks, refined.rows * wanted, isAsked);
        run(refine);
      }
      leastToSelect[0] = chooseMark(marks, wanted, isAsked);
      run(select);
      const asked = list.subarray(0, countListed()).filter(isAsked);
      list.set(asked);
      listEnd[0] = place.list.start + 4 * asked.length;
      run(multiply);
    };
    const begin = (wanted: Wanted, markOf: (product: number) => number): (() => void) => {
      if ('product' in wanted) {
        leastToRefine[0] = 0;
        leastToSelect[0] = Math.min(Math.max(0, markOf(wanted.product)), 0x10000);
        return call(compare, ...(planes === 2 ? [refine] : []), select, multiply);
      }
      const { count: some, isAsked } = wanted;
      if (!isAsked) {
        const refining = planes === 2 ? [chooseToRefine(refined.blocks * some), refine] : [];
        return call(compare, ...refining, chooseToSelect(some), select, multiply);
      }
      const end = call(compare);
      return () => {
        end();
        finishAmong(some, isAsked);
      };
    };
    return (vector, wanted) => {
      components.set(vector);
      const end = begin(wanted, fillTables(tables, vector, distribution, planes));
      return () => {
        end();
        return { rows: list.subarray(0, countListed()), products: products.subarray(0, countListed()) };
      };
    };
  });
  return (vector, wanted, place = 0) => searches[place]!(vector, wanted);
}

type Plan = ReturnType<typeof planMemory>;

/** The steps of a search. */
function planSteps(kind: RowKind, plan: Plan, place: Plan['places'][number]) {
  const { count, rows, rowBytes, first, second } = plan;
  const { tables, vector, marks, best, histogram, leastToRefine, leastToSelect } = place;
  const { list, listEnd, products } = place;
  const marksEnd = marks.start + 2 * count;
  const compare: Step = [
    'compare',
    first.start,
    first.end,
    tables[0].start,
    tables[0].end,
    marks.start,
    best.start,
  ];
  const refine: Step = [
    'refine',
    second.start,
    second.end,
    tables[1].start,
    tables[1].end,
    marks.start,
    best.start,
    leastToRefine.start,
  ];
  const select: Step = [
    'select',
    marks.start,
    best.start,
    count,
    leastToSelect.start,
    list.start,
    listEnd.start,
  ];
  const multiply: Step = [
    rowKinds[kind].multiply,
    list.start,
    listEnd.start,
    products.start,
    rows.start,
    rowBytes,
    vector.start,
    vector.end,
  ];
  const chooseAmong = (of: Area, stride: number, wanted: number, mark: Area): Step => [
    'choose',
    of.start,
    of.end,
    2 * stride,
    histogram.start,
    Math.ceil(wanted / stride),
    mark.start,
  ];
  const chooseToRefine = (blocks: number): Step => chooseAmong(best, 1, blocks, leastToRefine);
  const chooseToSelect = (wanted: number): Step =>
    sparse * wanted * blockRows < count
      ? chooseAmong(best, 1, wanted, leastToSelect)
      : chooseAmong({ start: marks.start, end: marksEnd }, strideOf(count), wanted, leastToSelect);
  return {
    compare,
    chooseToRefine,
    refine,
    chooseToSelect,
    select,
    multiply,
  };
}

/** Every so many marks one is looked at. */
const strideOf = (count: number): number => Math.max(1, Math.ceil(count / sampled));

/** What the step `choose` does, among the rows that are asked for. */
function chooseMark(marks: Uint16Array, count: number, isAsked: (row: number) => boolean): number {
  const stride = strideOf(marks.length);
  const histogram = new Uint32Array(histogramBytes / 4);
  for (let row = 0; row < marks.length; row += stride) {
    if (isAsked(row)) histogram[marks[row]! >> stepBits]!++;
  }
  let step = histogram.length;
  for (let above = 0; step > 0 && above * stride < count; ) above += histogram[--step]!;
  return step << stepBits;
}
