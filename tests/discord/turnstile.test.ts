import { describe, expect, it, vi } from 'vitest';
import { createTurnstile } from '../../src/discord/turnstile.ts';

describe('createTurnstile', () => {
  it('seats so many, lets so many wait, in order; one that leaves the queue takes no seat with it', async () => {
    const turnstile = createTurnstile({ seats: 1, queue: 2 });
    const order: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => {
      const seat = turnstile.enter('room')!;
      void seat.turn().then(() => order.push(name));
      return seat;
    });
    expect(turnstile.enter('room')).toBeUndefined();
    expect(turnstile.enter('other')?.leave()).toBeUndefined();
    b!.leave();
    await vi.waitFor(() => expect(order).toEqual(['a']));
    a!.leave();
    await vi.waitFor(() => expect(order).toEqual(['a', 'c']));
    c!.leave();
    const next = turnstile.enter('room')!;
    await next.turn();
    next.leave();
  });

  it('starts nobody while somebody is not acknowledged yet', async () => {
    const turnstile = createTurnstile({ seats: 9, queue: 0 });
    const [first, second] = [turnstile.enter('a')!, turnstile.enter('a')!];
    let started = false;
    const turn = first.turn().then(() => {
      started = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(started).toBe(false);
    second.leave();
    await turn;
  });
});
