import type { Evaluation } from './evaluate.ts';

/** An evaluation as a table for people. Ends without a line break. */
export function renderEvaluation(evaluation: Evaluation): string {
  const { passages, articles, quotes, abstention, questions, questionsPerSecond } = evaluation;
  const names = Object.keys(passages);
  const row = (label: string, cells: readonly string[]) =>
    label.padEnd(12) + cells.map((cell) => cell.padStart(10)).join('');
  return [
    row('', names),
    row(
      'passages',
      names.map((name) => renderShare(passages[name])),
    ),
    row(
      'articles',
      names.map((name) => renderShare(articles[name])),
    ),
    '',
    `quote hits of answers   ${renderShare(quotes.hit)}`,
    `abstention precision    ${renderShare(abstention.precision)}   recall ${renderShare(abstention.recall)}`,
    `questions               ${questions} (${questionsPerSecond.toFixed(0)} a second)`,
  ].join('\n');
}

const renderShare = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(3));
