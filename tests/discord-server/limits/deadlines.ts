/** An interaction not acknowledged by then is dead. */
export const ACKNOWLEDGE_WITHIN_MS = 3000;

/** After that the token of an interaction opens nothing any more. */
export const TOKEN_LIVES_MS = 15 * 60 * 1000;
