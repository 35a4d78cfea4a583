import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/discord/api-errors.ts';

describe('describeError', () => {
  it('shows causes and no tokens', () => {
    const token = `${'M'.repeat(24)}.${'x'.repeat(6)}.${'y'.repeat(38)}`;
    const cause = new Error(`PATCH /webhooks/123/secret-token/messages/@original failed with ${token}`);
    const text = JSON.stringify(describeError(new Error('outer', { cause })));
    expect(text).toContain('outer');
    expect(text).toContain('/webhooks/123/[redacted]/messages/@original');
    expect(text).not.toMatch(/secret-token|MMMM|yyyy/);
    expect(describeError('text')).toEqual({ message: 'text' });
  });
});
