import type { Contender } from './contenders/all.ts';
import type { Search, Supplies } from './contenders/contender.ts';
import { cpuMs, percentile, time } from './measure.ts';
import type { KnownItem } from './questions.ts';

export interface RaceResult {
  readonly name: string;
  /** Seconds to build the index, or to open it where one was built before. */
  readonly openSeconds: number;
  /** The first question, in milliseconds. */
  readonly firstMs: number;
  /** Questions that were timed; fewer than there are for a slow contender. */
  readonly asked: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The same questions once more, whose words have been seen. */
  readonly againP50Ms: number;
  /** Processor time of an average question: what remains of a figure when the machine is busy with other things. */
  readonly cpuMs: number;
  readonly questionsPerSecond: number;
  /** Shares of questions whose passage came first, and among ten: German and English questions. */
  readonly recall: Readonly<Record<'de' | 'en', { readonly at1: number; readonly at10: number }>>;
  /** Resident memory of the process after the questions, and its peak: MB. */
  readonly rssMb: number;
  readonly peakMb: number;
}

/** A contender may ask for this long; what is then unasked is left out of its figures. */
const patienceMs = 30_000;
/** So many questions stand at the front to warm up, and are not timed: after fewer, V8 has not yet compiled what is hot. */
export const warmUpCount = 200;

/** Lets one contender answer the questions, one after the other. Runs in a process of its own. */
export async function race(
  contender: Contender,
  supplies: Supplies,
  questions: readonly KnownItem[],
): Promise<RaceResult> {
  const open = await contender.load();
  const start = await open(supplies);
  const { ms: openMs, result: search } = await time(start);
  const { ms: firstMs } = await time(() => search(questions[0]!.question));
  await warmUp(search, questions.slice(1, warmUpCount), firstMs);

  const timed = questions.slice(warmUpCount);
  const times: number[] = [];
  const ranks: { language: 'de' | 'en'; rank: number }[] = [];
  const cpuStart = cpuMs();
  const end = performance.now() + patienceMs;
  for (const { question, language, passageId } of timed) {
    const { ms, result: ids } = await time(() => search(question));
    times.push(ms);
    ranks.push({ language, rank: ids.indexOf(passageId) });
    if (performance.now() > end) break;
  }
  const cpu = cpuMs() - cpuStart;
  const again: number[] = [];
  for (const { question } of timed.slice(0, times.length)) {
    again.push((await time(() => search(question))).ms);
    if (performance.now() > end + patienceMs / 10) break;
  }
  return {
    name: contender.name,
    openSeconds: openMs / 1000,
    firstMs,
    asked: times.length,
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    againP50Ms: percentile(again, 50),
    cpuMs: cpu / times.length,
    questionsPerSecond: (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0),
    recall: { de: recallOf('de'), en: recallOf('en') },
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };

  function recallOf(asked: 'de' | 'en') {
    const own = ranks.filter(({ language }) => language === asked);
    const share = (best: number) =>
      own.filter(({ rank }) => rank >= 0 && rank < best).length / Math.max(1, own.length);
    return { at1: share(1), at10: share(10) };
  }
}

async function warmUp(search: Search, questions: readonly KnownItem[], firstMs: number): Promise<void> {
  const affordable = Math.floor(patienceMs / 10 / firstMs);
  for (const { question } of questions.slice(0, affordable)) await search(question);
}
