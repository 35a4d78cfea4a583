import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  Routes,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fixture, startFixture } from './fixture.ts';
import { createClock, type DiscordServer } from './server.ts';

let fixture: Fixture;
let server: DiscordServer;

beforeEach(async () => {
  fixture = await startFixture({ clock: createClock({ frozen: true }) });
  server = fixture.server;
});
afterEach(() => fixture.close());

/** What the bot does with every interaction; what it throws is given back. */
function onInteraction(handle: (interaction: Interaction) => unknown): { faults: { code?: number }[] } {
  const faults: { code?: number }[] = [];
  fixture.client.on('interactionCreate', async (interaction) => {
    try {
      await handle(interaction);
    } catch (error) {
      faults.push(error as { code?: number });
    }
  });
  return { faults };
}

const onCommand = (handle: (interaction: ChatInputCommandInteraction) => unknown) =>
  onInteraction((interaction) => (interaction.isChatInputCommand() ? handle(interaction) : undefined));

const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
  new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Secondary).setDisabled(true),
  new ButtonBuilder().setLabel('Link').setStyle(ButtonStyle.Link).setURL('https://example.org'),
);
const menu = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
  new StringSelectMenuBuilder().setCustomId('open').addOptions([
    { label: 'First', value: '1' },
    { label: 'Second', value: '2' },
  ]),
);
const modal = new ModalBuilder()
  .setCustomId('form')
  .setTitle('Tell us')
  .addLabelComponents(
    new LabelBuilder()
      .setLabel('What is wrong?')
      .setStringSelectMenuComponent(
        new StringSelectMenuBuilder().setCustomId('kind').addOptions({ label: 'Outdated', value: 'old' }),
      ),
    new LabelBuilder()
      .setLabel('Why?')
      .setTextInputComponent(
        new TextInputBuilder()
          .setCustomId('why')
          .setStyle(TextInputStyle.Short)
          .setMinLength(3)
          .setMaxLength(10),
      ),
  );

