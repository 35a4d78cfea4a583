import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressParts, buildCustomId, parseAddress, parseCustomId } from '../../src/discord/custom-id.ts';
import { LIMITS } from '../../src/discord/limits.ts';

describe('custom ids', () => {
  it('carry every address there and back in a hundred characters', () => {
    const address = fc.record({
      articleId: fc.stringMatching(/^[0-9a-f]{12}$/),
      ordinal: fc.nat(99_999),
      digest: fc.stringMatching(/^[0-9a-f]{10}$/),
      quote: fc.option(fc.tuple(fc.nat(99_999_999), fc.nat(99_999_999)), { nil: undefined }),
    });
    fc.assert(
      fc.property(address, ({ quote, ...rest }) => {
        const wanted = quote === undefined ? rest : { ...rest, quote };
        const id = buildCustomId('passage', ...addressParts(wanted));
        expect(id.length).toBeLessThanOrEqual(LIMITS.customId);
        expect(parseAddress(parseCustomId(id).parts)).toEqual(wanted);
      }),
    );
  });
  it('refuses what is no address', () => {
    for (const value of ['', 'a', 'a:b:c:d', 'a:-1:0-1:d', 'a:1:0:d', 'a:1:0-1:'])
      expect(parseAddress(value.split(':'))).toBeUndefined();
  });
  it('refuses to be too long', () => {
    expect(() => buildCustomId('list', 'x'.repeat(100))).toThrow(RangeError);
  });
});
