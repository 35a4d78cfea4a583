import { copyFileSync, linkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { bytesOf, digestFile, type FileDigest, flushFile, flushFolder, writeFlushed } from './files.ts';
import { formatVersion, type Manifest, manifestPath, renderManifest, type SegmentInfo } from './manifest.ts';
import { planMerge } from './merge-policy.ts';
import { type MergeSource, mergeSegments } from './merge-segments.ts';
import { type Generation, type Report, reportFile } from './open-generation.ts';
import { openSegment } from './open-segment.ts';
import { segmentFile, segmentFileNames } from './segment-format.ts';
import { createTermNumbering } from './term-numbering.ts';
import { openVectorFile } from './vector-file.ts';
import { graphFrom as defaultGraphFrom, writeGraph } from './vectors.ts';
import { createSegmentWriter, type WrittenSegment } from './write-segment.ts';

/** Rows linked between two turns of the event loop. */
const turn = 64;

/** What a generation will be made of. */
export interface GenerationDraft {
  readonly folder: string;
  readonly generation: number;
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly settings: string;
  readonly report: Report;
  readonly corpusDigest: string;
  readonly articles: number;
  /** Earlier generation whose segments stay, but for the articles that are not in `kept`. */
  readonly base: Generation | undefined;
  readonly kept: ReadonlySet<string>;
  /** Segment of the articles that are new; undefined when there are none. */
  readonly added: WrittenSegment | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Completes a generation in its folder: unchanged segments are linked, small ones merged, graphs built, all flushed.
 * `linked` names the segments whose files are those of `base`, which were checked when it was opened.
 */
export async function writeGeneration(
  draft: GenerationDraft,
  onLink: (rows: number, of: number) => void,
  graphFrom = defaultGraphFrom,
): Promise<{ readonly manifest: Manifest; readonly linked: ReadonlySet<string> }> {
  const { base, folder, kept } = draft;
  const sources: MergeSource[] = (base?.segments ?? []).map((segment) => ({
    segment,
    isKept: (article) => !segment.isDead(article) && kept.has(segment.articles[article]!.id),
  }));
  const sizes = sources.map(sizeOf);
  if (draft.added) sizes.push({ rows: draft.added.info.rows, live: draft.added.info.rows });
  const staying = planMerge(sizes);

  let written = draft.added;
  if (staying < sizes.length) written = await mergeTail(draft, sources, staying);
  if (written && written.info.rows * draft.dimensions >= graphFrom)
    written = await addGraph(draft, written, onLink);

  const files: Record<string, FileDigest> = {};
  const linked = new Set<string>();
  const segments: SegmentInfo[] = [];
  for (const source of sources.slice(0, staying)) {
    const { info } = source.segment;
    const names = segmentFileNames(info);
    for (const name of names) files[name] = base!.manifest.files[name]!;
    const isLinked = names.map((name) => linkFile(path.join(base!.folder, name), path.join(folder, name)));
    if (isLinked.every(Boolean)) linked.add(info.name);
    const dead = deadOf(source);
    if (dead.length > 0) {
      const name = segmentFile(info.name, 'dead');
      files[name] = writeFlushed(path.join(folder, name), bytesOf(Uint32Array.from(dead)));
    }
    segments.push(info);
  }
  if (written && written.info.articles > 0) {
    Object.assign(files, written.files);
    segments.push(written.info);
  }
  files[reportFile] = writeFlushed(path.join(folder, reportFile), JSON.stringify(draft.report));
  const manifest: Manifest = {
    format: formatVersion,
    generation: draft.generation,
    builtAt: new Date().toISOString(),
    fingerprint: draft.fingerprint,
    dimensions: draft.dimensions,
    settings: draft.settings,
    corpusDigest: draft.corpusDigest,
    articles: draft.articles,
    passages:
      sources.slice(0, staying).reduce((sum, source) => sum + sizeOf(source).live, 0) +
      (written?.info.rows ?? 0),
    segments,
    files,
  };
  writeFlushed(manifestPath(folder), renderManifest(manifest));
  flushFolder(folder);
  return { manifest, linked };
}

/** Makes one segment of those from `first` on and of the new one, whose files it removes. */
async function mergeTail(
  draft: GenerationDraft,
  sources: readonly MergeSource[],
  first: number,
): Promise<WrittenSegment> {
  const { base, folder, added, dimensions, signal } = draft;
  const earlier = sources.slice(0, first).map(({ segment }) => segment.terms);
  const numbering = createTermNumbering(
    earlier.reduce((sum, terms) => sum + terms.count, 0),
    (term) => earlier.reduce((found, terms) => (found >= 0 ? found : terms.find(term)), -1),
  );
  const oldTerms = base?.index.termCount ?? 0;
  const newest =
    added &&
    (await openSegment(added.info, {
      ...added,
      folder,
      dimensions,
      termBase: oldTerms,
      search: false,
    }));
  const writer = createSegmentWriter(folder, `${draft.generation}-merged`);
  try {
    const tail = sources.slice(first);
    if (newest) tail.push({ segment: newest, isKept: () => true });
    const termOf = (id: number): string => (id < oldTerms ? base!.index.term(id) : newest!.terms.at(id));
    await mergeSegments(tail, termOf, writer, numbering, signal);
    return writer.finish(numbering.added, numbering.count());
  } finally {
    writer.abandon();
    newest?.close();
    for (const name of Object.keys(added?.files ?? {})) rmSync(path.join(folder, name));
  }
}

/** Builds the graph of a segment. */
async function addGraph(
  draft: GenerationDraft,
  written: WrittenSegment,
  onLink: (rows: number, of: number) => void,
): Promise<WrittenSegment> {
  const { info, files } = written;
  const { folder, dimensions } = draft;
  const name = segmentFile(info.name, 'graph');
  const vectors = openVectorFile(
    path.join(folder, segmentFile(info.name, 'vectors')),
    dimensions,
    info.rows,
    1024,
  );
  try {
    await writeGraph(path.join(folder, name), {
      rows: info.rows,
      dimensions,
      vectorAt: vectors.at,
      async onRow(row) {
        if (row % turn !== 0) return;
        await setImmediate();
        draft.signal?.throwIfAborted();
        onLink(row, info.rows);
      },
    });
  } finally {
    vectors.close();
  }
  // Only what is read back is known to be on the disk; the check of the generation asks it.
  const digest = await digestFile(path.join(folder, name));
  return { info: { ...info, graph: true }, files: { ...files, [name]: digest } };
}

function sizeOf({ segment, isKept }: MergeSource): { readonly rows: number; readonly live: number } {
  const live = segment.articles.reduce((sum, { rows }, article) => sum + (isKept(article) ? rows : 0), 0);
  return { rows: segment.info.rows, live };
}

function deadOf({ segment, isKept }: MergeSource): number[] {
  return [...segment.articles.keys()].filter((article) => !isKept(article));
}

/** Brings a file of an unchanged segment into the folder; false when the disk cannot link and it had to be copied. */
function linkFile(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    copyFileSync(from, to);
    flushFile(to);
    return false;
  }
}
