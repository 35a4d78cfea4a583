import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const asModule = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** Prints the address of every module that is loaded. */
const hook = asModule(
  `import { writeSync } from 'node:fs';
   export const load = (url, context, next) => { writeSync(2, 'LOADED ' + url + '\\n'); return next(url, context); };`,
);
const register = asModule(`import { register } from 'node:module'; register(${JSON.stringify(hook)});`);

/** Modules that a new process loads when it imports one of ours. */
function listLoaded(module: string): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      register,
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      `await import('./${module}'); console.log('imported');`,
    ],
    { encoding: 'utf8' },
  );
  expect(stdout, stderr).toContain('imported');
  return stderr.split('\n').filter((line) => line.startsWith('LOADED '));
}

it('loads nothing of the chat stack before a chat model is asked for', () => {
  const loaded = listLoaded('src/app/open-fundstelle.ts');
  expect(loaded.some((url) => url.includes('src/answer/answer.ts'))).toBe(true);
  expect(
    loaded.filter((url) =>
      /node_modules\/(?:langchain|@langchain\/(?:openai|ollama|langgraph))\/|providers\/(?:chat|embeddings)/.test(
        url,
      ),
    ),
  ).toEqual([]);
});

it('would notice', () => {
  expect(listLoaded('src/providers/chat.ts').some((url) => url.includes('providers/chat'))).toBe(true);
});
