import { Presets, SingleBar } from 'cli-progress';
import type { EmbedSummary } from '../types.ts';

/** How far an embed run is. `articles` read so far; `total` is known once the folder has been listed. */
export interface EmbedProgress {
  readonly articles: number;
  readonly total?: number;
  readonly passages: number;
}

/** Seconds between plain progress lines. */
const LINE_INTERVAL = 5;

/** Shows progress on standard error: a bar on a terminal, a plain line every few seconds elsewhere. */
export function createEmbedProgress(stream: NodeJS.WriteStream): {
  readonly update: (progress: EmbedProgress) => void;
  readonly stop: () => void;
} {
  if (!stream.isTTY) {
    let last = Date.now();
    return {
      update: ({ articles, total, passages }) => {
        if (Date.now() - last < LINE_INTERVAL * 1000) return;
        last = Date.now();
        stream.write(`${articles}${total ? ` of ${total}` : ''} files, ${passages} passages\n`);
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} files · {passages} passages',
      stream,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: ({ articles, total, passages }) => {
      if (!started) bar.start(total ?? articles, 0, { passages: 0 });
      started = true;
      bar.setTotal(Math.max(total ?? 0, articles));
      bar.update(articles, { passages });
    },
    stop: () => bar.stop(),
  };
}

/** Skipped files and duplicates named in a summary before it only counts the rest. */
const NAMED = 20;

/** What an embed run did, for people. Ends without a line break. */
export function renderSummary(summary: EmbedSummary, indexDir: string): string {
  const languages = Object.entries(summary.languages)
    .sort(([, a], [, b]) => b - a)
    .map(([language, articles]) => `${articles} ${language}`)
    .join(', ');
  const lines = [
    `${plural(summary.articles, 'article')} (${languages || 'none'}), ${plural(summary.passages, 'passage')}, ${summary.embedded} embedded in this run`,
    summary.written
      ? `index ${indexDir}, generation ${summary.generation}, ${(summary.ms / 1000).toFixed(2)} s`
      : `nothing has changed; generation ${summary.generation} stays, ${(summary.ms / 1000).toFixed(2)} s`,
    ...list(
      'duplicate',
      summary.duplicates.map(({ path, of }) => `${path} is the same as ${of}`),
    ),
    ...list(
      'skipped',
      summary.skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
    ...list('warning', summary.warnings),
  ];
  return lines.join('\n');
}

function list(kind: string, entries: readonly string[]): string[] {
  const shown = entries.slice(0, NAMED).map((entry) => `${kind}: ${entry}`);
  return entries.length > NAMED
    ? [...shown, `${kind}: ${entries.length - NAMED} more (--json names all)`]
    : shown;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
