import type { RankSentences, ScoredPassage, ScoredSentence, Span } from '../types.ts';
import type { Gate, Proof, ReadArticle } from './citations.ts';
import { announcesNext, needsPrevious } from './context.ts';
import type { Limits } from './limits.ts';
import { normalise } from './normalise.ts';

/** A sentence and where it stands: `sentences[index]` of the passage. */
export interface Candidate {
  readonly found: ScoredPassage;
  readonly sentences: readonly ScoredSentence[];
  readonly index: number;
  readonly sentence: ScoredSentence;
}

/** Sentences `from`..`to` (inclusive) of a passage. */
interface Run {
  readonly found: ScoredPassage;
  readonly sentences: readonly ScoredSentence[];
  readonly from: number;
  readonly to: number;
}

/**
 * The one to three sentences that answer best, verbatim: [] when none is sure enough. Articles come in the order of
 * their best sentence, quotes of an article in reading order; sentences that stand together are one quote. A sentence
 * that makes sense only after its predecessor, or that announces its successor, is quoted with it.
 */
export function extractQuotes(
  candidates: readonly Candidate[],
  gate: Gate,
  limits: Pick<Limits, 'confidence' | 'companion' | 'sentences'>,
): readonly Proof[] {
  const best = candidates[0];
  if (!best || best.sentence.confidence < limits.confidence) return [];

  const runs: Run[] = [];
  let room = limits.sentences;
  for (const candidate of candidates) {
    const { confidence } = candidate.sentence;
    if (
      room === 0 ||
      confidence < limits.confidence ||
      confidence < best.sentence.confidence * limits.companion
    )
      break;
    if (runs.some((run) => covers(run, candidate) || repeats(run, candidate))) continue;
    const run = addContext(candidate, room);
    const taken = countNew(run, runs);
    if (!run || taken > room) continue;
    runs.push(run);
    room -= taken;
  }
  return joinRuns(runs)
    .map(({ found, sentences, from, to }) => {
      const span: Span = [sentences[from]!.span[0], sentences[to]!.span[1]];
      const { passage } = found;
      const text = passage.text.slice(span[0] - passage.span[0], span[1] - passage.span[0]);
      return gate(text, passage.key);
    })
    .filter((proof) => proof !== undefined);
}

/** Sentences with figures that are sure enough to answer by themselves, best first. */
export const findSureFigures = (
  candidates: readonly Candidate[],
  gate: Gate,
  { confidence }: Pick<Limits, 'confidence'>,
): readonly Proof[] =>
  candidates
    .filter(({ sentence }) => sentence.confidence >= confidence && /\d/.test(sentence.text))
    .map(({ found, sentence }) => gate(sentence.text, found.passage.key))
    .filter((proof) => proof !== undefined);

/** Sentences of the passages, best first, headings left out; each sentence once, although passages may overlap. */
export function rankCandidates(
  question: string,
  passages: readonly ScoredPassage[],
  { rankSentences, readArticle }: { rankSentences: RankSentences; readArticle: ReadArticle },
): readonly Candidate[] {
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  rankSentences(question, passages).forEach((sentences, position) => {
    const found = passages[position]!;
    const headings = readArticle(found.article.id)?.headings ?? [];
    sentences.forEach((sentence, index) => {
      const place = `${found.article.id} ${sentence.span[0]}`;
      const isHeading = headings.some(([start, end]) => sentence.span[0] >= start && sentence.span[1] <= end);
      if (isHeading || seen.has(place)) return;
      seen.add(place);
      candidates.push({ found, sentences, index, sentence });
    });
  });
  return candidates.sort(
    (a, b) => b.sentence.confidence - a.sentence.confidence || b.sentence.score - a.sentence.score,
  );
}

/** The candidate with the neighbours it needs, as far as there is room; undefined when there is not even for these. */
function addContext({ found, sentences, index }: Candidate, room: number): Run | undefined {
  let from = index;
  let to = index;
  const size = () => to - from + 1;
  while (from > 0 && size() < room && needsPrevious(sentences[from]!.text)) from--;
  const next = sentences[to + 1];
  if (next && size() < room && announcesNext(sentences[to]!.text, next.text)) to++;
  return size() <= room ? { found, sentences, from, to } : undefined;
}

const inRun = (run: Run, found: ScoredPassage, index: number) =>
  run.found === found && index >= run.from && index <= run.to;

const covers = (run: Run, { found, index }: Candidate) => inRun(run, found, index);

/** Sentences of a run that no earlier run has. */
function countNew(run: Run | undefined, runs: readonly Run[]): number {
  if (!run) return 0;
  let count = 0;
  for (let index = run.from; index <= run.to; index++)
    if (!runs.some((earlier) => inRun(earlier, run.found, index))) count++;
  return count;
}

/** Whether a run already says what a candidate says, in the same words: agency text in several papers. */
const repeats = (run: Run, { sentence }: Candidate): boolean =>
  run.sentences
    .slice(run.from, run.to + 1)
    .some(({ text }) => normalise(text).text === normalise(sentence.text).text);

/** Runs that touch become one; articles keep the order of their best run, runs the order of reading. */
function joinRuns(runs: readonly Run[]): readonly Run[] {
  const rank = new Map<string, number>();
  for (const { found } of runs) if (!rank.has(found.article.id)) rank.set(found.article.id, rank.size);
  const start = (run: Run) => run.sentences[run.from]!.span[0];
  const ordered = [...runs].sort(
    (a, b) => rank.get(a.found.article.id)! - rank.get(b.found.article.id)! || start(a) - start(b),
  );
  const joined: Run[] = [];
  for (const run of ordered) {
    const last = joined.at(-1);
    if (last && last.found === run.found && run.from <= last.to + 1)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, run.to) };
    else joined.push(run);
  }
  return joined;
}
