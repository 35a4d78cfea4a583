/** Something that is replaced while it is in use, such as an opened generation with all that was built on it. */
export interface Holder<T> {
  /** What is held now, for a look; work that waits for something goes through `use`. */
  readonly current: () => T;
  /** Runs work on what is held now; it stays open until the work is done, also when a newer one comes meanwhile. */
  readonly use: <R>(work: (held: T) => Promise<R> | R) => Promise<R>;
  /** Moves to the newest version if there is one; true when it moved. When opening fails, the old one stays. */
  readonly refresh: () => Promise<boolean>;
  /** Resolves when the last work is done and everything is closed. */
  readonly close: () => Promise<void>;
}

export interface HolderOptions<T> {
  /** Changes whenever there may be something newer; cheap. For an index: `() => readPointer(indexDir)`. */
  readonly version: () => Promise<string>;
  readonly open: () => Promise<T>;
  readonly close: (held: T) => void;
  /** Tells whether opening led to the same again, as after a fall-back. For an index: its generation. */
  readonly nameOf: (held: T) => number;
}

interface Lease<T> {
  readonly held: T;
  users: number;
  /** Closes `held` once nobody uses it any more. */
  retired: (() => void) | undefined;
}

/** Opens the first version; rejects when that fails. */
export async function createHolder<T>({
  version,
  open,
  close,
  nameOf,
}: HolderOptions<T>): Promise<Holder<T>> {
  let seen = await version();
  let lease: Lease<T> = createLease(await open());
  let moving: Promise<boolean> | undefined;
  let isClosed = false;

  const retire = (old: Lease<T>): Promise<void> =>
    new Promise((resolve) => {
      old.retired = () => {
        close(old.held);
        resolve();
      };
      if (old.users === 0) old.retired();
    });

  const move = async (): Promise<boolean> => {
    // Asked before opening: what comes in between is found by the next refresh.
    const newest = await version();
    if (newest === seen || isClosed) return false;
    const held = await open();
    seen = newest;
    if (isClosed || nameOf(held) === nameOf(lease.held)) {
      close(held);
      return false;
    }
    const old = lease;
    lease = createLease(held);
    void retire(old);
    return true;
  };

  return {
    current: () => lease.held,
    async use(work) {
      if (isClosed) throw new Error('the index is closed');
      const mine = lease;
      mine.users++;
      try {
        return await work(mine.held);
      } finally {
        mine.users--;
        if (mine.users === 0) mine.retired?.();
      }
    },
    refresh() {
      moving ??= move().finally(() => {
        moving = undefined;
      });
      return moving;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await moving?.catch(() => false);
      await retire(lease);
    },
  };
}

function createLease<T>(held: T): Lease<T> {
  return { held, users: 0, retired: undefined };
}
