import type { Draft } from './draft.ts';

export async function parsePdf(
  _bytes: Uint8Array,
  _signal?: AbortSignal,
): Promise<Draft | { readonly fault: string }> {
  return { fault: 'PDF cannot be read yet' };
}