describe('what people do', () => {
  test('a command carries options, locale, member, permissions, context and installation', async () => {
    const { channel } = server;
    onCommand((interaction) =>
      interaction.reply(
        JSON.stringify({
          question: interaction.options.getString('question'),
          strict: interaction.options.getBoolean('strict'),
          limit: interaction.options.getInteger('limit'),
          who: interaction.options.getUser('who')?.username,
          member: interaction.options.getMember('who') !== null,
          where: interaction.options.getChannel('where')?.id === channel.id,
          locale: interaction.locale,
          guildLocale: interaction.guildLocale,
          manager: interaction.memberPermissions?.has('ManageGuild'),
          mayThread: interaction.appPermissions.has('CreatePublicThreads'),
          context: interaction.context,
          owners: interaction.authorizingIntegrationOwners,
          cached: interaction.inCachedGuild(),
        }),
      ),
    );
    const grace = server.addUser({ name: 'Grace', locale: 'de' });
    server.giveRole(
      server.guild,
      grace,
      server.addRole(server.guild, { name: 'managers', permissions: PermissionFlagsBits.ManageGuild }),
    );
    const asked = server.slash(
      'ask',
      { question: 'what?', strict: true, limit: 3, who: server.user, where: channel },
      { user: grace },
    );
    expect(JSON.parse((await asked.response()).content)).toEqual({
      question: 'what?',
      strict: true,
      limit: 3,
      who: 'ada',
      member: true,
      where: true,
      locale: 'de',
      guildLocale: 'en-US',
      manager: true,
      mayThread: true,
      context: 0,
      owners: { 0: server.guild.id },
      cached: true,
    });
    expect(server.violations).toEqual([]);
  });

  test.each([
    [
      'a direct message',
      (s: DiscordServer) => ({ channel: s.dm(s.user) }),
      { context: 1, owners: { guildId: '0', userId: null }, guild: null },
    ],
    [
      'a conversation without the bot',
      (s: DiscordServer) => ({ channel: s.privateChannel([s.user, s.addUser()]) }),
      { context: 2, owners: { guildId: null, userId: 'user' }, guild: null },
    ],
    [
      'a guild where the bot is no member',
      (s: DiscordServer) => ({ guild: s.addGuild({ botIsMember: false }) }),
      { context: 0, owners: { guildId: null, userId: 'user' }, guild: 'id' },
    ],
  ])('a command in %s', async (_, place, expected) => {
    onCommand(async (interaction) => {
      const owners = Object.entries(interaction.authorizingIntegrationOwners).map(([kind, id]) => [
        kind,
        id === interaction.user.id ? 'user' : id,
      ]);
      await interaction.deferReply();
      await interaction.editReply(
        JSON.stringify({
          context: interaction.context,
          owners: Object.fromEntries(owners),
          guild: interaction.guildId === null ? null : 'id',
        }),
      );
    });
    const message = await server.slash('ask', {}, place(server)).response();
    expect(JSON.parse(message.content)).toEqual(expected);
    expect(server.violations).toEqual([]);
  });

  test('autocomplete', async () => {
    onInteraction(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name}: ${value}`, value: 'id' }]);
    });
    const typed = server.autocomplete('source', { option: 'article', value: 'Gen' });
    expect(await typed.choices()).toEqual([{ name: 'article: Gen', value: 'id' }]);
    await expect(typed.response()).rejects.toThrow(/answered with choices/);
  });

  test('message and user commands hand over what they are used on', async () => {
    onInteraction(async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.reply(interaction.targetMessage.content);
      if (interaction.isUserContextMenuCommand()) await interaction.reply(interaction.targetUser.username);
    });
    const { message } = server.say('the claim, not meant for the bot');
    expect((await server.messageCommand('Check', message).response()).content).toBe(message.content);
    expect((await server.userCommand('Who', server.user).response()).content).toBe('ada');
    expect(server.violations).toEqual([]);
  });

  test('a button, a menu and a modal, each acting on the answer before', async () => {
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'answer', components: [buttons, menu] });
      if (interaction.isButton()) await interaction.showModal(modal);
      if (interaction.isStringSelectMenu()) {
        await interaction.reply({ content: `opened ${interaction.values}`, flags: MessageFlags.Ephemeral });
      }
      if (interaction.isModalSubmit()) {
        const [kind] = interaction.fields.getStringSelectValues('kind');
        await interaction.deferUpdate();
        await interaction.editReply(`${kind}, ${interaction.fields.getTextInputValue('why')}`);
      }
    });
    const asked = server.slash('ask');
    const opened = await (await asked.select('Second')).response();
    expect(opened).toMatchObject({ content: 'opened 2', ephemeral: true, visibleTo: server.user.id });

    const pressed = await asked.click('More');
    expect(await pressed.modal()).toMatchObject({
      customId: 'form',
      title: 'Tell us',
      fields: [{ customId: 'kind' }, { label: 'Why?' }],
    });
    const sent = await pressed.submitModal({ kind: 'Outdated', why: 'new one' });
    const message = await sent.response({ until: ({ content }) => content !== 'answer' });
    expect(message).toBe(asked.original);
    expect(message.content).toBe('old, new one');
    expect(message.writes.map(({ kind }) => kind)).toEqual(['create', 'edit']);
    expect(server.violations).toEqual([]);
  });

  test('a button beside a text in a container, and a modal of rows and texts', async () => {
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        const beside = {
          type: 9,
          components: [{ type: 10, content: 'text' }],
          accessory: buttons.components[0]?.toJSON(),
        };
        const body = {
          type: 4,
          data: { flags: MessageFlags.IsComponentsV2, components: [{ type: 17, components: [beside] }] },
        };
        await fixture.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
          body,
          auth: false,
        });
      }
      if (interaction.isButton()) {
        const components = [
          { type: 10, content: 'read this' },
          { type: 1, components: [input('why', { label: 'Why?', value: 'so' })] },
        ];
        const body = { type: 9, data: { custom_id: 'm', title: 't', components } };
        await fixture.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
          body,
          auth: false,
        });
      }
      if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('why'));
    });
    const asked = server.slash('ask');
    expect((await asked.response()).text).toBe('text\nMore');
    const sent = await (await asked.click('More')).submitModal({});
    expect((await sent.response()).content).toBe('so');
    expect(server.violations).toEqual([]);
  });

  test('people cannot do what the client does not let them do', async () => {
    onInteraction(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'a', components: [buttons, menu], flags: 64 });
      if (interaction.isButton()) await interaction.showModal(modal);
    });
    const asked = server.slash('ask');
    await expect(asked.click('Nothing')).rejects.toThrow(/no button Nothing.*More/);
    await expect(asked.click('Off')).rejects.toThrow(/disabled/);
    await expect(asked.click('Link')).rejects.toThrow(/is a link/);
    await expect(asked.select('Third')).rejects.toThrow(/no option Third/);
    await expect(asked.select(['1', '2'])).rejects.toThrow(/takes 1 to 1/);
    const pressed = await asked.click('more');
    await expect(pressed.submitModal({ why: 'abc' })).rejects.toThrow(/What is wrong\?" must be chosen/);
    await expect(pressed.submitModal({ kind: 'old', why: 'ab' })).rejects.toThrow(/takes 3 to 10/);
    await expect(pressed.submitModal({ kind: 'old', when: 'now' })).rejects.toThrow(/no field when/);
    const message = await asked.response();
    expect(() => server.click(message, 'more', { user: server.addUser({ name: 'Eve' }) })).toThrow(
      /Eve does not see/,
    );
    server.deleteMessage(message);
    expect(() => server.click(message, 'more')).toThrow(/deleted/);
  });
});

describe('time', () => {
  test('after three seconds an interaction is dead', async () => {
    const { faults } = onCommand((interaction) => {
      server.clock.advance(3001);
      return interaction.reply('late');
    });
    const asked = server.slash('ask');
    await expect.poll(() => faults).toMatchObject([{ code: 10062, status: 404 }]);
    expect(asked.dead).toBe(true);
    expect(server.violations).toMatchObject([{ rule: '10062' }]);
    await expect(asked.response({ timeout: 20 })).rejects.toThrow(
      /a response; \/ask of Ada: not acknowledged after 3001 ms/,
    );
  });

  test('at three seconds it is not', async () => {
    onCommand((interaction) => {
      server.clock.advance(3000);
      return interaction.reply('just in time');
    });
    const asked = server.slash('ask');
    await asked.response();
    expect(asked.acknowledgedAfter).toBe(3000);
    expect(server.violations).toEqual([]);
  });

  test('after fifteen minutes the token is dead', async () => {
    const { faults } = onCommand(async (interaction) => {
      await interaction.deferReply();
      server.clock.advance(15 * 60_000);
      await interaction.editReply('just in time');
      server.clock.advance(1);
      await interaction.followUp('late');
    });
    expect((await server.slash('ask').response()).content).toBe('just in time');
    await expect.poll(() => faults).toMatchObject([{ code: 50027, status: 401 }]);
    expect(server.violations).toEqual([]);
  });

  test('edits carry their times', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      for (const content of ['one', 'two', 'three']) {
        server.clock.advance(1500);
        await interaction.editReply(content);
      }
    });
    const message = await server.slash('ask').response({ until: ({ content }) => content === 'three' });
    const times = message.writes.map(({ at }) => at - message.createdAt);
    expect(times).toEqual([0, 1500, 3000, 4500]);
    expect(message.editedAt).toBe(message.createdAt + 4500);
  });
});

describe('answers', () => {
  test('a second acknowledgement is refused', async () => {
    let fault: unknown;
    onCommand(async (interaction) => {
      await interaction.reply('one');
      const route = Routes.interactionCallback(interaction.id, interaction.token);
      fault = await fixture.rest.post(route, { body: { type: 5 }, auth: false }).catch((error) => error);
    });
    await server.slash('ask').response();
    await expect.poll(() => fault).toMatchObject({ code: 40060, status: 400 });
    expect(server.violations).toMatchObject([{ rule: '40060' }]);
  });

  test('before the acknowledgement there is no webhook', async () => {
    const { faults } = onCommand((interaction) => interaction.webhook.send('early'));
    server.slash('ask');
    await expect.poll(() => faults).toMatchObject([{ code: 10015 }]);
    expect(server.violations).toMatchObject([{ rule: '10015' }]);
  });

  test('a deferred answer is thinking until it is edited, and stays as private as it was deferred', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('done');
      await interaction.followUp('public');
    });
    const asked = server.slash('ask');
    await asked.acknowledged();
    expect(asked.original).toMatchObject({ loading: true, ephemeral: true });
    const message = await asked.response();
    expect(message).toMatchObject({ content: 'done', loading: false, ephemeral: true });
    expect(message.editedAt).toBeUndefined();
    await server.until(() => asked.followUps[0]?.content === 'public');
    expect(asked.followUps[0]?.ephemeral).toBe(false);
    expect(server.violations).toEqual([]);
  });

  test('the ephemeral flag in an edit comes too late', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      const body = { content: 'secret', flags: MessageFlags.Ephemeral };
      await fixture.rest.patch(Routes.webhookMessage(server.applicationId, interaction.token), {
        body,
        auth: false,
      });
    });
    expect((await server.slash('ask').response()).ephemeral).toBe(false);
    expect(server.violations).toMatchObject([{ rule: 'ephemeral' }]);
  });

  test('deferring takes nothing but the ephemeral flag', async () => {
    onCommand((interaction) => {
      const body = { type: 5, data: { content: 'x', flags: MessageFlags.IsComponentsV2 } };
      return fixture.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body,
        auth: false,
      });
    });
    await server.slash('ask').acknowledged();
    expect(server.violations).toMatchObject([
      { rule: 'defer', message: expect.stringMatching(/content, flags 32768/) },
    ]);
  });

  test('the first follow-up of a deferred answer edits it, which is deprecated', async () => {
    onCommand(async (interaction) => {
      await interaction.deferReply();
      await interaction.followUp({ content: 'x', flags: MessageFlags.Ephemeral });
    });
    const asked = server.slash('ask');
    expect(await asked.response()).toBe(asked.original);
    expect(asked.followUps).toEqual([]);
    expect(server.violations).toMatchObject([{ rule: 'follow-up' }]);
  });

  test('answers of the wrong kind are refused', async () => {
    const codes: unknown[] = [];
    onInteraction(async (interaction) => {
      const body = { type: interaction.isAutocomplete() ? 5 : 6 };
      const route = Routes.interactionCallback(interaction.id, interaction.token);
      await fixture.rest.post(route, { body, auth: false }).catch((error) => codes.push(error.code));
    });
    server.slash('ask');
    server.autocomplete('ask', { option: 'q', value: '' });
    await expect.poll(() => codes).toEqual([50035, 50035]);
  });

  test('components V2: the flag comes with the edit, stays, and excludes content', async () => {
    const { faults } = onCommand(async (interaction) => {
      await interaction.deferReply();
      await interaction.editReply({
        flags: MessageFlags.IsComponentsV2,
        components: [new TextDisplayBuilder().setContent('**text**')],
      });
      await interaction.editReply({ content: 'plain' });
    });
    const message = await server.slash('ask').response();
    await expect.poll(() => faults).toMatchObject([{ code: 50035 }]);
    expect(message.text).toBe('**text**');
    expect(message.components).toEqual([{ type: 10, id: 1, content: '**text**' }]);
    expect(server.violations).toHaveLength(1);
  });

  test('a deleted answer is gone', async () => {
    const { faults } = onCommand(async (interaction) => {
      await interaction.reply('oops');
      await interaction.deleteReply();
      await interaction.editReply('x');
    });
    const asked = server.slash('ask');
    await expect.poll(() => faults).toMatchObject([{ code: 10008 }]);
    expect(asked.original?.deleted).toBe(true);
    expect(server.violations).toEqual([]);
  });

  test('withResponse gives the message back', async () => {
    let id: string | undefined;
    onCommand(async (interaction) => {
      const response = await interaction.reply({ content: 'x', withResponse: true });
      id = response.resource?.message?.id;
    });
    const message = await server.slash('ask').response();
    await expect.poll(() => id).toBe(message.id);
  });

  test('files arrive with their names and bytes', async () => {
    onCommand((interaction) =>
      interaction.reply({
        files: [{ attachment: Buffer.from('grün'), name: 'answer.txt', description: 'all of it' }],
      }),
    );
    const { attachments } = await server.slash('ask').response();
    expect(attachments).toMatchObject([{ name: 'answer.txt', size: 5, description: 'all of it' }]);
    expect(attachments[0]?.data.toString()).toBe('grün');
    expect(server.requests.at(-1)?.files).toEqual(['answer.txt']);
    expect(server.violations).toEqual([]);
  });

  test('people who installed the application for themselves see five follow-ups', async () => {
    const { faults } = onCommand(async (interaction) => {
      await interaction.reply('0');
      for (const n of [1, 2, 3, 4, 5, 6]) await interaction.followUp(String(n));
    });
    const asked = server.slash('ask', {}, { install: 'user' });
    await expect.poll(() => faults).toMatchObject([{ code: 40094 }]);
    expect(asked.followUps).toHaveLength(5);
  });
});

function input(customId: string, more: object = {}) {
  return { type: 4, style: 1, custom_id: customId, ...more };
}
