// `npm run simulate -- --seed 1 --count 20000 [--story]`: as many histories, and every broken promise with the seed that shows it again.
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { tellStory } from './story.ts';

const SHOWN_MAX = 10;
const YIELD_EVERY = 200;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20000' },
    story: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const count = Number(values.count);
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
let broken = 0;
for (let seed = first; seed < first + count; seed += 1) {
  const { history, violations } = await simulate(seed);
  if (values.story) console.log(tellStory(history));
  if (violations.length > 0 && (broken += 1) <= SHOWN_MAX) console.log(`seed ${seed}\n  ${violations.join('\n  ')}`);
  if (seed % YIELD_EVERY === 0) await new Promise(setImmediate);
}
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const perCpuSecond = Math.round(count / ((user + system) / 1e6));
console.log(
  `${count} histories in ${seconds.toFixed(1)} s (${Math.round(count / seconds)}/s, ${perCpuSecond}/s of CPU time), ${broken} with broken promises`,
);
process.exitCode = broken > 0 ? 1 : 0;
