#!/usr/bin/env node
import { createInterface } from 'node:readline';
import { openForTerminal } from './app/open-for-terminal.ts';
import { readConfig } from './config.ts';
import { renderAnswerJson } from './terminal/answer-json.ts';
import { EXIT_ABSTAINED, localeOf } from './terminal/labels.ts';
import { addQuestionOptions, pickSearch, type QuestionOptions, resolveFolders } from './terminal/options.ts';
import { chooseColors, createCommand, EXIT, runProgram } from './terminal/program.ts';
import { renderAnswer } from './terminal/render-answer.ts';
import { createStatusLine } from './terminal/status-line.ts';

await runProgram(async () => {
  const command = addQuestionOptions(
    createCommand('ask', 'Answers a question with quotes from the articles.'),
  )
    .argument('[question...]', 'the question, in English or German')
    .option('--json', 'print the answer as one JSON object')
    .option('--stdin', 'read one question a line, print one JSON object a line')
    .parse();
  const options = command.opts<QuestionOptions & { json?: boolean; stdin?: boolean }>();
  const question = command.args.join(' ').trim();
  if (options.stdin && question !== '') command.error('error: give either a question or --stdin');
  if (!options.stdin && question === '')
    command.error('error: no question given, for example: npm run ask -- "what did Russia demand?"');

  const config = readConfig();
  const fundstelle = await openForTerminal(config, resolveFolders(options, config));
  try {
    const search = pickSearch(options);
    if (options.stdin) {
      for await (const line of createInterface({
        input: process.stdin,
        crlfDelay: Number.POSITIVE_INFINITY,
      })) {
        if (line.trim() === '') continue;
        const answer = await fundstelle.ask({ question: line.trim(), ...search });
        process.stdout.write(`${JSON.stringify(renderAnswerJson(answer))}\n`);
      }
      return EXIT.done;
    }
    const status = createStatusLine(process.stderr, localeOf(question));
    const answer = await fundstelle.ask({ question, ...search, onProgress: status.show });
    status.clear();
    const output = options.json
      ? JSON.stringify(renderAnswerJson(answer), null, 2)
      : renderAnswer(answer, {
          colors: chooseColors(process.stdout),
          width: Math.min(process.stdout.columns ?? 100, 100),
        });
    process.stdout.write(`${output}\n`);
    return answer.kind === 'answered' ? EXIT.done : EXIT_ABSTAINED;
  } finally {
    await fundstelle.close();
  }
});
