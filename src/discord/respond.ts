import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type InteractionEditReplyOptions,
  type Message,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { GONE, isApiError } from './api-errors.ts';
import { type Body, composeMessages, type Draft } from './compose.ts';
import { cutText, LIMITS } from './limits.ts';
import { stripInvisible } from './markdown.ts';

/** Interactions that are answered with a message. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | MessageComponentInteraction
  | ModalSubmitInteraction;

/** Where new messages go. */
export type Outlet = (body: Body) => Promise<Message>;

/** Tells Discord that an answer is coming. The only thing that can be settled here is who will see it. */
export async function acknowledge(interaction: Answerable, visibility: 'public' | 'private'): Promise<void> {
  await interaction.deferReply(visibility === 'private' ? { flags: MessageFlags.Ephemeral } : {});
}

/** Tells Discord that the message with the clicked control is going to change. */
export async function acknowledgeUpdate(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
): Promise<void> {
  await interaction.deferUpdate();
}

/** Shows a draft in the reply that was acknowledged, and as further messages what does not fit. */
export async function showReply(interaction: Answerable, draft: Draft): Promise<readonly Message[]> {
  const [first, ...more] = composeMessages(draft);
  const shown = [await editReply(interaction, first!)];
  for (const body of more) shown.push(await followUp(interaction, body));
  return shown;
}

export const editReply = (interaction: Answerable, body: Body): Promise<Message> =>
  interaction.editReply(body as InteractionEditReplyOptions);

/** A further message, as private as the reply was. */
export const followUp = (interaction: Answerable, body: Body): Promise<Message> =>
  interaction.followUp({
    ...body,
    flags: interaction.ephemeral === true ? body.flags | MessageFlags.Ephemeral : body.flags,
  });

/**
 * Says something to one person only, whatever has happened before: as the first reply, in place of a reply that
 * everybody is waiting for, or beside the message with the clicked control.
 */
export async function sayPrivately(interaction: Answerable, draft: Draft): Promise<void> {
  const body = composeMessages(draft)[0]!;
  const flags = body.flags | MessageFlags.Ephemeral;
  if (!interaction.deferred && !interaction.replied) {
    await interaction.reply({ ...body, flags });
    return;
  }
  if (interaction.ephemeral === true) {
    await editReply(interaction, body);
    return;
  }
  // A public "thinking" would turn the next message public: it has to go first. After an update there is none.
  if (interaction.ephemeral === false) await deleteReply(interaction);
  await interaction.followUp({ ...body, flags });
}

/** Somebody else may have deleted it first. */
async function deleteReply(interaction: Answerable): Promise<void> {
  try {
    await interaction.deleteReply();
  } catch (error) {
    if (!isApiError(error, GONE)) throw error;
  }
}

/** Suggestions for an option that is being typed. */
export async function suggest(
  interaction: AutocompleteInteraction,
  choices: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  await interaction.respond(
    choices
      .slice(0, LIMITS.choices)
      .map(({ name, value }) => ({ name: cutText(stripInvisible(name), LIMITS.choiceName), value })),
  );
}
