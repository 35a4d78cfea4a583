/**
 * A fault a person can mend: a missing file, a wrong option, an index made by another model.
 * The message names the thing, says what is wrong and what to do next; it is shown without a stack trace.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a system error (`ENOENT`, `EACCES`, ...), or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
