import type { Message, SendableChannels, User } from 'discord.js';
import { describeError, EXPIRED, GONE, isApiError, REFUSED } from './api-errors.ts';
import { type Body, composeMessages, type Draft, withHeading } from './compose.ts';
import { createEdits } from './edits.ts';
import { EDIT_INTERVAL_MS, TOKEN_SAFE_MS, TYPING_INTERVAL_MS } from './limits.ts';
import { escapeMarkdown } from './markdown.ts';
import { type Locale, messages } from './messages/index.ts';
import { type Answerable, editReply, followUp } from './respond.ts';
import type { Services } from './services.ts';

/** Brings an answer to where it was asked for, step by step. */
export interface Delivery {
  /** Shows what is being done; steps that follow one another quickly are left out. */
  readonly show: (draft: Draft) => void;
  /**
   * Shows the answer, whatever has been shown before, in as many messages as it takes.
   * @returns ids of its messages; [] when it could be shown nowhere.
   */
  readonly finish: (draft: Draft) => Promise<readonly string[]>;
  /** Shows no more steps. Has to be called when there will be no answer; harmless when there was one. */
  readonly stop: () => Promise<void>;
}

/** The way one kind of place takes messages. */
interface Way {
  /** Writes the first message, or changes it. */
  readonly write: (body: Body) => Promise<Message | undefined>;
  readonly append: (body: Body) => Promise<Message | undefined>;
}

/** Answers by changing the acknowledged reply; posts to the channel when the reply can no longer be changed. */
export function createReplyDelivery(
  interaction: Answerable,
  services: Services,
  context: { readonly locale: Locale; readonly receivedAt: number },
): Delivery {
  const isLate = () => services.now() - context.receivedAt > TOKEN_SAFE_MS;
  const reply: Way = {
    write: (body) => editReply(interaction, body),
    append: (body) => followUp(interaction, body),
  };
  return createDelivery(
    {
      write: (body) => late(body, reply.write, true),
      append: (body) => late(body, reply.append, false),
    },
    services,
  );

  async function late(body: Body, inTime: Way['write'], isFirst: boolean): Promise<Message | undefined> {
    try {
      if (!isLate()) return await inTime(body);
    } catch (error) {
      if (!isApiError(error, EXPIRED)) throw error;
    }
    return postLate(body, isFirst);
  }

  /** The channel takes what everybody may see; a private answer goes to its asker alone. */
  async function postLate(body: Body, isFirst: boolean): Promise<Message | undefined> {
    const { channel, user } = interaction;
    const heading = messages[context.locale].answer.late(escapeMarkdown(user.displayName));
    const marked = isFirst ? withHeading(body, heading) : body;
    if (interaction.ephemeral === true || channel === null || !channel.isSendable())
      return sendTo(() => user.send(marked));
    return (await sendTo(() => channel.send(marked))) ?? sendTo(() => user.send(marked));
  }
}

/** Answers a message with a reply; where the bot may not write, its author gets a direct message. */
export function createMessageDelivery(
  message: Message,
  services: Services,
  context: { readonly locale: Locale },
): Delivery {
  const channel = message.channel as SendableChannels;
  const stopTyping = keepTyping(channel);
  const delivery = createDelivery(
    postTo(
      (body) => sendTo(() => message.reply({ ...body, failIfNotExists: false })),
      (body) => sendTo(() => channel.send(body)),
      (body) =>
        message.inGuild()
          ? sendTo(() => message.author.send(withHeading(body, explainDirect())))
          : Promise.resolve(undefined),
    ),
    services,
  );
  return {
    show: delivery.show,
    async finish(draft) {
      stopTyping();
      return delivery.finish(draft);
    },
    async stop() {
      stopTyping();
      await delivery.stop();
    },
  };

  function explainDirect(): string {
    const name = 'name' in channel ? (channel.name ?? '…') : '…';
    return messages[context.locale].manners.cannotWrite(`#${escapeMarkdown(name)}`);
  }
}

/** Tells one person something in direct messages; says nothing when they take none. */
export const createDirectDelivery = (user: User, services: Services): Delivery =>
  createDelivery(
    postTo((body) => sendTo(() => user.send(body))),
    services,
  );

type Send = (body: Body) => Promise<Message | undefined>;

/** Posts the first message the first way that works, edits it from then on, and adds further ones behind it. */
function postTo(...ways: readonly Send[]): Way {
  let first: Message | undefined;
  return {
    async write(body) {
      if (first !== undefined) return first.edit(body);
      for (const send of ways) {
        first = await send(body);
        if (first !== undefined) return first;
      }
      return undefined;
    },
    append: async (body) => {
      if (first === undefined) return undefined;
      const { channel } = first;
      return channel.isSendable() ? sendTo(() => channel.send(body)) : undefined;
    },
  };
}

function createDelivery(way: Way, services: Services): Delivery {
  const shown: Message[] = [];
  const note = (message: Message | undefined) => {
    if (message !== undefined) shown.push(message);
  };
  const edits = createEdits<Body>({
    write: async (body) => {
      shown.length = 0;
      note(await way.write(body));
    },
    intervalMs: EDIT_INTERVAL_MS,
    onFailure: (error) => services.log.debug({ error: describeError(error) }, 'progress could not be shown'),
  });
  return {
    show: (draft) => edits.offer(composeMessages(draft)[0]!),
    async finish(draft) {
      const [first, ...more] = composeMessages(draft);
      try {
        await edits.finish(first!);
        for (const body of more) note(await way.append(body));
      } catch (error) {
        // Whoever deleted the message does not want the answer any more.
        if (!isApiError(error, GONE)) throw error;
        services.log.info({ code: error.code }, 'the message to answer is gone');
      }
      return shown.map((message) => message.id);
    },
    stop: edits.stop,
  };
}

/** Undefined when Discord does not let the bot write there. */
async function sendTo(send: () => Promise<Message>): Promise<Message | undefined> {
  try {
    return await send();
  } catch (error) {
    if (isApiError(error, REFUSED)) return undefined;
    throw error;
  }
}

/** Shows that the bot is typing until it is told to stop. Not being allowed to is no fault. */
function keepTyping(channel: SendableChannels): () => void {
  const type = () => void channel.sendTyping().catch(() => undefined);
  type();
  const timer = setInterval(type, TYPING_INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
