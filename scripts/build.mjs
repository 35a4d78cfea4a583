// Compiles src/ to dist/. Runs after every `npm ci` (script "prepare"), also after one without
// development packages: there the compiler is missing and an earlier build has to be in place.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
let typescript;
try {
  typescript = path.dirname(require.resolve('typescript/package.json'));
} catch {
  if (existsSync('dist/ask.js')) process.exit(0);
  console.error('dist/ is missing and so is the TypeScript compiler: run `npm ci` without --omit=dev once.');
  process.exit(1);
}
rmSync('dist', { recursive: true, force: true });
const built = spawnSync(process.execPath, [path.join(typescript, 'bin', 'tsc')], { stdio: 'inherit' });
process.exit(built.status ?? 1);
