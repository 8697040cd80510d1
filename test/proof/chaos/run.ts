import { parseArgs } from 'node:util';
import { freshDatabase } from '#test/setup/fresh.ts';
import { findPostgres, startPostgres } from '#test/setup/postgres.ts';
import { findRedis, startRedis } from '#test/setup/redis.ts';
import { checkHistory } from '../history.ts';
import { rage, type Outcome } from './arena.ts';
import { alone, apart } from './fleets.ts';
import { renderReport } from './report.ts';
import { createHousePeople } from './house-people.ts';
import { createWebPeople } from './web-people.ts';

/** `npm run chaos -- --kills 200 --seed 7 [--embedded]`: prints a report, and fails when a promise was broken. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' }, embedded: { type: 'boolean', default: false } },
});
const kills = Number(values.kills);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!Number.isInteger(kills) || !Number.isInteger(seed) || kills < 0) throw new Error('--kills and --seed are whole numbers');

console.log(`npm run chaos -- --kills ${kills} --seed ${seed}${values.embedded ? ' --embedded' : ''}`);
const outcome = values.embedded ? await rage({ ...alone(), seed, kills, people: createHousePeople }) : await rageApart();
const violations = checkHistory(outcome.history);
console.log(renderReport(outcome, violations));
process.exitCode = violations.length === 0 ? 0 : 1;

async function rageApart(): Promise<Outcome> {
  const [redisProgram, initdb] = [findRedis(), findPostgres()];
  if (redisProgram === undefined || initdb === undefined) throw new Error('redis-server and PostgreSQL are needed; or --embedded');
  const [redis, postgres] = await Promise.all([startRedis(redisProgram), startPostgres(initdb)]);
  try {
    const database = await freshDatabase(postgres.address);
    return await rage({ ...apart(database.url, redis.address), seed, kills, people: createWebPeople });
  } finally {
    await Promise.all([redis.stop(), postgres.stop()]);
  }
}
