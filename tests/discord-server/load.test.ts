import { expect, test } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import { createClock } from './server.ts';

/**
 * Answers every question the way a bot does: acknowledge, think, answer by editing. The clock stands still, since how fast
 * the machine is today is not what is tested.
 */
async function startAnswering(keep: number): Promise<Fixture> {
  // discord.js on its own sends 50 requests a second, answers to interactions included.
  const fixture = await startFixture(
    { keep, clock: createClock({ frozen: true }) },
    { rest: { globalRequestsPerSecond: 10_000 } },
  );
  fixture.client.on('interactionCreate', async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply(`answer ${interaction.options.getInteger('n')}`);
  });
  return fixture;
}

test('200 people at once, each with their own answer', async () => {
  const { server, close } = await startAnswering(5000);
  const asked = Array.from({ length: 200 }, (_, n) =>
    server.slash('ask', { n }, { user: server.addUser({ name: `u${n}` }) }),
  );
  const answers = await Promise.all(asked.map((handle) => handle.response({ timeout: 15_000 })));
  expect(answers.map(({ content }) => content)).toEqual(asked.map((_, n) => `answer ${n}`));
  expect(server.violations).toEqual([]);
  await close();
});

test('what is remembered is bounded', async () => {
  const { server, close } = await startAnswering(100);
  for (let round = 0; round < 10; round += 1) {
    const asked = Array.from({ length: 40 }, (_, n) => server.slash('ask', { n }));
    await Promise.all(asked.map((handle) => handle.response({ until: ({ content }) => content !== '' })));
  }
  expect(server.messages).toHaveLength(100);
  expect(server.interactions).toHaveLength(100);
  expect(server.requests).toHaveLength(100);
  expect(server.violations).toEqual([]);
  await close();
});
