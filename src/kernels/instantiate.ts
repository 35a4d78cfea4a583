import { openSecondThread, type SecondThread } from './second-thread.ts';

const pageBytes = 65_536;

/** Calls of routines, by name. */
export type Calls<Name extends string> = Readonly<Record<Name, (...values: number[]) => void>>;

/** Gives the routines of a module a memory of so many bytes at least. */
export function instantiate<Name extends string>(
  module: WebAssembly.Module,
  bytes: number,
): { readonly memory: ArrayBuffer; readonly routines: Calls<Name> } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  const { exports } = new WebAssembly.Instance(module, { memory: { '': memory } });
  return { memory: memory.buffer, routines: exports as Calls<Name> };
}

/** A routine and what it is called with. */
export type Call<Name extends string> = readonly [Name, ...number[]];

/** The same for routines that share their memory with the second thread. */
export function instantiateShared<Name extends string>(
  module: WebAssembly.Module,
  bytes: number,
): {
  readonly memory: ArrayBuffer;
  readonly run: (call: Call<Name>) => void;
  /** Offers calls, one after the other, to the second thread. What it returns ends them: they are made here unless the other has begun. */
  readonly offer: (...calls: readonly Call<Name>[]) => () => void;
} {
  const pages = Math.ceil(bytes / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: Math.max(1, pages), shared: true });
  const { exports } = new WebAssembly.Instance(module, { memory: { '': memory } });
  const routines = exports as Calls<Name>;
  const names = Object.keys(exports);
  let known: { readonly thread: SecondThread; readonly instance: number } | undefined;
  const run = ([name, ...values]: Call<Name>): void => routines[name](...values);
  return {
    memory: memory.buffer,
    run,
    offer(...calls) {
      const thread = openSecondThread();
      if (known?.thread !== thread) known = { thread, instance: thread.introduce(module, memory, exports) };
      const steps = calls.map(([name, ...values]) => [names.indexOf(name), ...values]);
      const offered = thread.offer(known.instance, steps);
      return () => {
        if (!offered || offered.withdraw()) calls.forEach(run);
      };
    },
  };
}
