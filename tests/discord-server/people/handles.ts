import { ACKNOWLEDGE_WITHIN_MS } from '../limits/deadlines.ts';
import type { Core } from '../world/messages.ts';
import type { Acknowledgement, Choice, Interaction, SeenMessage, SeenModal, User } from '../world/model.ts';
import type { Wait } from '../world/state.ts';
import { type Actor, type By, pushClick, pushModal, pushSelect } from './interactions.ts';

export type WaitForMessage = Wait & { until?: (message: SeenMessage) => boolean };

export type InteractionHandle = {
  readonly id: string;
  readonly token: string;
  readonly kind: Interaction['kind'];
  readonly user: User;
  readonly channelId: string;
  /** Milliseconds on the server's clock. */
  readonly acknowledgedAfter: number | undefined;
  readonly acknowledgement: Acknowledgement | undefined;
  /** Of the first answer. */
  readonly ephemeral: boolean | undefined;
  /** Not acknowledged in time: the person reads "the application did not respond". */
  readonly dead: boolean;
  /** The answer, or the message that was updated. */
  readonly original: SeenMessage | undefined;
  readonly followUps: readonly SeenMessage[];
  acknowledged(wait?: Wait): Promise<void>;
  /** The first answered message, not one that is "thinking"; with `until` the first that fits, in its first fitting state. */
  response(wait?: WaitForMessage): Promise<SeenMessage>;
  choices(wait?: Wait): Promise<Choice[]>;
  modal(wait?: Wait): Promise<SeenModal>;
  /** These wait for the response (the modal) and act on it as the same person in the same place. */
  click(customIdOrLabel: string, by?: By): Promise<InteractionHandle>;
  select(values: string | readonly string[], by?: By & { customId?: string }): Promise<InteractionHandle>;
  submitModal(values: Record<string, string | string[]>, by?: By): Promise<InteractionHandle>;
};

export type MessageHandle = {
  readonly message: SeenMessage;
  /** The first message of the bot that replies to it, stands in its thread, or follows it in the channel without replying. */
  reply(wait?: WaitForMessage): Promise<SeenMessage>;
};

const handles = new WeakMap<Interaction, InteractionHandle>();

/** Always the same handle for one interaction. */
export function openHandle(core: Core, actor: Actor, interaction: Interaction): InteractionHandle {
  const handle = handles.get(interaction) ?? createHandle(core, actor, interaction);
  handles.set(interaction, handle);
  return handle;
}

function createHandle(core: Core, actor: Actor, interaction: Interaction): InteractionHandle {
  const { state } = core;
  const findMessage = (id: string | undefined) => (id === undefined ? undefined : state.messages.get(id));

  function findAnswers(): SeenMessage[] {
    const original = interaction.answered ? findMessage(interaction.originalId) : undefined;
    const followUps = interaction.followUpIds.map(findMessage);
    return [original, ...followUps].filter(
      (message) => message !== undefined && !message.deleted,
    ) as SeenMessage[];
  }

  function describeState(): string {
    const { acknowledgement, acknowledgedAt, createdAt, what, user } = interaction;
    const acknowledged = acknowledgement
      ? `acknowledged (${acknowledgement}) after ${(acknowledgedAt ?? createdAt) - createdAt} ms`
      : `not acknowledged after ${state.clock.now() - createdAt} ms`;
    const shown = findAnswers().map((message) => JSON.stringify(message.text.slice(0, 200)));
    const broken = state.violations.entries
      .slice(-3)
      .map((violation) => `${violation.rule}: ${violation.message}`);
    const parts = [`${what} of ${user.name}: ${acknowledged}`, `shown: ${shown.join(', ') || 'nothing'}`];
    return [...parts, ...(broken.length > 0 ? [`violations: ${broken.join(' | ')}`] : [])].join('; ');
  }

  /** An answer of another kind will never become the one that is waited for. */
  function expectKind(wanted: 'message' | 'choices' | 'modal'): void {
    const { acknowledgement, what } = interaction;
    if (!acknowledgement) return;
    const kind = acknowledgement === 'choices' || acknowledgement === 'modal' ? acknowledgement : 'message';
    if (kind !== wanted)
      throw new Error(`${what} was answered with ${acknowledgement}, not with a ${wanted}`);
  }

  function wait<T>(what: string, options: Wait | undefined, check: () => T | undefined): Promise<T> {
    return state.until(check, { ...options, what: () => `${what}; ${describeState()}` });
  }

  const same = (by: By = {}): Actor => ({ ...actor, ...by });

  const handle: InteractionHandle = {
    id: interaction.id,
    token: interaction.token,
    kind: interaction.kind,
    user: interaction.user,
    channelId: interaction.channel.id,
    get acknowledgedAfter() {
      return interaction.acknowledgedAt === undefined
        ? undefined
        : interaction.acknowledgedAt - interaction.createdAt;
    },
    get acknowledgement() {
      return interaction.acknowledgement;
    },
    get ephemeral() {
      return interaction.ephemeral;
    },
    get dead() {
      return (
        !interaction.acknowledgement && state.clock.now() - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS
      );
    },
    get original() {
      return findMessage(interaction.originalId);
    },
    get followUps() {
      return interaction.followUpIds
        .map(findMessage)
        .filter((message) => message !== undefined) as SeenMessage[];
    },
    async acknowledged(options) {
      await wait('an acknowledgement', options, () => interaction.acknowledgement);
    },
    response({ until, ...options } = {}) {
      return wait('a response', options, () => {
        expectKind('message');
        return findAnswers().find((message) => !message.loading && (!until || until(message)));
      });
    },
    choices: (options) =>
      wait('choices', options, () => {
        expectKind('choices');
        return interaction.choices;
      }),
    modal: (options) =>
      wait('a modal', options, () => {
        expectKind('modal');
        return interaction.modal;
      }),
    async click(name, by) {
      const pressed = same(by);
      return openHandle(core, pressed, pushClick(core, pressed, await handle.response(), name));
    },
    async select(values, by) {
      const choosing = same(by);
      const names = typeof values === 'string' ? [values] : values;
      return openHandle(core, choosing, pushSelect(core, choosing, await handle.response(), names));
    },
    async submitModal(values, by) {
      const sending = same(by);
      const source = findMessage(interaction.sourceMessageId);
      return openHandle(core, sending, pushModal(core, sending, await handle.modal(), values, source));
    },
  };
  return handle;
}

export function createMessageHandle({ state }: Core, message: SeenMessage): MessageHandle {
  const answers = (candidate: SeenMessage) =>
    candidate.author.id === state.bot.id &&
    (candidate.replyTo === message.id ||
      candidate.channelId === message.threadId ||
      (candidate.channelId === message.channelId &&
        candidate.replyTo === undefined &&
        candidate.interactionId === undefined &&
        BigInt(candidate.id) > BigInt(message.id)));
  return {
    message,
    reply: ({ until, ...options } = {}) =>
      state.until(
        () =>
          [...state.messages.values()].find(
            (candidate) => answers(candidate) && !candidate.deleted && (!until || until(candidate)),
          ),
        { ...options, what: () => `a reply to ${JSON.stringify(message.content.slice(0, 80))}` },
      ),
  };
}
