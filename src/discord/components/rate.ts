import {
  type ButtonInteraction,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { line } from '../compose.ts';
import { buildCustomId } from '../custom-id.ts';
import { messages } from '../messages/index.ts';
import { acknowledge, sayPrivately, showReply } from '../respond.ts';
import type { DislikeReason, Rating } from '../services.ts';
import type { ComponentHandler } from './component.ts';

const FIELDS = { reason: 'reason', remark: 'remark' } as const;
const MAX_REMARK = 500;
const REASONS: readonly DislikeReason[] = ['wrong', 'outdated', 'wrong-source', 'other'];

/** Keeps what somebody thinks of an answer; a bad one is asked for its reason first. */
export const rate: ComponentHandler = {
  kind: 'rate',
  async click(interaction, [opinion], { feedback }, locale) {
    const texts = messages[locale].rate;
    if (feedback === undefined) {
      await sayPrivately(interaction, line(texts.off));
      return;
    }
    if (opinion === 'up') {
      await acknowledge(interaction, 'private');
      await feedback.rate({ ...target(interaction, interaction.message.id), helpful: true });
      await showReply(interaction, line(texts.thanks));
      return;
    }
    await interaction.showModal({
      custom_id: buildCustomId('rate', 'down'),
      title: texts.title,
      components: [
        {
          type: ComponentType.Label,
          label: texts.reason,
          component: {
            type: ComponentType.StringSelect,
            custom_id: FIELDS.reason,
            required: true,
            options: REASONS.map((reason) => ({ label: texts.reasons[reason], value: reason })),
          },
        },
        {
          type: ComponentType.Label,
          label: texts.remark,
          component: {
            type: ComponentType.TextInput,
            custom_id: FIELDS.remark,
            style: TextInputStyle.Paragraph,
            max_length: MAX_REMARK,
            required: false,
          },
        },
      ],
    });
  },
  async submit(interaction, _parts, { feedback }, locale) {
    await acknowledge(interaction, 'private');
    const texts = messages[locale].rate;
    const messageId = interaction.message?.id;
    if (feedback === undefined || messageId === undefined) {
      await showReply(interaction, line(texts.off));
      return;
    }
    const [chosen] = interaction.fields.getStringSelectValues(FIELDS.reason);
    const remark = interaction.fields.getTextInputValue(FIELDS.remark).trim();
    await feedback.rate({
      ...target(interaction, messageId),
      helpful: false,
      reason: REASONS.find((reason) => reason === chosen) ?? 'other',
      ...(remark !== '' && { remark }),
    });
    await showReply(interaction, line(texts.thanks));
  },
};

const target = (
  interaction: ButtonInteraction | ModalSubmitInteraction,
  messageId: string,
): Pick<Rating, 'messageId' | 'channelId' | 'guildId' | 'userId'> => ({
  messageId,
  channelId: interaction.channelId ?? '',
  guildId: interaction.guildId ?? undefined,
  userId: interaction.user.id,
});
