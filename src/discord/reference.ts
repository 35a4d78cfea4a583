import { randomBytes } from 'node:crypto';

/** A short word that a person can repeat and that stands in the log beside the fault. */
export const createReference = (): string => randomBytes(3).toString('hex').toUpperCase();
