import { listArticles } from '../list-articles.ts';
import { acknowledgeUpdate, showReply } from '../respond.ts';
import type { ComponentHandler } from './component.ts';

/** Turns the pages of `/sources`. */
export const list: ComponentHandler = {
  kind: 'list',
  async click(interaction, [page, since, until, ...outlet], { engine }, locale) {
    await acknowledgeUpdate(interaction);
    const filter = {
      ...(since && { since }),
      ...(until && { until }),
      ...(outlet.join(':') !== '' && { outlet: outlet.join(':') }),
    };
    await showReply(interaction, listArticles(engine, filter, Number(page) || 0, locale));
  },
};
