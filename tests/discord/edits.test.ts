import { describe, expect, it, vi } from 'vitest';
import { createEdits } from '../../src/discord/edits.ts';

describe('createEdits', () => {
  it('shows one state an interval, the newest, and the last one always', async () => {
    vi.useFakeTimers();
    try {
      const shown: [number, string][] = [];
      const start = Date.now();
      const edits = createEdits<string>({
        write: async (state) => void shown.push([Date.now() - start, state]),
        intervalMs: 1500,
        onFailure: () => undefined,
      });
      edits.offer('a');
      edits.offer('b');
      await vi.advanceTimersByTimeAsync(1600);
      edits.offer('c');
      const done = edits.finish('end');
      await vi.advanceTimersByTimeAsync(5000);
      await done;
      edits.offer('late');
      await vi.advanceTimersByTimeAsync(5000);
      expect(shown).toEqual([
        [1500, 'b'],
        [3000, 'end'],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows nothing after the last one, also when a write was under way', async () => {
    vi.useFakeTimers();
    try {
      const shown: string[] = [];
      const edits = createEdits<string>({
        write: async (state) => {
          await new Promise((resolve) => setTimeout(resolve, 1000));
          shown.push(state);
        },
        intervalMs: 1500,
        onFailure: () => undefined,
      });
      edits.offer('first');
      await vi.advanceTimersByTimeAsync(2000);
      edits.offer('while writing');
      const done = edits.finish('end');
      await vi.advanceTimersByTimeAsync(9000);
      await done;
      edits.offer('late');
      await edits.stop();
      edits.offer('later');
      await vi.advanceTimersByTimeAsync(9000);
      expect(shown).toEqual(['first', 'end']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on after a failure, and throws only that of the last state', async () => {
    const failures: unknown[] = [];
    const edits = createEdits<string>({
      write: async (state) => {
        throw new Error(state);
      },
      intervalMs: 1,
      onFailure: (error) => failures.push(error),
    });
    edits.offer('first');
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    await expect(edits.finish('last')).rejects.toThrow('last');
  });
});
