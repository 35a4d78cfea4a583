import { Presets, SingleBar } from 'cli-progress';
import type { EmbedSummary } from '../types.ts';

/** What an embed run is doing. */
export type EmbedProgress =
  | { readonly step: 'reading'; readonly articles: number; readonly embedded: number }
  | { readonly step: 'linking'; readonly rows: number; readonly of: number }
  | { readonly step: 'verifying' };

/** Seconds between plain progress lines. */
const LINE_INTERVAL = 5;

/**
 * Shows progress on standard error: a bar on a terminal, a plain line every few seconds elsewhere.
 * @param files number of files to read, for the bar.
 */
export function createEmbedProgress(
  stream: NodeJS.WriteStream,
  files: number,
): { readonly update: (progress: EmbedProgress) => void; readonly stop: () => void } {
  if (!stream.isTTY) {
    let last = Date.now();
    return {
      update: (progress) => {
        if (Date.now() - last < LINE_INTERVAL * 1000) return;
        last = Date.now();
        stream.write(`${describe(progress)}\n`);
      },
      stop: () => {},
    };
  }
  const bar = new SingleBar(
    { format: '{bar} {percentage} % · {what}', stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  return {
    update: (progress) => {
      const [value, total] = measure(progress, files);
      if (!bar.isActive) bar.start(total, value, { what: describe(progress) });
      bar.setTotal(total);
      bar.update(value, { what: describe(progress) });
    },
    stop: () => bar.stop(),
  };
}

function describe(progress: EmbedProgress): string {
  if (progress.step === 'reading')
    return `${progress.articles} articles read, ${progress.embedded} passages embedded`;
  if (progress.step === 'linking') return `${progress.rows} of ${progress.of} passages linked`;
  return 'verifying';
}

function measure(progress: EmbedProgress, files: number): [value: number, total: number] {
  if (progress.step === 'reading') return [progress.articles, Math.max(files, progress.articles)];
  if (progress.step === 'linking') return [progress.rows, progress.of];
  return [1, 1];
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
