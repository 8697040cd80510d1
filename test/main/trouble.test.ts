import { describe, expect, it } from 'vitest';
import { parseConfig, type Config } from '#src/config.ts';
import { explainStart, opening, reasonOf, type Part } from '#src/main/trouble.ts';

function configOf(environment: Record<string, string> = {}): Config {
  const config = parseConfig({ HOAMI_LANGUAGE: 'en', HEALTH_PORT: '3001', ...environment }, '/srv/hoami');
  if ('kind' in config) throw new Error(config.text);
  return config;
}

const failing = (code?: string): Error => Object.assign(new Error('secret words'), code === undefined ? {} : { code });
const told = async (part: Part, error: Error, config = configOf()) =>
  opening(part, config.dataDir, async () => Promise.reject(error)).catch((wrapped: unknown) => explainStart(wrapped, config)?.message);
const shared = configOf({ DATABASE_URL: 'postgres://db/hoami', REDIS_URL: 'redis://redis' });

describe('an error at the start', () => {
  it.each<[Part, string | undefined, string, Config?]>([
    ['platform', 'EADDRINUSE', 'Port 3000 is in use. Set PORT to another number.'],
    ['health', 'EADDRINUSE', 'Port 3001 is in use. Set HEALTH_PORT to another number.'],
    ['platform', 'EACCES', 'This account may not open port 3000. Set PORT to another number, 1024 or above.'],
    ['platform', 'EADDRNOTAVAIL', '127.0.0.1 is not an address of this machine. Check HOAMI_HOST.'],
    ['platform', 'ENOTFOUND', '127.0.0.1 is not an address of this machine. Check HOAMI_HOST.'],
    ['queue', 'EROFS', 'The folder /srv/hoami/data cannot be written to. Check HOAMI_DATA_DIR.'],
    ['queue', undefined, 'Another Họa Mi holds the data in /srv/hoami/data but does not answer. End it and try again.'],
    ['ledger', 'ERR_SQLITE_ERROR', 'The ledger cannot be opened (/srv/hoami/data). Check HOAMI_DATA_DIR.'],
    ['ledger', 'ECONNREFUSED', 'The ledger cannot be opened (PostgreSQL). Check DATABASE_URL.', shared],
  ])('of the %s (%s) is one sentence that names what to change', async (part, code, sentence, config) => {
    expect(await told(part, failing(code), config)).toBe(sentence);
  });

  it('that nobody expected is not passed off as another, and its words stay in the log', async () => {
    expect(explainStart(failing('EADDRINUSE'), configOf())).toBeUndefined();
    expect(await told('platform', failing('EMFILE'))).toBeUndefined();
    expect([reasonOf(failing('EMFILE')), reasonOf(new TypeError('secret words')), reasonOf('?')]).toEqual([
      'EMFILE',
      'TypeError',
      'string',
    ]);
  });
});
