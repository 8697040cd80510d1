import { parseArgs } from 'node:util';
import { freshDatabase } from '#test/setup/fresh.ts';
import { findPostgres, startPostgres } from '#test/setup/postgres.ts';
import { findRedis, startRedis } from '#test/setup/redis.ts';
import { checkHistory } from '../history.ts';
import { CHAT_NAMES, rageInChat, type Judged } from '../platforms/chat-rage.ts';
import { rage, type Outcome } from './arena.ts';
import { alone, apart } from './fleets.ts';
import { renderReport } from './report.ts';
import { createHousePeople } from './house-people.ts';
import { createWebPeople } from './web-people.ts';

/**
 * `npm run chaos -- --kills 200 --seed 7 [--embedded] [--platform slack|discord]`: prints a report, and fails when a promise was broken. Without a
 * platform people ask at the page; without services some of them at the shell.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
    embedded: { type: 'boolean', default: false },
    platform: { type: 'string' },
  },
});
const kills = Number(values.kills);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!Number.isInteger(kills) || !Number.isInteger(seed) || kills < 0) throw new Error('--kills and --seed are whole numbers');

const chat = CHAT_NAMES.find((name) => name === values.platform);
if (values.platform !== undefined && chat === undefined) throw new Error(`--platform is one of ${CHAT_NAMES.join(', ')}`);
if (chat !== undefined && values.embedded) throw new Error('a chat is served by gateways and workers of their own: not with --embedded');

const flags = `${values.embedded ? ' --embedded' : ''}${chat === undefined ? '' : ` --platform ${chat}`}`;
console.log(`npm run chaos -- --kills ${kills} --seed ${seed}${flags}`);
const run = values.embedded ? judged(await rage({ ...alone(), seed, kills, people: createHousePeople })) : await rageApart();
console.log(renderReport(run.outcome, run.violations));
process.exitCode = run.violations.length === 0 ? 0 : 1;

function judged(outcome: Outcome): Judged {
  return { outcome, violations: checkHistory(outcome.history) };
}

async function rageApart(): Promise<Judged> {
  const [redisProgram, initdb] = [findRedis(), findPostgres()];
  if (redisProgram === undefined || initdb === undefined) throw new Error('redis-server and PostgreSQL are needed; or --embedded');
  const [redis, postgres] = await Promise.all([startRedis(redisProgram), startPostgres(initdb)]);
  try {
    const database = await freshDatabase(postgres.address);
    const services = { databaseUrl: database.url, redisUrl: redis.address };
    if (chat !== undefined) return await rageInChat({ ...services, chat, seed, kills, freezes: true });
    return judged(await rage({ ...apart(database.url, redis.address), seed, kills, people: createWebPeople }));
  } finally {
    await Promise.all([redis.stop(), postgres.stop()]);
  }
}
