/** A client may have sent its request before the 429 reached it, and its clock may be a little fast. */
const GRACE_MS = 100;

type Request = { method: string; path: string };

/** Who was told by a 429 to wait, and until when. */
export type Blocks = {
  add(request: Request, retryAfterMs: number, global: boolean): void;
  /** How much too early the request is, in milliseconds; 0 when it is not. */
  measure(request: Request): number;
};

export function createBlocks(): Blocks {
  const blocks = new Map<string, { from: number; until: number }>();
  return {
    add(request, retryAfterMs, global) {
      const from = performance.now();
      blocks.set(global ? '*' : nameOf(request), { from, until: from + retryAfterMs });
    },
    measure(request) {
      // The global limit does not hold for callbacks of interactions.
      const keys = request.path.startsWith('/interactions/') ? [nameOf(request)] : ['*', nameOf(request)];
      const now = performance.now();
      const early = keys.map((key) => {
        const block = blocks.get(key);
        if (!block || now < block.from + GRACE_MS) return 0;
        if (now >= block.until) blocks.delete(key);
        return now < block.until - GRACE_MS ? block.until - now : 0;
      });
      return Math.max(...early);
    },
  };
}

function nameOf({ method, path }: Request): string {
  return `${method} ${path}`;
}
