import { z } from 'zod';
import { Fault } from '../errors.ts';
import type { Article, Span } from '../types.ts';

const place = z.object({
  /** Path of the article inside the corpus folder. */
  article: z.string().min(1),
  answer: z.string().min(1),
  start: z.number().int().min(0).optional(),
  end: z.number().int().min(1).optional(),
});

const questionLine = z.union([
  z.object({ id: z.string(), question: z.string().min(1), abstain: z.literal(true) }),
  place.extend({ id: z.string(), question: z.string().min(1), also: z.array(place).default([]) }),
]);

/** A place where the answer stands: an article and where to look in it. */
export type Place = z.output<typeof place>;

/** A question with every right place, or with none when the right answer is to abstain. */
export interface GoldQuestion {
  readonly id: string;
  readonly question: string;
  readonly places: readonly Place[];
}

/**
 * Questions of a JSONL text; empty lines are skipped.
 * @throws {Fault} naming file and line of everything that is wrong.
 */
export function parseQuestions(text: string, file: string): GoldQuestion[] {
  const questions: GoldQuestion[] = [];
  const faults: string[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const parsed = questionLine.safeParse(parseJson(line));
    if (parsed.success) questions.push(toGold(parsed.data));
    else faults.push(`  line ${index + 1}: ${z.prettifyError(parsed.error).split('\n')[0]}`);
  }
  if (faults.length > 0) {
    throw new Fault(
      `${file}: ${faults.length} lines are no question. Expected {"id","question","article","answer"} or {"id","question","abstain":true}:\n${faults.slice(0, 10).join('\n')}`,
    );
  }
  if (questions.length === 0)
    throw new Fault(`${file}: holds no questions; put one JSON object on each line.`);
  return questions;
}

function toGold(line: z.output<typeof questionLine>): GoldQuestion {
  const places = 'abstain' in line ? [] : [line, ...line.also];
  return { id: line.id, question: line.question, places };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Where the answer stands in the article's body: the given offsets when the answer is really there,
 * else its first occurrence, white space taken as equal; undefined when it is not in the article.
 */
export function locateAnswer(article: Article, { answer, start, end }: Place): Span | undefined {
  if (start !== undefined && end !== undefined && article.body.slice(start, end) === answer)
    return [start, end];
  const at = article.body.indexOf(answer);
  if (at >= 0) return [at, at + answer.length];
  const pattern = answer
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const match = new RegExp(pattern, 'u').exec(article.body);
  return match ? [match.index, match.index + match[0].length] : undefined;
}
