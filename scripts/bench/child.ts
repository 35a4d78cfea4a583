// Runs one task in a process of its own: `child.ts TASK JSON`. The result goes to the parent.
import { messageOf } from '../../src/errors.ts';
import { tasks } from './tasks.ts';

const [name, request] = process.argv.slice(2);
try {
  // The parent is main.ts: names and requests are its own.
  const task = tasks[name as keyof typeof tasks] as (request: unknown) => Promise<unknown>;
  const result = await task(JSON.parse(request!));
  process.send!({ result }, () => process.exit());
} catch (error) {
  console.error(error);
  process.send!({ error: messageOf(error) }, () => process.exit(1));
}
