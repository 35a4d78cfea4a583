import type { Retrieval, Retrieve, Turn } from '../types.ts';
import type { AskModel } from './ask-model.ts';
import { stripHidden } from './inert.ts';
import { buildFollowUpPrompt, buildRewordPrompt } from './prompt.ts';
import { findObjects } from './read-json.ts';

const longestQuestion = 500;
const mostRewordings = 3;
const maxTokens = 300;

/** A follow-up made to stand alone by a model; undefined when it failed or changed nothing. */
export async function rewriteFollowUp(
  question: string,
  history: readonly Turn[],
  ask: AskModel,
): Promise<string | undefined> {
  const result = await ask(
    'rewrite-follow-up',
    { ...buildFollowUpPrompt(question, history), maxTokens },
    hasQuestion,
  );
  const rewritten = result.kind === 'generated' ? readQuestions(result.text)[0] : undefined;
  return rewritten === question ? undefined : rewritten;
}

/**
 * Searches with a question and, in parallel to the first search, has a model put it in other words and the other
 * language, and searches with these. A passage has the best score that any wording gives it.
 */
export const createRewordingRetrieve =
  (retrieve: Retrieve, ask: AskModel): Retrieve =>
  async (question, options) => {
    const [first, result] = await Promise.all([
      retrieve(question, options),
      ask('reword-question', { ...buildRewordPrompt(question), maxTokens }, hasQuestion),
    ]);
    const wordings = result.kind === 'generated' ? readQuestions(result.text).slice(0, mostRewordings) : [];
    const others = await Promise.all(wordings.map((wording) => retrieve(wording, options)));
    return mergeRetrievals([first, ...others]);
  };

function mergeRetrievals(retrievals: readonly [Retrieval, ...Retrieval[]]): Retrieval {
  const [first] = retrievals;
  const found = retrievals.flatMap(({ passages }) => passages).sort((a, b) => b.score - a.score);
  const best = new Map(found.toReversed().map((scored) => [scored.passage.id, scored]));
  const passages = [...best.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, Math.max(1, first.passages.length));
  return { ...first, passages, relevance: Math.max(...retrievals.map(({ relevance }) => relevance)) };
}

const hasQuestion = (reply: string) => readQuestions(reply).length > 0;

/** The questions of a reply, as JSON or one a line; what is no single sensible line is left out. */
export function readQuestions(reply: string): readonly string[] {
  const listed = findObjects(reply, ({ questions }) => Array.isArray(questions))[0]?.questions;
  const lines = Array.isArray(listed) ? listed : reply.split('\n');
  return lines
    .filter((line): line is string => typeof line === 'string')
    .map((line) =>
      stripHidden(line)
        .replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')
        .replace(/^["“„]|["”“]$/g, '')
        .trim(),
    )
    .filter((line) => /\p{L}/u.test(line) && line.length <= longestQuestion && !/https?:|[{}`]/.test(line));
}
