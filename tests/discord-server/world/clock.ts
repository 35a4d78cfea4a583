/** Milliseconds since 1970. `advance` makes limits (3 s, 15 min) pass without waiting for them. */
export type Clock = { now(): number; advance(ms: number): void };

/** Runs with the machine's clock, or stands still between calls of `advance` when frozen. */
export function createClock(options: { frozen?: boolean } = {}): Clock {
  const start = Date.now();
  let ahead = 0;
  return {
    now: () => (options.frozen ? start : Date.now()) + ahead,
    advance(ms) {
      if (ms < 0) throw new Error(`a clock only runs forward, got ${ms} ms`);
      ahead += ms;
    },
  };
}
