import type {
  Abstained,
  Answer,
  Answered,
  Citation,
  DateWindow,
  NoteKind,
  ScoredPassage,
} from '../../types.ts';
import type { Draft, Row } from '../compose.ts';
import { button, buttonRow, selectRow } from '../controls.ts';
import { addressParts, buildCustomId, digestPrefix } from '../custom-id.ts';
import { renderDate } from '../dates.ts';
import { escapeAnswer, escapeMarkdown, quoteBlock, subtext } from '../markdown.ts';
import { type Locale, messages } from '../messages/index.ts';
import { labelArticle, renderSource } from './source-line.ts';

export interface AnswerView {
  readonly locale: Locale;
  readonly visibility: 'public' | 'private';
  /** Repeats the question, for readers who cannot see the command. */
  readonly showQuestion: boolean;
  /** Whether *Helpful* and *Not helpful* are offered. */
  readonly rating: boolean;
}

/** An answer as a message: what the reader has to know first, the answer, its proof, where it stands. */
export const renderAnswer = (answer: Answer, view: AnswerView): Draft =>
  answer.kind === 'answered' ? renderAnswered(answer, view) : renderAbstained(answer, view);

function renderAnswered(answer: Answered, view: AnswerView): Draft {
  const { locale } = view;
  const quotes = answer.citations.map((citation) => renderCitation(citation, locale));
  const footer = [
    ...(answer.asOf === undefined ? [] : [messages[locale].answer.asOf(renderDate(answer.asOf, locale))]),
    messages[locale].answer.checks(answer.checks),
  ].join(' · ');
  return {
    tone: 'answer',
    sections: [
      renderNotes(answer),
      ...(answer.by === 'model' ? [[escapeAnswer(answer.text)]] : []),
      spaceOut(quotes),
      [
        ...renderSources(answer.citations, locale),
        subtext(footer),
        ...renderAnswerWindow(answer, locale),
        ...renderQuestion(answer, view),
      ],
    ].filter((section) => section.length > 0),
    rows: [
      ...selectRow(
        buildCustomId('cite'),
        messages[locale].answer.openQuote,
        answer.citations.map(citationChoice),
      ),
      renderButtons(view, view.rating),
    ],
  };
}

function renderAbstained(answer: Abstained, view: AnswerView): Draft {
  const { locale } = view;
  const texts = messages[locale];
  const closest = answer.closest.slice(0, MAX_CLOSEST);
  const nearest = answer.nearest.map((article) => `- ${renderSource(article, locale)}`);
  return {
    tone: 'quiet',
    sections: [
      renderNotes(answer),
      [escapeMarkdown(answer.text), ...(answer.suggestion === '' ? [] : [escapeMarkdown(answer.suggestion)])],
      closest.length === 0
        ? []
        : [
            `**${texts.answer.closest}**`,
            ...closest.map((passage, index) => renderPassage(passage, index + 1, locale)),
          ],
      nearest.length === 0 ? [] : [`**${texts.answer.nearest}**`, ...nearest],
      [...renderAnswerWindow(answer, locale), ...renderQuestion(answer, view)],
    ].filter((section) => section.length > 0),
    rows: [
      ...(closest.length > 0
        ? selectRow(
            buildCustomId('cite'),
            texts.answer.openPassage,
            closest.map((passage, index) => passageChoice(passage, index + 1)),
          )
        : selectRow(
            buildCustomId('open'),
            texts.source.pick,
            answer.nearest.map((article) => ({
              label: labelArticle(article, locale),
              value: article.articleId,
            })),
          )),
      renderButtons(view, false),
    ],
  };
}

/** More would look like an answer. */
const MAX_CLOSEST = 2;

/** A quote with its marker, letter for letter; a translation stands apart and says that nobody checked it. */
export function renderCitation(citation: Citation, locale: Locale): string {
  const quote = quoteBlock(`${escapeMarkdown(citation.quote.text)} **[${citation.marker}]**`);
  if (citation.translation === undefined) return quote;
  return `${quote}\n${subtext(`${messages[locale].answer.translation}: ${escapeMarkdown(citation.translation)}`)}`;
}

