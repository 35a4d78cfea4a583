#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { openForTerminal } from './app/open-for-terminal.ts';
import { readConfig } from './config.ts';
import { createConversation } from './terminal/conversation.ts';
import { localeOf } from './terminal/labels.ts';
import { addQuestionOptions, pickSearch, type QuestionOptions, resolveFolders } from './terminal/options.ts';
import { chooseColors, createCommand, EXIT, runProgram } from './terminal/program.ts';
import { createStatusLine } from './terminal/status-line.ts';

await runProgram(async () => {
  const options = addQuestionOptions(createCommand('chat', 'A conversation about the articles.'))
    .parse()
    .opts<QuestionOptions>();
  const config = readConfig();
  const fundstelle = await openForTerminal(config, resolveFolders(options, config));
  const terminal = createInterface({ input: process.stdin, output: process.stdout, historySize: 200 });
  try {
    const conversation = createConversation(fundstelle, {
      search: pickSearch(options),
      turns: config.HISTORY_TURNS,
      colors: chooseColors(process.stdout),
      width: () => Math.min(process.stdout.columns ?? 100, 100),
    });
    process.stdout.write(`${conversation.greeting}\n`);
    terminal.setPrompt('> ');
    terminal.prompt();
    for await (const line of terminal) {
      const status = createStatusLine(process.stderr, localeOf(line));
      const reply = await conversation.reply(line, status.show);
      status.clear();
      if (reply === undefined) break;
      if (reply !== '') process.stdout.write(`\n${reply}\n\n`);
      terminal.prompt();
    }
    return EXIT.done;
  } finally {
    terminal.close();
    await fundstelle.close();
  }
});
