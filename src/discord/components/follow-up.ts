import { ComponentType, TextInputStyle } from 'discord.js';
import { answerInteraction } from '../answer-question.ts';
import { buildCustomId } from '../custom-id.ts';
import { messages } from '../messages/index.ts';
import type { ComponentHandler } from './component.ts';

const FIELD = 'question';

/** As long as a message of a person may be. */
const MAX_QUESTION = 2000;

/** Asks for the next question in a form, and answers it as visibly as the one before. */
export const followUp: ComponentHandler = {
  kind: 'follow',
  async click(interaction, [visibility = 'o'], _services, locale) {
    const texts = messages[locale].followUp;
    await interaction.showModal({
      custom_id: buildCustomId('follow', visibility),
      title: texts.title,
      components: [
        {
          type: ComponentType.Label,
          label: texts.field,
          component: {
            type: ComponentType.TextInput,
            custom_id: FIELD,
            style: TextInputStyle.Paragraph,
            placeholder: texts.example,
            max_length: MAX_QUESTION,
            required: true,
          },
        },
      ],
    });
  },
  async submit(interaction, [visibility], services, locale) {
    await answerInteraction(interaction, services, {
      question: interaction.fields.getTextInputValue(FIELD),
      locale,
      visibility: visibility === 'p' ? 'private' : 'public',
      ...(interaction.message !== null && { after: interaction.message.id }),
    });
  },
};
