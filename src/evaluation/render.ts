import type { WrittenAnswers } from './answers.ts';
import type { Evaluation } from './evaluate.ts';

/** An evaluation as a table for people. Ends without a line break. */
export function renderEvaluation(evaluation: Evaluation, answers?: WrittenAnswers): string {
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
    ...(answers ? ['', ...renderWritten(answers)] : []),
  ].join('\n');
}

const renderShare = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(3));

function renderWritten({
  written,
  allVerified,
  claims,
  quotes,
  calls,
  tokens,
  callMs,
}: WrittenAnswers): string[] {
  const failures = Object.entries(calls.failed).map(([failure, count]) => `${count} ${failure}`);
  return [
    `written by the model    ${renderShare(written)}   all quotes verified ${renderShare(allVerified)}`,
    `claims                  ${claims.proved} proved, ${claims.unquoted} without a quote that is found, ${claims.unproved} saying more than their quotes`,
    `quotes shown            ${quotes.verified} verified, ${quotes.repaired} repaired, ${quotes.misattributed} misattributed; ${quotes.notFound} not found`,
    `calls                   ${calls.answered} answered, failed: ${failures.join(', ') || 'none'}`,
    `a call                  p50 ${renderMs(callMs.p50)}, p95 ${renderMs(callMs.p95)}; ${tokens.input} tokens in, ${tokens.output} out in all`,
  ];
}

const renderMs = (ms: number | null) => (ms === null ? '-' : `${ms.toFixed(0)} ms`);
