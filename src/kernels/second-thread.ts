import { Worker } from 'node:worker_threads';

/** A thread that helps with routines. Tasks are offered on a board; who comes first does them, so that nobody waits on a busy machine. */
export interface SecondThread {
  /** Lets the thread know routines and the memory they work on; `exports` are those of this thread. */
  readonly introduce: (module: WebAssembly.Module, memory: WebAssembly.Memory, exports: object) => number;
  /** Offers a task: numbers of routines and what each is called with. Undefined if too many wait already. */
  readonly offer: (instance: number, steps: readonly (readonly number[])[]) => Offer | undefined;
  /** Whether it keeps a memory that nobody here uses any more, and has nothing to do: time for another. */
  readonly isStale: () => boolean;
  readonly end: () => void;
}

export interface Offer {
  /** True if nobody has begun: then nobody will. Otherwise waits for the end of the task, and gives false. */
  readonly withdraw: () => boolean;
}

/** Numbers on the board: how often something was offered, then the tasks: state, instance, count of steps, and the steps: routine, values. */
const layout = { tasks: 16, steps: 6, stepCells: 8 } as const;
const taskCells = 3 + layout.steps * layout.stepCells;
const firstTask = 1;
const lastTask = firstTask + (layout.tasks - 1) * taskCells;
const state = { free: 0, offered: 1, taken: 2, done: 3 } as const;
/** A task takes a millisecond; a thread that is silent for so long is dead. */
const patienceMs = 2_000;

/**
 * What the thread runs; a text, so that it runs the same from TypeScript and from JavaScript. It begins with the last task, because the one who offers
 * them begins with the first.
 */
const program = `
const { parentPort, receiveMessageOnPort, workerData: board } = require('node:worker_threads');
const instances = [];
const readNews = () => {
  for (let news = receiveMessageOnPort(parentPort); news; news = receiveMessageOnPort(parentPort)) {
    const { module, memory } = news.message;
    const { exports } = new WebAssembly.Instance(module, { memory: { '': memory } });
    instances.push(Object.values(exports));
  }
};
for (;;) {
  const offers = Atomics.load(board, 0);
  readNews();
  for (let task = ${lastTask}; task > 0; task -= ${taskCells}) {
    if (Atomics.compareExchange(board, task, ${state.offered}, ${state.taken}) !== ${state.offered}) continue;
    const routines = instances[board[task + 1]];
    for (let step = 0; step < board[task + 2]; step++) {
      const start = task + 3 + step * ${layout.stepCells};
      const [routine, ...values] = board.subarray(start, start + ${layout.stepCells});
      routines[routine](...values);
    }
    Atomics.store(board, task, ${state.done});
    Atomics.notify(board, task);
  }
  Atomics.wait(board, 0, offers);
}`;

let opened: SecondThread | undefined;

/**
 * The thread of this process; it is started when it is first asked for, and does not keep the process alive. One that keeps the memory of an
 * index that was closed gives way to another: its own garbage is far too little for it ever to be collected.
 */
export function openSecondThread(): SecondThread {
  if (opened?.isStale()) {
    opened.end();
    opened = undefined;
  }
  opened ??= startThread();
  return opened;
}

function startThread(): SecondThread {
  const board = new Int32Array(new SharedArrayBuffer(4 * (lastTask + taskCells)));
  const worker = new Worker(program, { eval: true, workerData: board, execArgv: [], name: 'kernels' });
  let isAlive = true;
  /** Everything goes on in this thread then; the other must not come back and write where this one does. */
  const giveUp = (): void => {
    isAlive = false;
    void worker.terminate();
  };
  worker.on('error', giveUp).on('exit', giveUp).unref();
  let instances = 0;
  let isUnused = false;
  const unused = new FinalizationRegistry(() => {
    isUnused = true;
  });

  const isIdle = (): boolean => {
    for (let task = firstTask; task <= lastTask; task += taskCells) {
      if (Atomics.load(board, task) !== state.free) return false;
    }
    return true;
  };
  const findFree = (): number => {
    let task = firstTask;
    while (task <= lastTask && Atomics.load(board, task) !== state.free) task += taskCells;
    return task;
  };

  return {
    isStale: () => isUnused && isIdle(),
    end: giveUp,
    introduce(module, memory, exports) {
      worker.postMessage({ module, memory });
      unused.register(exports, undefined);
      return instances++;
    },
    offer(instance, steps) {
      const task = findFree();
      if (!isAlive || task > lastTask) return undefined;
      board[task + 1] = instance;
      board[task + 2] = steps.length;
      for (const [place, step] of steps.entries()) board.set(step, task + 3 + place * layout.stepCells);
      Atomics.store(board, task, state.offered);
      Atomics.add(board, 0, 1);
      Atomics.notify(board, 0);
      return {
        withdraw() {
          const found = Atomics.compareExchange(board, task, state.offered, state.free);
          if (found === state.offered) return true;
          if (found === state.taken && Atomics.wait(board, task, state.taken, patienceMs) === 'timed-out') {
            giveUp();
            return true;
          }
          Atomics.store(board, task, state.free);
          return false;
        },
      };
    },
  };
}
