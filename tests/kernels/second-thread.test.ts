import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { add, assemble, get, i32, i32Load, i32Store, int } from '../../src/kernels/assembler.ts';
import { instantiateShared } from '../../src/kernels/instantiate.ts';
import { openSecondThread } from '../../src/kernels/second-thread.ts';

/** bump(address): adds one to the number there. */
const module = assemble(
  {
    bump: {
      parameters: [i32],
      locals: [],
      body: i32Store(get(0), add(i32Load(get(0)), int(1))),
    },
  },
  'shared',
);
const { memory, offer } = instantiateShared<'bump'>(module, 4096);
const cells = new Int32Array(memory);

it('does what is offered while this one does something else', async () => {
  const end = offer(['bump', 0], ['bump', 0], ['bump', 4]);
  await setTimeout(500);
  expect([...cells.subarray(0, 2)]).toEqual([2, 1]);
  end();
  expect([...cells.subarray(0, 2)]).toEqual([2, 1]);
});

it('does everything once, whoever comes first and however much is offered', () => {
  cells.fill(0);
  const rounds = 200;
  for (let round = 0; round < rounds; round++) {
    const ends = Array.from({ length: 40 }, (_, place) => offer(['bump', 4 * place]));
    for (const end of ends) end();
  }
  expect([...cells.subarray(0, 40)]).toEqual(new Array(40).fill(rounds));
});

it('gives way to another when it keeps a memory that nobody uses any more', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const first = openSecondThread();
  const useOnce = () => instantiateShared<'bump'>(module, 4096).offer(['bump', 0])();
  useOnce();
  for (let tries = 0; tries < 50 && openSecondThread() === first; tries++) {
    collectGarbage();
    await setTimeout(20);
  }
  expect(openSecondThread()).not.toBe(first);
  cells.fill(0);
  const end = offer(['bump', 0]);
  await setTimeout(500);
  expect(cells[0]).toBe(1);
  end();
});

it('is done without when it has died', async () => {
  const thread = openSecondThread();
  const instance = thread.introduce(module, {} as WebAssembly.Memory, {});
  // What it was introduced to is no memory.
  const offered = thread.offer(instance, [[0, 0]]);
  await setTimeout(500);
  offered?.withdraw();
  cells.fill(0);
  for (let round = 0; round < 20; round++) offer(['bump', 0])();
  expect(cells[0]).toBe(20);
  expect(thread.offer(instance, [[0, 0]])).toBeUndefined();
});
