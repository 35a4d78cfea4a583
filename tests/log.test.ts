import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

const logged = (fields: object, questions: boolean) => {
  let line = '';
  createLog({ level: 'info', questions }, { write: (text) => (line += text) }).info(fields, 'event');
  return line;
};

describe('the log', () => {
  test.each(['token', 'apiKey', 'authorization', 'password', 'databaseUrl'])('never holds a %s', (name) => {
    expect(logged({ [name]: 'hunter2', nested: { [name]: 'hunter2' } }, true)).not.toContain('hunter2');
  });

  test('holds questions only when told so', () => {
    const fields = { question: 'who?', standaloneQuestion: 'who won?', kind: 'answered' };
    expect(logged(fields, false)).not.toContain('who');
    expect(JSON.parse(logged(fields, true))).toMatchObject(fields);
  });

  test('is one event a line, with its time', () => {
    const line = logged({ text: 'two\nlines' }, false);
    expect(line.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(line).time).toMatch(/^\d{4}-\d{2}-\d{2}T/);
  });
});
