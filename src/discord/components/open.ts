import { line } from '../compose.ts';
import { parseAddress } from '../custom-id.ts';
import { messages } from '../messages/index.ts';
import { openArticle, openPassage } from '../open-article.ts';
import { acknowledge, acknowledgeUpdate, showReply } from '../respond.ts';
import type { ComponentHandler } from './component.ts';

/** Opens a citation or a found passage, for the one who chose it. */
export const cite: ComponentHandler = {
  kind: 'cite',
  async choose(interaction, _parts, { engine }, locale) {
    await acknowledge(interaction, 'private');
    const address = parseAddress((interaction.values[0] ?? '').split(':'));
    await showReply(
      interaction,
      address === undefined
        ? line(messages[locale].manners.outdatedControl)
        : openPassage(engine, address, locale),
    );
  },
};

/** Opens an article of a list. */
export const open: ComponentHandler = {
  kind: 'open',
  async choose(interaction, _parts, { engine }, locale) {
    await acknowledge(interaction, 'private');
    await showReply(interaction, openArticle(engine, interaction.values[0] ?? '', locale));
  },
};

/** Turns to a neighbouring passage in an opened article. */
export const passage: ComponentHandler = {
  kind: 'passage',
  async click(interaction, parts, { engine }, locale) {
    await acknowledgeUpdate(interaction);
    const address = parseAddress(parts);
    await showReply(
      interaction,
      address === undefined
        ? line(messages[locale].manners.outdatedControl)
        : openPassage(engine, address, locale),
    );
  },
};
