import type { Manifest } from '../index/manifest.ts';
import { segmentFile } from '../index/segment-format.ts';
import type { Database } from './connect.ts';

/** The current generation of a database; undefined before the first one. */
export async function readCurrent(
  database: Database,
): Promise<{ readonly id: number; readonly manifest: Manifest } | undefined> {
  const [row] = await database.query<{ id: number; manifest: string }>(
    'SELECT id, manifest FROM fundstelle_generations ORDER BY id DESC LIMIT 1',
  );
  // What `publishIndex` wrote; the files it names are checked by their digests.
  return row && { id: row.id, manifest: JSON.parse(row.manifest) as Manifest };
}

/** Number of the current generation as a text, '' before the first one. */
export async function readVersion(database: Database): Promise<string> {
  const [row] = await database.query<{ id: number | null }>(
    'SELECT max(id) AS id FROM fundstelle_generations',
  );
  return String(row?.id ?? '');
}

/** A generation as it stands in the database: numbered there, and without the files that its vectors replace. */
export function toShared(manifest: Manifest, generation: number): Manifest {
  const replaced = new Set(
    manifest.segments.flatMap(({ name }) => [segmentFile(name, 'vectors'), segmentFile(name, 'graph')]),
  );
  const files = Object.entries(manifest.files).filter(([name]) => !replaced.has(name));
  return {
    ...manifest,
    generation,
    segments: manifest.segments.map((segment) => ({ ...segment, graph: false })),
    files: Object.fromEntries(files),
  };
}
