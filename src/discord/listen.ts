import { cleanContent, type Message, MessageType } from 'discord.js';
import type { Refusal, Visitor } from './admission.ts';
import { answerQuestion } from './answer-question.ts';
import { describeError } from './api-errors.ts';
import { line } from './compose.ts';
import { createDirectDelivery, createMessageDelivery } from './delivery.ts';
import { guessLocale, type Locale, messages, resolveLocale } from './messages/index.ts';
import { createReference } from './reference.ts';
import type { Services } from './services.ts';
import type { Seat } from './turnstile.ts';
import { authorOf, placeOf } from './visitor.ts';

/** One refusal a person and minute is enough. */
const REFUSAL_INTERVAL_MS = 60_000;

/** Answers messages that speak to the bot: mentions, replies that notify it, direct messages. Never rejects. */
export function createListener(services: Services): (message: Message) => Promise<void> {
  const refused = new Map<string, number>();

  return async (message) => {
    if (!isForBot(message)) return;
    const question = readQuestion(message);
    const locale = question === '' ? localeOfServer(message) : guessLocale(question);
    const visitor = authorOf(message);
    try {
      const refusal = services.admission.refusePlace(visitor);
      if (refusal !== undefined) await refuse(message, refusal, locale);
      else if (question === '') await help(message, locale);
      else {
        const seat = services.admission.admit(visitor);
        if (typeof seat === 'function') await refuse(message, seat, locale);
        else await answer({ message, question, locale, visitor, seat });
      }
    } catch (error) {
      services.log.warn({ error: describeError(error) }, 'a message could not be answered');
    }
  };

  async function answer(task: {
    readonly message: Message;
    readonly question: string;
    readonly locale: Locale;
    readonly visitor: Visitor;
    readonly seat: Seat;
  }): Promise<void> {
    const { message, question, locale, visitor, seat } = task;
    const delivery = createMessageDelivery(message, services, { locale });
    try {
      await answerQuestion(
        {
          question,
          locale,
          byQuestion: true,
          visibility: 'public',
          after: message.reference?.messageId,
          place: placeOf(message.channel),
          asker: visitor,
          delivery,
        },
        seat,
        services,
      );
    } catch (error) {
      const reference = createReference();
      services.log.error({ reference, error: describeError(error) }, 'message failed');
      await delivery.finish(line(messages[locale].manners.failed(reference), 'trouble'));
    } finally {
      seat.leave();
    }
  }

  async function help(message: Message, locale: Locale): Promise<void> {
    await createMessageDelivery(message, services, { locale }).finish(line(messages[locale].manners.help));
  }

  /** To the author alone; a channel full of refusals helps nobody. */
  async function refuse(message: Message, refusal: Refusal, locale: Locale): Promise<void> {
    const now = services.now();
    for (const [id, at] of refused) {
      if (now - at < REFUSAL_INTERVAL_MS) break;
      refused.delete(id);
    }
    if (refused.has(message.author.id)) return;
    refused.set(message.author.id, now);
    await createDirectDelivery(message.author, services).finish(line(refusal(messages[locale])));
  }
}

/** Only people, and only when they speak to the bot itself: not to everybody, not to a role. */
function isForBot(message: Message): boolean {
  if (message.author.bot || message.webhookId !== null) return false;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return false;
  return message.guildId === null || message.mentions.users.has(message.client.user.id);
}

/** The text without the bot's mention; other mentions as the names people read. */
function readQuestion(message: Message): string {
  const own = new RegExp(`<@!?${message.client.user.id}>`, 'g');
  return cleanContent(message.content.replaceAll(own, ' '), message.channel).trim();
}

const localeOfServer = (message: Message): Locale => resolveLocale(message.guild?.preferredLocale);
