import type picocolors from 'picocolors';
import type { Answer, Answered, ArticleInfo, Citation, ScoredPassage } from '../types.ts';
import { LABELS, type Locale, renderDate, SHOWS_CLOSEST } from './labels.ts';

export interface RenderOptions {
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** Columns to wrap at. */
  readonly width: number;
}

/** Longest excerpt of a passage under a refusal. */
const EXCERPT = 240;

/** An answer as people read it at a terminal: answer first, then what proves it. Ends without a line break. */
export function renderAnswer(answer: Answer, options: RenderOptions): string {
  const locale: Locale = answer.language === 'de' ? 'de' : 'en';
  const notes = answer.notes.map((note) => options.colors.yellow(wrap(note.text, options.width)));
  const parts =
    answer.kind === 'answered'
      ? [...notes, ...renderAnswered(answer, locale, options)]
      : [
          wrap(answer.text, options.width),
          ...notes,
          ...(SHOWS_CLOSEST.has(answer.reason) ? renderClosest(answer.closest, locale, options) : []),
          ...renderNearest(answer.nearest, locale, options),
          wrap(answer.suggestion, options.width),
        ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function renderAnswered(answer: Answered, locale: Locale, options: RenderOptions): string[] {
  const { colors, width } = options;
  const labels = LABELS[locale];
  const { verified, repaired, misattributed, notFound } = answer.checks;
  const proved = verified + repaired + misattributed;
  const facts = [
    answer.asOf && labels.asOf(renderDate(answer.asOf, locale)),
    labels.checked(proved, proved + notFound),
  ].filter(Boolean);
  const proofs =
    answer.by === 'model' ? answer.citations.map((citation) => renderProof(citation, locale, options)) : [];
  const sources = [...groupByArticle(answer.citations)].map(([article, markers]) =>
    wrap(`${markers.map((marker) => `[${marker}]`).join('')} ${renderSource(article, locale)}`, width, 4),
  );
  return [
    wrap(answer.text, width),
    ...proofs,
    colors.dim(facts.join(' · ')),
    [colors.bold(labels.sources), ...sources].join('\n'),
  ];
}

function renderProof(citation: Citation, locale: Locale, { colors, width }: RenderOptions): string {
  const lines = [wrap(`[${citation.marker}] ${citation.quote.text}`, width, 4)];
  if (citation.translation) {
    lines.push(
      colors.dim(wrap(`    (${LABELS[locale].uncheckedTranslation}: ${citation.translation})`, width, 4)),
    );
  }
  return lines.join('\n');
}

function renderClosest(
  passages: readonly ScoredPassage[],
  locale: Locale,
  { colors, width }: RenderOptions,
): string[] {
  if (passages.length === 0) return [];
  const excerpts = passages.slice(0, 3).map(({ passage, article }) => {
    const text = passage.text.replace(/\s+/g, ' ');
    const cut = text.length > EXCERPT ? `${text.slice(0, text.lastIndexOf(' ', EXCERPT))} …` : text;
    return `${wrap(cut, width)}\n${colors.dim(wrap(renderSource(article, locale), width))}`;
  });
  return [[colors.bold(LABELS[locale].closest), ...excerpts].join('\n')];
}

function renderNearest(
  nearest: Answer['nearest'],
  locale: Locale,
  { colors, width }: RenderOptions,
): string[] {
  if (nearest.length === 0) return [];
  const lines = nearest.map(({ title, date }) =>
    wrap(`- ${title}${date ? ` (${renderDate(date, locale)})` : ''}`, width, 2),
  );
  return [[colors.bold(LABELS[locale].nearest), ...lines].join('\n')];
}

/** Title, outlet, date and where to find it, as far as they are known. */
export function renderSource(article: ArticleInfo, locale: Locale): string {
  const date = article.date && renderDate(article.date, locale);
  return [article.title, article.source, date, article.url ?? article.path].filter(Boolean).join(' · ');
}

function groupByArticle(citations: readonly Citation[]): Map<ArticleInfo, number[]> {
  const groups = new Map<string, [ArticleInfo, number[]]>();
  for (const { article, marker } of citations) {
    const group = groups.get(article.id);
    if (group) group[1].push(marker);
    else groups.set(article.id, [article, [marker]]);
  }
  return new Map(groups.values());
}

/** Breaks at spaces so that lines fit; lines after the first are indented. A longer word stands alone. */
export function wrap(text: string, width: number, indent = 0): string {
  return text
    .split('\n')
    .map((paragraph) => wrapLine(paragraph, width, indent))
    .join('\n');
}

function wrapLine(text: string, width: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = width - (lines.length > 0 ? indent : 0);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(indent)}`);
}
