import type { Answer, Fundstelle, Progress, SearchOptions, Turn } from '../types.ts';
import { type RenderOptions, renderAnswer, renderSource } from './render-answer.ts';

export interface ConversationOptions {
  readonly search: SearchOptions;
  /** Turns remembered for follow-up questions. */
  readonly turns: number;
  readonly colors: RenderOptions['colors'];
  readonly width: () => number;
}

export interface Conversation {
  readonly greeting: string;
  /** What to print for a line; '' for nothing; undefined when the conversation is over. */
  readonly reply: (line: string, onProgress?: (progress: Progress) => void) => Promise<string | undefined>;
}

const HELP = `Ask a question in English or German, or:
  /sources     list the articles, newest first
  /source 1    open the passage that citation [1] of the last answer quotes
  /help        show this
  /quit        leave (also Ctrl+D)`;

/** Articles that `/sources` lists before it only counts the rest. */
const LISTED = 30;

/** A conversation at the terminal: questions with memory, and commands that begin with a slash. */
export function createConversation(fundstelle: Fundstelle, options: ConversationOptions): Conversation {
  let history: readonly Turn[] = [];
  let last: Answer | undefined;

  const ask = async (question: string, onProgress?: (progress: Progress) => void) => {
    last = await fundstelle.ask({ question, history, ...options.search, ...(onProgress && { onProgress }) });
    if (last.kind === 'answered') {
      const turn = { question: last.standaloneQuestion ?? question, answer: last.text };
      history = options.turns === 0 ? [] : [...history, turn].slice(-options.turns);
    }
    return renderAnswer(last, { colors: options.colors, width: options.width() });
  };

  const listSources = () => {
    const articles = fundstelle.articles();
    const lines = articles.slice(0, LISTED).map((article) => `- ${renderSource(article, 'en')}`);
    if (articles.length > LISTED) lines.push(`… and ${articles.length - LISTED} more`);
    return lines.join('\n');
  };

  const openSource = (argument: string) => {
    const citations = last?.kind === 'answered' ? last.citations : [];
    if (citations.length === 0) return 'There is no answer with sources yet. Ask a question first.';
    const citation = citations.find(({ marker }) => String(marker) === argument);
    if (!citation) return `There is no source "${argument}". The last answer has 1 to ${citations.length}.`;
    const { quote, passage, article } = citation;
    const from = Math.max(0, quote.span[0] - passage.span[0]);
    const to = Math.min(passage.text.length, quote.span[1] - passage.span[0]);
    const { bold } = options.colors;
    const text = `${passage.text.slice(0, from)}${bold(passage.text.slice(from, to))}${passage.text.slice(to)}`;
    return `${text}\n\n${renderSource(article, 'en')}`;
  };

  return {
    greeting: HELP,
    reply: async (line, onProgress) => {
      const [command = '', argument = ''] = line.trim().split(/\s+/, 2);
      if (command === '') return '';
      if (!command.startsWith('/')) return ask(line.trim(), onProgress);
      if (command === '/quit' || command === '/exit') return undefined;
      if (command === '/sources') return listSources();
      if (command === '/source') return openSource(argument);
      if (command === '/help') return HELP;
      return `There is no command ${command}.\n${HELP}`;
    },
  };
}
