import { messageOf } from '../../errors.ts';
import { describeError } from '../api-errors.ts';
import { line } from '../compose.ts';
import { createReplyDelivery } from '../delivery.ts';
import { messages } from '../messages/index.ts';
import { createReference } from '../reference.ts';
import { acknowledge, sayPrivately } from '../respond.ts';
import { SERVERS_ONLY, type SlashCommand, slash } from './command.ts';
import { MANAGERS, refuseOthers } from './managers.ts';

export const reindex: SlashCommand = {
  data: { ...slash(({ reindex }) => reindex), ...SERVERS_ONLY, ...MANAGERS },
  async execute(interaction, services, locale) {
    if (await refuseOthers(interaction, locale)) return;
    const texts = messages[locale].reindex;
    const receivedAt = services.now();
    const release = services.claimReindex();
    if (release === undefined) {
      await sayPrivately(interaction, line(texts.running));
      return;
    }
    const delivery = createReplyDelivery(interaction, services, { locale, receivedAt });
    try {
      await acknowledge(interaction, 'private');
      delivery.show(line(texts.started));
      const summary = await services.reindex((done, total) =>
        delivery.show(line(texts.progress(done, total))),
      );
      await delivery.finish({
        sections: [
          [
            summary.written
              ? texts.done(summary.articles, summary.passages, (summary.ms / 1000).toFixed(1))
              : texts.unchanged,
            ...(summary.written ? [texts.embedded(summary.embedded)] : []),
            ...(summary.skipped.length > 0 ? [texts.skipped(summary.skipped.length)] : []),
          ],
        ],
      });
    } catch (error) {
      const reference = createReference();
      services.log.error({ reference, error: describeError(error) }, `reindex failed: ${messageOf(error)}`);
      await delivery.finish(line(texts.failed(reference), 'trouble'));
    } finally {
      release();
    }
  },
};
