/** Discord's limits, from its developer documentation. Every text that leaves passes through here. */
export const LIMITS = {
  /** Characters over all text displays of one message (components V2). */
  messageText: 4000,
  /** Components of one message, nested ones included. */
  components: 40,
  customId: 100,
  selectOptions: 25,
  /** Label and description of a select option. */
  optionText: 100,
  choices: 25,
  choiceName: 100,
  buttonLabel: 80,
  modalTitle: 45,
  /** Label above a modal's field. */
  fieldLabel: 45,
  /** An interaction's token is dead after this. */
  tokenMs: 15 * 60_000,
} as const;

/** Least time between two edits of one message. */
export const EDIT_INTERVAL_MS = 1500;

/** Answers that would arrive later than this are posted to the channel: the token is about to die. */
export const TOKEN_SAFE_MS = LIMITS.tokenMs - 30_000;

/** A typing indicator lasts ten seconds; it is renewed before that. */
export const TYPING_INTERVAL_MS = 8000;

/** `text` with at most `max` characters, never cut inside a code point; the last one is `…` when something is missing. */
export function cutText(text: string, max: number): string {
  const points = [...text];
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
