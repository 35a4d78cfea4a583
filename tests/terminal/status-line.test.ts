import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localeOf } from '../../src/terminal/labels.ts';
import { createStatusLine } from '../../src/terminal/status-line.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(isTTY: boolean, question: string) {
  let shown = '';
  const stream = { isTTY, write: (text: string) => (shown += text) } as unknown as NodeJS.WriteStream;
  return { status: createStatusLine(stream, localeOf(question)), shown: () => shown };
}

test.each([
  ['what did Russia demand?', 'reading 4 passages …'],
  ['Was hat die Regierung gefordert?', 'liest 4 Textstellen …'],
])('says in the language of "%s" what is being done, and goes with the answer', (question, text) => {
  const { status, shown } = open(true, question);
  status.show({ step: 'reading', passages: 4 });
  expect(shown()).toBe('');
  vi.advanceTimersByTime(1000);
  expect(shown()).toContain(text);
  status.clear();
  expect(shown().endsWith('\r\u001b[K')).toBe(true);
});

test.each([
  ['a quick answer', true],
  ['what is not a terminal', false],
])('%s shows nothing', (_, isTTY) => {
  const { status, shown } = open(isTTY, 'who?');
  status.show({ step: 'searching' });
  if (isTTY) status.clear();
  vi.advanceTimersByTime(1000);
  expect(shown()).toBe('');
});
