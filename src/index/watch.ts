/**
 * Calls `onChange` soon after an embed run has made another generation current. Asks for the version from time to
 * time, because file events do not reach every container and network drive. Does not keep the process alive.
 * @returns a function that ends it.
 */
export function watchVersion(
  version: () => Promise<string>,
  onChange: () => void,
  intervalMs = 2000,
): () => void {
  let seen: string | undefined;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    // A version that cannot be read says nothing about the next look.
    const content = await version().catch(() => seen);
    if (isOver) return;
    const changed = seen !== undefined && content !== seen;
    seen = content;
    timer = setTimeout(look, intervalMs).unref();
    if (changed) onChange();
  };
  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
