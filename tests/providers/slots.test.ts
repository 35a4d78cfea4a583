import { expect, it } from 'vitest';
import { createSlots } from '../../src/providers/slots.ts';

it('serves those who wait in order', async () => {
  const take = createSlots(1);
  const order: number[] = [];
  const release = await take();
  const waiting = [1, 2, 3].map(async (n) => {
    const done = await take();
    order.push(n);
    done();
  });
  release();
  await Promise.all(waiting);
  expect(order).toEqual([1, 2, 3]);
  await take();
});

it('forgets those who gave up', async () => {
  const take = createSlots(1);
  const release = await take();
  const controller = new AbortController();
  const waiting = take(controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(take(controller.signal)).rejects.toThrow('gone');
  release();
  await take();
});
