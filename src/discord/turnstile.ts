/** A place in the queue of one room. */
export interface Seat {
  /** Resolves when it is this question's turn. To be called when its acknowledgement is out. */
  readonly turn: () => Promise<void>;
  /** Passes the turn on; has to be called exactly once, whatever became of the question. */
  readonly leave: () => void;
}

export interface Turnstile {
  /** A seat in a room, or undefined when too many wait there. Decided at once. */
  readonly enter: (room: string) => Seat | undefined;
}

/** A question that is not acknowledged after this is lost anyway; the others do not wait for it. */
const ARRIVAL_PATIENCE_MS = 2000;

/**
 * Lets `seats` questions of a room be worked on at a time and `queue` more wait, first come, first served.
 * Working keeps the process busy, so nobody starts while somebody else is still to be acknowledged.
 */
export function createTurnstile(limits: { readonly seats: number; readonly queue: number }): Turnstile {
  const rooms = new Map<string, { taken: number; readonly waiting: (() => void)[] }>();
  let arriving = 0;
  let breath: Promise<void> = Promise.resolve();

  return {
    enter(name) {
      const room = rooms.get(name) ?? { taken: 0, waiting: [] };
      if (room.taken >= limits.seats && room.waiting.length >= limits.queue) return undefined;
      rooms.set(name, room);
      let seated = false;
      let arrived = false;
      let call = () => {};
      const called = new Promise<void>((resolve) => {
        call = () => {
          seated = true;
          resolve();
        };
      });
      if (room.taken < limits.seats) {
        room.taken += 1;
        call();
      } else room.waiting.push(call);
      arriving += 1;
      const arrive = () => {
        if (!arrived) arriving -= 1;
        arrived = true;
      };
      return {
        async turn() {
          arrive();
          await called;
          await takeBreath();
        },
        leave() {
          arrive();
          if (!seated) room.waiting.splice(room.waiting.indexOf(call), 1);
          else if (room.waiting.length > 0) room.waiting.shift()?.();
          else room.taken -= 1;
          if (room.taken === 0) rooms.delete(name);
        },
      };
    },
  };

  /** One question after another: each first lets the process look at what has come in. */
  function takeBreath(): Promise<void> {
    breath = breath.then(async () => {
      const deadline = performance.now() + ARRIVAL_PATIENCE_MS;
      do await new Promise((resolve) => setImmediate(resolve));
      while (arriving > 0 && performance.now() < deadline);
    });
    return breath;
  }
}
