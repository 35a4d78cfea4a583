import { hyperlink, messageLink } from 'discord.js';
import { line } from '../compose.ts';
import { renderMoment } from '../dates.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown, subtext } from '../markdown.ts';
import { messages } from '../messages/index.ts';
import { acknowledge, showReply } from '../respond.ts';
import type { DislikeReason } from '../services.ts';
import { SERVERS_ONLY, type SlashCommand, slash } from './command.ts';
import { MANAGERS, refuseOthers } from './managers.ts';

const SHOWN = 15;
const QUESTION_SHOWN = 160;
const REMARK_SHOWN = 200;

export const gaps: SlashCommand = {
  data: { ...slash(({ gaps }) => gaps), ...SERVERS_ONLY, ...MANAGERS },
  async execute(interaction, { feedback }, locale) {
    if (await refuseOthers(interaction, locale)) return;
    await acknowledge(interaction, 'private');
    const texts = messages[locale];
    const { guildId } = interaction;
    if (feedback === undefined || guildId === null) {
      await showReply(interaction, line(texts.gaps.off));
      return;
    }
    const found = await feedback.listGaps(guildId, SHOWN);
    const ratings = await feedback.summarizeRatings(guildId);
    const reasons = Object.entries(ratings.reasons).map(
      ([reason, times]) => `${texts.rate.reasons[reason as DislikeReason]}: ${times}`,
    );
    await showReply(interaction, {
      sections: [
        [`**${texts.gaps.heading}**`],
        found.length === 0
          ? [texts.gaps.none]
          : found.map(({ question, times, last }) =>
              texts.gaps.line(times, escapeMarkdown(cutText(question, QUESTION_SHOWN)), renderMoment(last)),
            ),
        [
          texts.gaps.ratings(ratings.helpful, ratings.notHelpful),
          ...(reasons.length === 0 ? [] : [subtext(reasons.join(' · '))]),
          ...ratings.remarks.map(({ remark, channelId, messageId }) =>
            subtext(
              `${hyperlink('↗', messageLink(channelId, messageId, guildId))} ${escapeMarkdown(cutText(remark, REMARK_SHOWN))}`,
            ),
          ),
        ],
      ],
    });
  },
};
