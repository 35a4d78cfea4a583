import { withSeat } from '../answer-question.ts';
import { line } from '../compose.ts';
import { selectRow } from '../controls.ts';
import { buildCustomId } from '../custom-id.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown } from '../markdown.ts';
import { messages } from '../messages/index.ts';
import { passageChoice, renderPassage } from '../render/answer.ts';
import { showReply } from '../respond.ts';
import { EVERYWHERE, type SlashCommand, slash, textOption } from './command.ts';

const RESULTS = 5;

/** Enough to recognise what was looked for. */
const QUERY_SHOWN = 100;

export const search: SlashCommand = {
  data: {
    ...slash(({ search }) => search),
    ...EVERYWHERE,
    options: [textOption(({ search }) => search.query, { required: true })],
  },
  async execute(interaction, services, locale) {
    const query = interaction.options.getString('query', true);
    const texts = messages[locale];
    await withSeat(interaction, services, locale, 'private', async (seat) => {
      await seat.turn();
      const { passages } = await services.engine.search(query, { limit: RESULTS });
      if (passages.length === 0) {
        await showReply(interaction, line(texts.search.none));
        return;
      }
      await showReply(interaction, {
        sections: [
          [`**${escapeMarkdown(texts.search.heading(cutText(query, QUERY_SHOWN)))}**`],
          ...passages.map((passage, index) => [renderPassage(passage, index + 1, locale)]),
        ],
        rows: selectRow(
          buildCustomId('cite'),
          texts.answer.openPassage,
          passages.map((passage, index) => passageChoice(passage, index + 1)),
        ),
      });
    });
  },
};
