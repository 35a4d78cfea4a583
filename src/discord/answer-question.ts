import { InteractionContextType } from 'discord.js';
import type { Answer, DateWindow, Progress } from '../types.ts';
import type { Visitor } from './admission.ts';
import { describeError } from './api-errors.ts';
import { type Draft, line } from './compose.ts';
import { createReplyDelivery, type Delivery } from './delivery.ts';
import { escapeAnswer } from './markdown.ts';
import { type Locale, messages } from './messages/index.ts';
import { renderAnswer } from './render/answer.ts';
import { type Answerable, acknowledge, sayPrivately } from './respond.ts';
import type { Gap, Services } from './services.ts';
import type { Seat } from './turnstile.ts';
import { placeOf, visitorOf } from './visitor.ts';

/** A question on its way from a person to the engine and back. */
export interface Inquiry {
  readonly question: string;
  readonly window?: DateWindow;
  /** Language of progress and, unless `byQuestion`, of everything around the quotes. */
  readonly locale: Locale;
  /** The person's language is unknown: the answer takes the question's. */
  readonly byQuestion: boolean;
  readonly visibility: 'public' | 'private';
  /** The message whose conversation goes on. */
  readonly after: string | undefined;
  /** Where the conversation goes on without a reply; see `placeOf`. */
  readonly place: string | undefined;
  readonly asker: Visitor;
  readonly delivery: Delivery;
}

/** Waits for its turn, answers, and remembers what was said. */
export async function answerQuestion(inquiry: Inquiry, seat: Seat, services: Services): Promise<void> {
  try {
    await seat.turn();
    await giveAnswer(inquiry, services);
  } finally {
    await inquiry.delivery.stop();
  }
}

async function giveAnswer(inquiry: Inquiry, services: Services): Promise<void> {
  const { engine, conversations, feedback } = services;
  const { delivery, locale, asker, after } = inquiry;
  // A private question may build on what everybody saw, never the other way round.
  const history = await conversations.recall({
    channelId: asker.channelId,
    messageId: after,
    place: inquiry.place,
  });
  const answer = await engine.ask({
    question: inquiry.question,
    ...inquiry.window,
    ...(!inquiry.byQuestion && { locale }),
    history,
    onProgress: (progress) => delivery.show(renderProgress(progress, locale)),
  });
  const spoken = inquiry.byQuestion ? (answer.language === 'de' ? 'de' : 'en') : locale;
  const shown = delivery.finish(
    renderAnswer(answer, {
      locale: spoken,
      visibility: inquiry.visibility,
      showQuestion: !inquiry.byQuestion,
      rating: feedback !== undefined,
    }),
  );
  void conversations.remember(
    {
      question: answer.standaloneQuestion ?? answer.question,
      answer: answer.kind === 'answered' && answer.by === 'model' ? answer.text : '',
    },
    {
      history,
      channelId: asker.channelId,
      messageIds: shown,
      place: inquiry.visibility === 'public' ? inquiry.place : undefined,
    },
  );
  await shown;
  await noteOutcome(answer, inquiry, services);
}

/** What the operator learns: that a question was answered, and which ones were not. */
async function noteOutcome(answer: Answer, inquiry: Inquiry, services: Services): Promise<void> {
  const { kind, question, standaloneQuestion, timings } = answer;
  const { guildId, userId } = inquiry.asker;
  services.log.info(
    { event: 'answered', kind, guildId, question, standaloneQuestion, ...timings },
    'question answered',
  );
  // What somebody asked in private is nobody else's business.
  if (
    answer.kind === 'abstained' &&
    answer.reason !== 'empty-question' &&
    inquiry.visibility === 'public' &&
    guildId !== undefined
  )
    await recordGap({ guildId, userId, question }, services);
}

/** The answer stands, whatever becomes of the list for the operator. */
async function recordGap(gap: Gap, { feedback, log }: Services): Promise<void> {
  try {
    await feedback?.recordGap(gap);
  } catch (error) {
    log.warn({ error: describeError(error) }, 'the gap could not be recorded');
  }
}

/** Answers a question that came with a command or a form, in its reply. */
export async function answerInteraction(
  interaction: Answerable,
  services: Services,
  inquiry: {
    readonly question: string;
    readonly window?: DateWindow;
    readonly locale: Locale;
    readonly visibility: 'public' | 'private';
    /** The message whose conversation goes on. */
    readonly after?: string;
  },
): Promise<void> {
  const { locale, visibility, question } = inquiry;
  const receivedAt = services.now();
  if (question.trim() === '') {
    await sayPrivately(interaction, line(messages[locale].manners.emptyQuestion));
    return;
  }
  await withSeat(interaction, services, locale, visibility, async (seat) => {
    const whole = {
      ...inquiry,
      byQuestion: false,
      after: inquiry.after,
      place: isGuest(interaction) ? undefined : placeOf(interaction.channel),
      asker: visitorOf(interaction),
      delivery: createReplyDelivery(interaction, services, { locale, receivedAt }),
    };
    await answerQuestion(whole, seat, services);
  });
}

/** In other people's direct messages everybody's talk goes on around the bot. */
const isGuest = (interaction: Answerable) => interaction.context === InteractionContextType.PrivateChannel;

/** Admits, acknowledges, works, and makes room for the next; a refusal is said to the person alone. */
export async function withSeat(
  interaction: Answerable,
  services: Services,
  locale: Locale,
  visibility: 'public' | 'private',
  work: (seat: Seat) => Promise<void>,
): Promise<void> {
  const seat = services.admission.admit(visitorOf(interaction));
  if (typeof seat === 'function') {
    await sayPrivately(interaction, line(seat(messages[locale])));
    return;
  }
  try {
    await acknowledge(interaction, visibility);
    await work(seat);
  } finally {
    seat.leave();
  }
}

function renderProgress(progress: Progress, locale: Locale): Draft {
  const texts = messages[locale].progress;
  switch (progress.step) {
    case 'searching':
      return line(texts.searching);
    case 'reading':
      return line(texts.reading(progress.passages));
    case 'checking':
      return line(texts.checking(progress.quotes));
    case 'proved':
      return { sections: [[texts.proved], [escapeAnswer(progress.text)]] };
  }
}
