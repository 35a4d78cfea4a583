import { de } from './de.ts';
import { en } from './en.ts';
import type { Locale, Messages } from './messages.ts';

export type { Label, Locale, Messages } from './messages.ts';

export const messages: Readonly<Record<Locale, Messages>> = { en, de };

/** The language for a person, by the locale of their Discord client or server: German or English. */
export const resolveLocale = (discordLocale: string | undefined): Locale =>
  discordLocale?.startsWith('de') ? 'de' : 'en';

/** The language for a message, which says nothing about its author: what its words look like. */
export const guessLocale = (text: string): Locale =>
  /[äöüß]|\b(der|das|dem|ein|eine|und|ist|sind|wer|wie|wann|wo|warum|welche[rs]?|haben|nicht|ich|zu|von)\b/i.test(
    text,
  )
    ? 'de'
    : 'en';
