import { describe, expect, it } from 'vitest';
import { cutText } from '../../src/discord/limits.ts';

describe('cutText', () => {
  it('counts code points and never cuts one', () => {
    expect(cutText('🙂🙂🙂', 3)).toBe('🙂🙂🙂');
    expect(cutText('🙂🙂🙂', 2)).toBe('🙂…');
  });
});
