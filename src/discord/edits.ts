/** Shows states that replace one another: at most one every `intervalMs`, and always the last. */
export interface Edits<State> {
  /** Offers a state; a newer one may overtake it. */
  readonly offer: (state: State) => void;
  /** Drops what was offered, waits for the write under way and the interval, and writes the last state. */
  readonly finish: (state: State) => Promise<void>;
  /** Drops what was offered and waits for the write under way; nothing is written from then on. */
  readonly stop: () => Promise<void>;
}

/**
 * The first offered state waits for a whole interval, so that a quick answer is the first thing shown.
 * Failures of offered states are reported, not thrown; that of the last state is thrown.
 */
export function createEdits<State>(options: {
  readonly write: (state: State) => Promise<void>;
  readonly intervalMs: number;
  readonly onFailure: (error: unknown) => void;
}): Edits<State> {
  const { write, intervalMs, onFailure } = options;
  let next: { readonly state: State } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let lastWrite = Number.NEGATIVE_INFINITY;
  let busy = false;
  let finished = false;

  return {
    offer(state) {
      if (finished) return;
      next = { state };
      if (!busy) timer ??= setTimeout(writeNext, intervalMs);
    },
    async finish(state) {
      await stop();
      const wait = lastWrite + intervalMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await write(state);
    },
    stop,
  };

  async function stop() {
    finished = true;
    clearTimeout(timer);
    await writing;
  }

  function writeNext() {
    timer = undefined;
    const state = next;
    next = undefined;
    if (state === undefined) return;
    busy = true;
    writing = write(state.state)
      .catch(onFailure)
      .finally(() => {
        busy = false;
        lastWrite = performance.now();
        if (!finished && next !== undefined) timer ??= setTimeout(writeNext, intervalMs);
      });
  }
}
