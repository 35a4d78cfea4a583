import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessages } from '../../src/discord/compose.ts';
import { LIMITS } from '../../src/discord/limits.ts';

describe('composeMessages', () => {
  it('keeps within the limits whatever it is given', () => {
    const sections = fc.array(fc.array(fc.string({ maxLength: 3000 }), { maxLength: 12 }), { maxLength: 25 });
    fc.assert(
      fc.property(sections, (given) => {
        for (const { components } of composeMessages({ sections: given })) {
          const [container] = components;
          const texts = container.components.flatMap((part) => ('content' in part ? [part.content] : []));
          expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(LIMITS.messageText);
          expect(container.components.length + 1).toBeLessThanOrEqual(LIMITS.components);
        }
      }),
      { numRuns: 30 },
    );
  });
});
