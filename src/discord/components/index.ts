import type { ComponentHandler } from './component.ts';
import { followUp } from './follow-up.ts';
import { list } from './list.ts';
import { cite, open, passage } from './open.ts';
import { rate } from './rate.ts';

export const componentHandlers: readonly ComponentHandler[] = [cite, open, passage, list, followUp, rate];
