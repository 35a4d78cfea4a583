import { createRequire } from 'node:module';
import { Fault } from '../errors.ts';

const require = createRequire(import.meta.url);

/**
 * Makes sure that an optional package is there before it is imported.
 * @throws {Fault} with the command that installs it.
 */
export function requirePackage(name: string, version: string, neededBy: string): void {
  try {
    require.resolve(name);
  } catch (cause) {
    throw new Fault(`${neededBy} needs the package ${name}. Install it: npm install ${name}@${version}`, {
      cause,
    });
  }
}
