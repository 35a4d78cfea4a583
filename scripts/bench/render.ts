import type { SizeResult } from './measure-size.ts';
import type { AnalysisRates } from './tasks.ts';

export interface BenchReport {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
  };
  /** ISO 8601. */
  readonly date: string;
  readonly text: string;
  readonly seed: number;
  readonly analysis?: AnalysisRates;
  readonly sizes: readonly SizeResult[];
}

/** The report for people: a few plain tables. */
export function renderReport({ machine, date, text, analysis, sizes }: BenchReport): string {
  const blocks = [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}, ${date}\nText: ${text}`,
  ];
  if (analysis) {
    blocks.push(
      renderTable(
        ['', 'passages a second of processor time'],
        [
          [`analysed and encoded, warm (${analysis.words} words each)`, whole(analysis.warmPerSecond)],
          ['the same, every word new', whole(analysis.coldPerSecond)],
          ['opening the model', `${whole(analysis.modelOpenMs)} ms`],
        ],
      ),
    );
  }
  const measured = sizes.map((size) => [
    whole(size.passages),
    ...describeSize(size).map(([, value]) => value),
  ]);
  const [sample] = sizes;
  if (sample) {
    blocks.push(renderTable(['passages', ...describeSize(sample).map(([name]) => name)], measured));
  }
  for (const { passages, race } of sizes) {
    if (race) blocks.push(`${whole(passages)} passages, the same for all\n${renderRace(race)}`);
  }
  return `${blocks.join('\n\n')}\n`;
}

const describeSize = ({
  embed,
  indexMb,
  change,
  ask,
  nearest,
}: SizeResult): (readonly [string, string])[] => [
  ['embed', `${fixed(embed.seconds)} s`],
  ['processor', `${fixed(embed.cpuSeconds)} s`],
  ['peak', `${whole(embed.peakMb)} MB`],
  ['on disk', `${fixed(indexMb)} MB`],
  ['nothing changed', change ? `${fixed(change.nothing.seconds)} s` : '-'],
  ['one article changed', change ? `${fixed(change.one.seconds)} s` : '-'],
  ['ask, from cold', ask ? `${fixed(ask.seconds)} s` : '-'],
  ['open', nearest ? `${whole(nearest.openMs)} ms` : '-'],
  ['nearest p50', nearest ? `${fixed(nearest.p50Ms)} ms` : '-'],
  ['p99', nearest ? `${fixed(nearest.p99Ms)} ms` : '-'],
  ['recall@10 of exact', nearest ? nearest.recallAt10.toFixed(3) : '-'],
];

const renderRace = (race: NonNullable<SizeResult['race']>): string =>
  renderTable(
    [
      'contender',
      'build or open',
      'p50',
      'p99',
      'again',
      'processor',
      'questions/s',
      'German @1',
      '@10',
      'English @1',
      '@10',
      'memory',
      'asked',
    ],
    race.map((result) => [
      result.name,
      `${fixed(result.openSeconds)} s`,
      `${fixed(result.p50Ms)} ms`,
      `${fixed(result.p99Ms)} ms`,
      `${fixed(result.againP50Ms)} ms`,
      `${fixed(result.cpuMs)} ms`,
      whole(result.questionsPerSecond),
      result.recall.de.at1.toFixed(2),
      result.recall.de.at10.toFixed(2),
      result.recall.en.at1.toFixed(2),
      result.recall.en.at10.toFixed(2),
      `${whole(result.rssMb)} MB`,
      whole(result.asked),
    ]),
  );

/** A Markdown table whose columns are padded to the same width; the first is set to the left. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const renderRow = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [renderRow(head), rule, ...rows.map(renderRow)].join('\n');
}

/** Three digits that count; more where there are more before the point. */
const fixed = (value: number): string =>
  value >= 100
    ? whole(value)
    : value >= 10
      ? value.toFixed(1)
      : value >= 1
        ? value.toFixed(2)
        : value.toFixed(3);

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
