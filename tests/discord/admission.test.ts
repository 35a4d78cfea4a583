import { describe, expect, it } from 'vitest';
import { createAdmission, type Visitor } from '../../src/discord/admission.ts';
import { en } from '../../src/discord/messages/en.ts';

describe('createAdmission', () => {
  const visitor: Visitor = {
    userId: 'u',
    guildId: 'g',
    channelId: 'thread',
    parentId: 'channel',
    roleIds: ['r'],
  };
  const rules = { channels: [], roles: [], cooldownMs: 0, concurrency: 1 };
  it.each([
    [{}, visitor, false],
    [{ channels: ['channel'] }, visitor, false],
    [{ channels: ['thread'] }, visitor, false],
    [{ channels: ['other'] }, visitor, true],
    [
      { channels: ['channel'] },
      { ...visitor, guildId: undefined, channelId: 'dm', parentId: undefined },
      true,
    ],
    [{ roles: ['r', 's'] }, visitor, false],
    [{ roles: ['s'] }, visitor, true],
    [{ roles: ['r'] }, { ...visitor, guildId: undefined, roleIds: [] }, true],
  ])('%j', (changed, who, refused) => {
    const admission = createAdmission({ ...rules, ...changed }, Date.now);
    expect(admission.refusePlace(who) !== undefined).toBe(refused);
  });

  it('forgets cooldowns that are over', () => {
    let now = 0;
    const admission = createAdmission({ ...rules, cooldownMs: 1000 }, () => now);
    const ask = () => {
      const seat = admission.admit(visitor);
      return typeof seat === 'function' ? seat(en) : seat.leave();
    };
    expect(ask()).toBeUndefined();
    expect(ask()).toContain('in 1 second.');
    now = 1000;
    expect(ask()).toBeUndefined();
  });
});
