import { ApplicationCommandType, type Message } from 'discord.js';
import type { Citation, ClaimCheck } from '../../types.ts';
import { withSeat } from '../answer-question.ts';
import { type Draft, line } from '../compose.ts';
import { selectRow } from '../controls.ts';
import { buildCustomId } from '../custom-id.ts';
import { createReplyDelivery } from '../delivery.ts';
import { cutText } from '../limits.ts';
import { escapeMarkdown, subtext } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';
import { citationChoice, renderCitation, renderSources } from '../render/answer.ts';
import { sayPrivately } from '../respond.ts';
import { EVERYWHERE, type MessageCommand } from './command.ts';

const CLAIM_SHOWN = 300;

/** Private, so that nobody is put on the spot by being checked. */
export const checkMessage: MessageCommand = {
  data: {
    type: ApplicationCommandType.Message,
    name: messages.en.commands.checkMessage,
    name_localizations: { de: messages.de.commands.checkMessage },
    ...EVERYWHERE,
  },
  async execute(interaction, services, locale) {
    const receivedAt = services.now();
    const texts = messages[locale].claims;
    const text = readText(interaction.targetMessage);
    if (text === '') {
      await sayPrivately(interaction, line(texts.noText));
      return;
    }
    await withSeat(interaction, services, locale, 'private', async (seat) => {
      const delivery = createReplyDelivery(interaction, services, { locale, receivedAt });
      await seat.turn();
      delivery.show(line(messages[locale].progress.searching));
      try {
        const checks = await services.engine.checkClaims({ text, locale });
        await delivery.finish(checks.length === 0 ? line(texts.none) : renderChecks(checks, locale));
      } finally {
        await delivery.stop();
      }
    });
  },
};

/** What a person reads in a message: its text and that of its embeds. */
function readText(message: Message): string {
  const embeds = message.embeds.flatMap(({ title, description }) => [title, description]);
  return [message.content, ...embeds].filter(Boolean).join('\n\n').trim();
}

/** Claims with verdicts and quotes; markers count through the whole message. */
function renderChecks(checks: readonly ClaimCheck[], locale: Locale): Draft {
  const texts = messages[locale];
  const all: Citation[] = [];
  const sections = checks.map((check) => {
    const citations = check.citations.map((citation, index) => ({
      ...citation,
      marker: all.length + index + 1,
    }));
    all.push(...citations);
    return [
      `**${VERDICT_SIGNS[check.verdict]} ${texts.claims.verdict[check.verdict]}:** ${escapeMarkdown(cutText(check.claim, CLAIM_SHOWN))}`,
      ...citations.map((citation) => renderCitation(citation, locale)),
      ...renderSources(citations, locale),
    ];
  });
  return {
    tone: 'answer',
    sections: [...sections, [subtext(texts.claims.coverage)]],
    rows: selectRow(buildCustomId('cite'), texts.answer.openQuote, all.map(citationChoice)),
  };
}

const VERDICT_SIGNS: Readonly<Record<ClaimCheck['verdict'], string>> = {
  supported: '✅',
  contradicted: '❌',
  covered: '📄',
  'not-covered': '➖',
};
