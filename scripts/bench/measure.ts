/** The p-th percentile (0..100) by nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that the work took, and its result. */
export async function time<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Milliseconds of processor time that this process has used, in all its threads. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Share of the expected ids that were found, 0..1; 1 when nothing was expected. */
export function overlap(found: readonly number[], expected: readonly number[]): number {
  if (expected.length === 0) return 1;
  const wanted = new Set(expected);
  return found.filter((id) => wanted.has(id)).length / expected.length;
}

/** The k rows of a matrix of unit vectors with the largest dot product, best first: the exact answer. */
export function scan(
  vectors: Float32Array,
  vector: Float32Array | readonly number[],
  k: number,
): readonly { readonly row: number; readonly similarity: number }[] {
  const dimensions = vector.length;
  const best: { row: number; similarity: number }[] = [];
  for (let row = 0, offset = 0; offset < vectors.length; row++, offset += dimensions) {
    let similarity = 0;
    for (let i = 0; i < dimensions; i++) similarity += vectors[offset + i]! * vector[i]!;
    if (best.length === k && similarity <= best[k - 1]!.similarity) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.similarity < similarity) place--;
    best.splice(place, 0, { row, similarity });
    if (best.length > k) best.pop();
  }
  return best;
}
