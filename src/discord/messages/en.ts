import type { Messages } from './messages.ts';

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const en: Messages = {
  commands: {
    ask: {
      name: 'ask',
      description: 'Ask what the articles say; the answer quotes them',
      question: { name: 'question', description: 'Your question, in English or German' },
      since: { name: 'since', description: 'Only articles from this date on: 2022, 2022-01 or 2022-01-21' },
      until: { name: 'until', description: 'Only articles up to this date: 2022, 2022-01 or 2022-01-21' },
      private: { name: 'private', description: 'Only you see the answer' },
    },
    source: {
      name: 'source',
      description: 'Open an article',
      article: { name: 'article', description: 'Title, or words to search for' },
    },
    sources: {
      name: 'sources',
      description: 'List the articles, newest first',
      outlet: { name: 'outlet', description: 'Only articles of this outlet or agency' },
      since: { name: 'since', description: 'Only articles from this date on: 2022, 2022-01 or 2022-01-21' },
      until: { name: 'until', description: 'Only articles up to this date: 2022, 2022-01 or 2022-01-21' },
    },
    search: {
      name: 'search',
      description: 'Find passages, without an answer',
      query: { name: 'query', description: 'What to look for' },
    },
    status: { name: 'status', description: 'What I have read, and when' },
    gaps: { name: 'gaps', description: 'Questions of this server that found no answer' },
    reindex: { name: 'reindex', description: 'Read the articles again' },
    forget: { name: 'forget', description: 'Delete what is stored about you' },
    checkMessage: 'Ask about this message',
  },
  progress: {
    searching: 'Searching the articles …',
    reading: (passages) => `Reading ${count(passages, 'passage', 'passages')} …`,
    checking: (quotes) => `Checking ${count(quotes, 'quote', 'quotes')} against the articles …`,
    proved: 'Checked so far:',
  },
  answer: {
    asOf: (date) => `As of ${date}`,
    checks: ({ verified, repaired, misattributed, notFound }) => {
      const found = verified + repaired + misattributed;
      return [
        `${found} of ${count(found + notFound, 'quote', 'quotes')} checked`,
        ...(repaired > 0 ? [`${repaired} set to the article's own words`] : []),
        ...(misattributed > 0 ? [`${misattributed} moved to the right article`] : []),
        ...(notFound > 0 ? [`${notFound} not found and left out`] : []),
      ].join(', ');
    },
    window: (since, until) => {
      if (since === undefined) return `Only articles until ${until}`;
      return until === undefined ? `Only articles since ${since}` : `Only articles from ${since} to ${until}`;
    },
    translation: 'Translation, not checked',
    question: 'Question',
    nearest: 'Nearest articles',
    closest: 'Closest passages, not an answer',
    openQuote: 'Open a quote in its article',
    openPassage: 'Open a passage in its article',
    followUp: 'Follow up',
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
    late: (asker) => `${asker} asked; this took longer than a reply may take.`,
  },
  claims: {
    verdict: {
      supported: 'Supported',
      contradicted: 'Contradicted',
      covered: 'Passages speak to it (no verdict)',
      'not-covered': 'Not covered by the articles',
    },
    noText: 'That message has no text that I could check.',
    none: 'I found no claim to check in that message.',
    coverage: 'This compares the message with the articles; it does not say what is true.',
  },
  source: {
    untitled: 'Untitled',
    undated: 'undated',
    passage: (number, of) => `Passage ${number} of ${of}`,
    length: (words, passages) =>
      `${count(words, 'word', 'words')}, ${count(passages, 'passage', 'passages')}`,
    open: 'Open the article',
    previous: 'Previous',
    next: 'Next',
    changed:
      'This article has changed since the answer was given. This is how it reads now; the quote may have moved or gone.',
    gone: 'This article is no longer in the collection.',
    notFound: (typed) => `No article is called “${typed}”, and none matches these words.`,
    onlySimilar: (typed) => `No article is called “${typed}”. This one matches the words:`,
    similar: (typed) => `No article is called “${typed}”. These match the words:`,
    pick: 'Open an article',
  },
  sources: {
    heading: (articles) => count(articles, 'article', 'articles'),
    page: (page, of) => `Page ${page} of ${of}`,
    none: 'No article matches.',
  },
  search: {
    heading: (query) => `Passages for “${query}”`,
    none: 'No passage speaks to this. Try other words, or a name that the articles would use.',
  },
  status: {
    heading: 'Status',
    articles: (articles, passages) =>
      `${count(articles, 'article', 'articles')}, ${count(passages, 'passage', 'passages')}`,
    languages: (list) => `Languages: ${list}`,
    dates: (oldest, newest) => `Oldest article: ${oldest}; newest: ${newest}`,
    built: (moment, generation) => `Read on ${moment} (generation ${generation})`,
    embeddings: (name) => `Embedding model: ${name}`,
    chatModel: (name) => `Chat model: ${name}; every quote is checked against its article`,
    quotesOnly: 'No chat model: answers are sentences of the articles',
    leftOut: (duplicates, skipped) =>
      `${count(duplicates, 'duplicate', 'duplicates')}, ${count(skipped, 'file', 'files')} skipped`,
  },
  gaps: {
    heading: 'Questions without an answer',
    none: 'No question of this server is without an answer.',
    line: (times, question, last) => `**${times}×** ${question} (last ${last})`,
    ratings: (helpful, notHelpful) => `Answers rated helpful: ${helpful}, not helpful: ${notHelpful}`,
    off: 'Feedback is switched off here, so no questions are kept.',
  },
  reindex: {
    started: 'Reading the articles …',
    progress: (done, total) => `Reading the articles: ${done} of ${total} …`,
    unchanged: 'Nothing has changed; the articles are as they were.',
    done: (articles, passages, seconds) =>
      `Done in ${seconds} s: ${count(articles, 'article', 'articles')}, ${count(passages, 'passage', 'passages')}.`,
    embedded: (passages) => `${count(passages, 'passage', 'passages')} new or changed`,
    skipped: (files) => `${count(files, 'file', 'files')} skipped, see the log`,
    running: 'The articles are being read already; it goes on by itself.',
    failed: (reference) =>
      `Reading the articles failed; answers come from the last good run. The log has the reason under ${reference}.`,
  },
  forget: {
    done: (entries) =>
      entries === 0
        ? 'Nothing is stored about you.'
        : `Deleted: ${count(entries, 'entry', 'entries')} about you. Nothing else is stored.`,
  },
  followUp: { title: 'Follow up', field: 'Your next question', example: 'And what did the US want?' },
  rate: {
    title: 'What is wrong with it?',
    reason: 'Reason',
    reasons: {
      wrong: 'Wrong',
      outdated: 'Outdated',
      'wrong-source': 'Wrong source',
      other: 'Something else',
    },
    remark: 'In your words (optional)',
    thanks: 'Thank you. Use /forget to delete it again.',
    off: 'Feedback is switched off here.',
  },
  manners: {
    badDate: (option, typed) =>
      `“${typed}” is no date I understand. Write ${option} as 2022, 2022-01 or 2022-01-21.`,
    badWindow: 'The first date lies after the last one, so no article can match. Swap them and ask again.',
    emptyQuestion: 'There is no question in this. Write one, for example: what did Russia demand?',
    channel: 'I answer in certain channels only, and this is none of them.',
    role: 'I answer members with certain roles only. Ask the people who run this server.',
    cooldown: (seconds) =>
      `One question at a time, please: ask again in ${count(seconds, 'second', 'seconds')}.`,
    busy: 'Many questions are waiting here already. Please ask again in a minute.',
    managersOnly: 'This is for members who may manage the server.',
    stopping: 'I am being restarted. Please ask again in a minute.',
    outdatedControl: 'This button belongs to an older version of me. Please ask again.',
    failed: (reference) => `Something went wrong; please try again. Reference: ${reference}`,
    cannotWrite: (channel) => `I may not write in ${channel}, so the answer comes here.`,
    help: 'Ask me what the articles say: mention me with a question, write me a direct message or use `/ask`. For example: what did Russia demand?',
  },
};
