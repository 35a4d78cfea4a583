/** Trouble that a test orders: it says nothing about the bot. */
export type Failure = {
  method?: string;
  /** Tested on the path without /api/v10, e.g. /channels/1/messages. */
  path: RegExp;
  /** Requests it hits; default 1. */
  times?: number;
  /** Matching requests it lets pass before; default 0. */
  skip?: number;
} & (
  | { rateLimit: number; global?: boolean }
  | { status: number; code?: number; message?: string }
  | { drop: true }
  | { delay: number }
);

/** At most `limit` matching requests per window and path, as one of Discord's buckets. */
export type RateLimit = { method?: string; path: RegExp; limit: number; windowMs: number };

export type Bucket = { limit: number; remaining: number; resetAfterMs: number };

export type Failures = {
  add(failure: Failure): void;
  addRateLimit(rule: RateLimit): void;
  /** The failure that hits this request, if any. */
  take(method: string, path: string): Failure | undefined;
  /** Counts the request; `exceeded` asks for a 429. */
  count(method: string, path: string): { bucket: Bucket; exceeded: boolean } | undefined;
};

export function createFailures(): Failures {
  const failures: { failure: Failure; skip: number; times: number }[] = [];
  const rules: { rule: RateLimit; windows: Map<string, { used: number; endsAt: number }> }[] = [];
  return {
    add(failure) {
      failures.push({ failure, skip: failure.skip ?? 0, times: failure.times ?? 1 });
    },
    addRateLimit(rule) {
      rules.push({ rule, windows: new Map() });
    },
    take(method, path) {
      for (const entry of failures) {
        if (entry.times === 0 || !matches(entry.failure, method, path)) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.times -= 1;
        return entry.failure;
      }
      return undefined;
    },
    count(method, path) {
      const entry = rules.find(({ rule }) => matches(rule, method, path));
      if (!entry) return undefined;
      const now = performance.now();
      let window = entry.windows.get(path);
      if (!window || window.endsAt <= now) window = { used: 0, endsAt: now + entry.rule.windowMs };
      entry.windows.set(path, window);
      const exceeded = window.used >= entry.rule.limit;
      if (!exceeded) window.used += 1;
      const bucket = {
        limit: entry.rule.limit,
        remaining: entry.rule.limit - window.used,
        resetAfterMs: window.endsAt - now,
      };
      return { bucket, exceeded };
    },
  };
}

function matches(rule: { method?: string; path: RegExp }, method: string, path: string): boolean {
  return (rule.method === undefined || rule.method === method) && rule.path.test(path);
}
