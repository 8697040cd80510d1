import type { TestProject } from 'vitest/node';
import { findChromium, offerChromium } from './chromium.ts';
import { findFfmpegProgram, offerFfmpeg } from './ffmpeg.ts';
import { install, mayInstall } from './install.ts';
import { findPostgres, startPostgres } from './postgres.ts';
import { findRedis, startRedis } from './redis.ts';
import type { Service } from './server.ts';
import { suitesThatNeed } from './suites.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `redis://127.0.0.1:port` of a real Redis; undefined when there is none on this machine. */
    redisUrl: string | undefined;
    /** A real PostgreSQL whose user may create databases (see fresh.ts); undefined when there is none. */
    postgresUrl: string | undefined;
    /** The path of a Chromium or Chrome; undefined when there is none. */
    chromiumPath: string | undefined;
    /** The path of ffmpeg; undefined when there is none. */
    ffmpegPath: string | undefined;
  }
}

const NEEDS = [
  { key: 'redisUrl', variable: 'HOAMI_TEST_REDIS_URL', debian: 'redis-server', find: findRedis, start: startRedis },
  { key: 'postgresUrl', variable: 'HOAMI_TEST_POSTGRES_URL', debian: 'postgresql', find: findPostgres, start: startPostgres },
  { key: 'chromiumPath', variable: 'HOAMI_TEST_CHROMIUM', debian: 'chromium', find: findChromium, start: offerChromium },
  { key: 'ffmpegPath', variable: 'HOAMI_TEST_FFMPEG', debian: 'ffmpeg', find: findFfmpegProgram, start: offerFfmpeg },
] as const;
type Need = (typeof NEEDS)[number];

const given = (need: Need): string | undefined => process.env[need.variable] || undefined;
const isMissing = (need: Need): boolean => given(need) === undefined && need.find() === undefined;

const open = async (need: Need): Promise<Service | undefined> => {
  const address = given(need);
  if (address !== undefined) return { address, stop: () => Promise.resolve() };
  const program = need.find();
  return program === undefined ? undefined : need.start(program);
};

/** Under CI=true what did not run is a failure; on a person's own machine it is said, in one line, and nothing is installed. */
const reportMissing = (missing: readonly Need[]): void => {
  if (missing.length === 0) return;
  const lines = missing.map((need) => `without ${need.debian} (or ${need.variable}): ${suitesThatNeed(need.key).join(', ') || 'nothing'}`);
  const sentence = `[test] did not run ${lines.join('; ')}`;
  if (process.env['CI'] === 'true') throw new Error(sentence);
  console.error(sentence);
};

/** Vitest's global set-up: finds or starts the real services once for the whole run, and stops them at its end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const missing = NEEDS.filter(isMissing);
  if (missing.length > 0 && mayInstall()) install(missing.map((need) => need.debian));
  reportMissing(NEEDS.filter(isMissing));

  const settled = await Promise.allSettled(NEEDS.map(async (need) => ({ need, service: await open(need) })));
  const opened = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(opened.map(async ({ service }) => service?.stop()));
  };
  const failures: unknown[] = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) {
    await stop();
    throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'test services did not start');
  }
  for (const { need, service } of opened) project.provide(need.key, service?.address);
  return stop;
};
