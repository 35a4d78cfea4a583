/** Embeds one world after the other until it is killed; prints `ready`, then the version of each world that is done. */
import { updateIndex } from '../../src/index/update-index.ts';
import { optionsFor, worldOfVersion } from './world.ts';

const [indexDir, first] = process.argv.slice(2) as [string, string];
console.log('ready');
for (let version = Number(first); ; version++) {
  await updateIndex(optionsFor(indexDir, worldOfVersion(version), { rebuild: version % 3 === 0 }));
  console.log(version);
}
