/** Takes one of a limited number of slots, waiting for it if need be; the function it gives back releases it. */
export type TakeSlot = (signal?: AbortSignal) => Promise<() => void>;

/** At most `limit` slots are taken at once; those who wait are served in order. Rejects when the signal is aborted. */
export function createSlots(limit: number): TakeSlot {
  let taken = 0;
  const waiting: (() => void)[] = [];

  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  };

  return async (signal) => {
    signal?.throwIfAborted();
    if (taken < limit) {
      taken++;
      return release;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal?.reason);
      };
      const start = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(start);
    });
    return release;
  };
}
