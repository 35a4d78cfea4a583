import type { Progress } from '../types.ts';
import { LABELS, type Locale } from './labels.ts';

/** Quick answers need no status line; only what takes longer than this shows one. */
const DELAY_MS = 300;

/**
 * One line on a terminal that says what is being done and disappears with the answer; nothing elsewhere.
 * Only steps are shown, never text that is not yet proved.
 */
export function createStatusLine(
  stream: NodeJS.WriteStream,
  locale: Locale,
): { readonly show: (progress: Progress) => void; readonly clear: () => void } {
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  let shown = false;
  const draw = () => {
    timer = undefined;
    shown = true;
    stream.write(`\r\u001b[K${text}`);
  };
  return {
    show: (progress) => {
      text = describe(progress, locale);
      if (!stream.isTTY) return;
      if (shown) draw();
      else timer ??= setTimeout(draw, DELAY_MS);
    },
    clear: () => {
      clearTimeout(timer);
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}

function describe(progress: Progress, locale: Locale): string {
  const labels = LABELS[locale];
  if (progress.step === 'reading') return labels.reading(progress.passages);
  if (progress.step === 'checking') return labels.checking(progress.quotes);
  if (progress.step === 'proved') return labels.checking(progress.citations.length);
  return labels.searching;
}