/** One line for each article cited, with the markers that lead to it. */
export function renderSources(citations: readonly Citation[], locale: Locale): readonly string[] {
  const byArticle = new Map<string, Citation[]>();
  for (const citation of citations) {
    const known = byArticle.get(citation.article.id);
    if (known === undefined) byArticle.set(citation.article.id, [citation]);
    else known.push(citation);
  }
  return [...byArticle.values()].map((group) => {
    const markers = group.map(({ marker }) => `[${marker}]`).join(' ');
    return subtext(`${markers} ${renderSource(group[0]!.article, locale)}`);
  });
}

/** A passage as a search finds it: its beginning and its source. */
export function renderPassage({ passage, article }: ScoredPassage, number: number, locale: Locale): string {
  const text = shorten(passage.text, PASSAGE_PREVIEW);
  return `${quoteBlock(`${escapeMarkdown(text)} **[${number}]**`)}\n${subtext(renderSource(article, locale))}`;
}

/** Enough to see what a passage is about. */
const PASSAGE_PREVIEW = 400;

/** The beginning of a text, cut between words. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), max / 2))} …`;
}

export const citationChoice = ({ marker, article, passage, quote }: Citation) => ({
  label: `[${marker}] ${article.title}`,
  description: quote.text,
  value: addressParts({
    articleId: quote.articleId,
    ordinal: passage.ordinal,
    quote: quote.span,
    digest: digestPrefix(article),
  }).join(':'),
});

export const passageChoice = ({ passage, article }: ScoredPassage, number: number) => ({
  label: `[${number}] ${article.title}`,
  description: passage.text,
  value: addressParts({
    articleId: article.id,
    ordinal: passage.ordinal,
    digest: digestPrefix(article),
  }).join(':'),
});

const renderNotes = (answer: Answer): readonly string[] =>
  answer.notes.map(({ kind, text }) => `${NOTE_SIGNS[kind]} ${escapeMarkdown(text)}`);

const NOTE_SIGNS: Readonly<Record<NoteKind, string>> = {
  'old-evidence': '⚠️',
  window: '🗓️',
  'sources-disagree': '⚖️',
  development: '🔄',
  'model-failed': 'ℹ️',
};

/** The window of an answer, unless a note says it already. */
const renderAnswerWindow = (answer: Answer, locale: Locale): readonly string[] =>
  answer.notes.some(({ kind }) => kind === 'window') ? [] : renderWindow(answer.window, locale);

/** Blocks with room between them, so that quotes do not run into one another. */
const spaceOut = (blocks: readonly string[]): readonly string[] =>
  blocks.map((block, index) => (index === 0 ? block : `\n${block}`));

export function renderWindow(window: DateWindow | undefined, locale: Locale): readonly string[] {
  if (window?.since === undefined && window?.until === undefined) return [];
  const [since, until] = [window.since, window.until].map((date) => date && renderDate(date, locale));
  return [subtext(messages[locale].answer.window(since, until))];
}

const renderQuestion = (answer: Answer, view: AnswerView): readonly string[] =>
  view.showQuestion && answer.question.trim() !== ''
    ? [
        subtext(
          `${messages[view.locale].answer.question}: ${escapeMarkdown(shorten(answer.question.replaceAll(/\s+/g, ' '), QUESTION_PREVIEW))}`,
        ),
      ]
    : [];

const QUESTION_PREVIEW = 300;

function renderButtons(view: AnswerView, rating: boolean): Row {
  const texts = messages[view.locale].answer;
  return buttonRow(
    button({
      id: buildCustomId('follow', view.visibility === 'private' ? 'p' : 'o'),
      label: texts.followUp,
      emoji: '💬',
    }),
    ...(rating
      ? [
          button({ id: buildCustomId('rate', 'up'), label: texts.helpful, emoji: '👍' }),
          button({ id: buildCustomId('rate', 'down'), label: texts.notHelpful, emoji: '👎' }),
        ]
      : []),
  );
}
