import type { ClaimCheck, PartialDate, QuoteChecks } from '../../types.ts';
import type { DislikeReason } from '../services.ts';

export type Locale = 'en' | 'de';

/** Name and description of a command or an option, as Discord shows them while somebody types. */
export interface Label {
  readonly name: string;
  readonly description: string;
}

/** Every text the bot shows. One object a language: what is missing does not type-check. Dates come in rendered. */
export interface Messages {
  readonly commands: {
    readonly ask: Label & {
      readonly question: Label;
      readonly since: Label;
      readonly until: Label;
      readonly private: Label;
    };
    readonly source: Label & { readonly article: Label };
    readonly sources: Label & { readonly outlet: Label; readonly since: Label; readonly until: Label };
    readonly search: Label & { readonly query: Label };
    readonly status: Label;
    readonly gaps: Label;
    readonly reindex: Label;
    readonly forget: Label;
    /** Name of the message command. */
    readonly checkMessage: string;
  };
  readonly progress: {
    readonly searching: string;
    readonly reading: (passages: number) => string;
    readonly checking: (quotes: number) => string;
    readonly proved: string;
  };
  readonly answer: {
    readonly asOf: (date: string) => string;
    readonly checks: (checks: QuoteChecks) => string;
    readonly window: (since: string | undefined, until: string | undefined) => string;
    readonly translation: string;
    readonly question: string;
    readonly nearest: string;
    readonly closest: string;
    readonly openQuote: string;
    readonly openPassage: string;
    readonly followUp: string;
    readonly helpful: string;
    readonly notHelpful: string;
    /** Above an answer that comes too late for a reply. */
    readonly late: (asker: string) => string;
  };
  readonly claims: {
    readonly verdict: Readonly<Record<ClaimCheck['verdict'], string>>;
    readonly noText: string;
    readonly none: string;
    readonly coverage: string;
  };
  readonly source: {
    readonly untitled: string;
    readonly undated: string;
    readonly passage: (number: number, of: number) => string;
    readonly length: (words: number, passages: number) => string;
    readonly open: string;
    readonly previous: string;
    readonly next: string;
    readonly changed: string;
    readonly gone: string;
    readonly notFound: (typed: string) => string;
    readonly similar: (typed: string) => string;
    readonly onlySimilar: (typed: string) => string;
    readonly pick: string;
  };
  readonly sources: {
    readonly heading: (articles: number) => string;
    readonly page: (page: number, of: number) => string;
    readonly none: string;
  };
  readonly search: { readonly heading: (query: string) => string; readonly none: string };
  readonly status: {
    readonly heading: string;
    readonly articles: (articles: number, passages: number) => string;
    readonly languages: (list: string) => string;
    readonly dates: (oldest: PartialDate | string, newest: PartialDate | string) => string;
    readonly built: (moment: string, generation: number) => string;
    readonly embeddings: (name: string) => string;
    readonly chatModel: (name: string) => string;
    readonly quotesOnly: string;
    readonly leftOut: (duplicates: number, skipped: number) => string;
  };
  readonly gaps: {
    readonly heading: string;
    readonly none: string;
    readonly line: (times: number, question: string, last: string) => string;
    readonly ratings: (helpful: number, notHelpful: number) => string;
    readonly off: string;
  };
  readonly reindex: {
    readonly started: string;
    readonly progress: (done: number, total: number) => string;
    readonly unchanged: string;
    readonly done: (articles: number, passages: number, seconds: string) => string;
    readonly embedded: (passages: number) => string;
    readonly skipped: (files: number) => string;
    readonly running: string;
    readonly failed: (reference: string) => string;
  };
  readonly forget: { readonly done: (entries: number) => string };
  readonly followUp: { readonly title: string; readonly field: string; readonly example: string };
  readonly rate: {
    readonly title: string;
    readonly reason: string;
    readonly reasons: Readonly<Record<DislikeReason, string>>;
    readonly remark: string;
    readonly thanks: string;
    readonly off: string;
  };
  readonly manners: {
    readonly badDate: (option: string, typed: string) => string;
    readonly badWindow: string;
    readonly emptyQuestion: string;
    readonly channel: string;
    readonly role: string;
    readonly cooldown: (seconds: number) => string;
    readonly busy: string;
    readonly managersOnly: string;
    readonly stopping: string;
    readonly outdatedControl: string;
    readonly failed: (reference: string) => string;
    readonly cannotWrite: (channel: string) => string;
    readonly help: string;
  };
}
