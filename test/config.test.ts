import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig, SETTING_NAMES, type Config } from '#src/config.ts';

function mistakes(environment: Record<string, string>): string {
  const parsed = parseConfig(environment, '/srv/hoami');
  return 'kind' in parsed ? parsed.text : '';
}

function config(environment: Record<string, string>): Config {
  const parsed = parseConfig(environment, '/srv/hoami');
  if ('kind' in parsed) throw new Error(parsed.text);
  return parsed;
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(config({})).toMatchObject({
      port: 3000,
      dataDir: '/srv/hoami/data',
      sandbox: 'auto',
      concurrency: 4,
      dailyBudgetMicros: undefined,
    });
  });

  it('means paths from where it is installed, so that server and shell meet', () => {
    expect(config({ HOAMI_DATA_DIR: 'elsewhere' }).dataDir).toBe('/srv/hoami/elsewhere');
    expect(config({ HOAMI_DATA_DIR: '/var/lib/hoami' }).dataDir).toBe('/var/lib/hoami');
  });

  it('takes a blank value for an unset one', () => {
    expect(config({ PORT: ' ', REDIS_URL: '', HOAMI_DAILY_BUDGET_USD: '' })).toEqual(config({}));
  });

  it('reports every mistake in one message, each line naming its variable', () => {
    const text = mistakes({
      PORT: 'http',
      HOAMI_SANDBOX: 'maybe',
      REDIS_URL: 'localhost',
      HOAMI_DAILY_BUDGET_USD: '-1',
      S3_BUCKET: 'Not A Bucket',
    });
    for (const name of ['PORT', 'HOAMI_SANDBOX', 'REDIS_URL', 'HOAMI_DAILY_BUDGET_USD', 'S3_BUCKET'])
      expect(text).toMatch(new RegExp(`^ {2}${name} \\S`, 'm'));
    expect(text.split('\n')).toHaveLength(6);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['HOAMI_CONCURRENCY', '0'],
    ['HOAMI_QUEUE_LIMIT', 'many'],
    ['DATABASE_URL', 'mysql://localhost/hoami'],
    ['ANTHROPIC_BASE_URL', 'example'],
    ['HOAMI_LANGUAGE', 'fr'],
    ['HOAMI_LOG_LEVEL', 'loud'],
    ['HOAMI_PATIENCE_MINUTES', '1e9'],
    ['BEDROCK_REGION', 'Oregon'],
    ['S3_REGION', 'us-west-2a'],
    ['HOAMI_HOST', 'http://localhost'],
    ['HOAMI_HOST', '127.0.0.1:3000'],
    ['HOAMI_HOSTS', 'draw.example.com:8080'],
    ['HOAMI_HOSTS', 'draw.example.com, https://two.example'],
    ['REDIS_URL', 'redis://'],
    ['REDIS_URL', 'redis:///0'],
  ])('does not take %s=%s', (name, value) => {
    expect(mistakes({ REDIS_URL: 'redis://127.0.0.1', [name]: value })).toContain(`  ${name} `);
  });

  it.each([
    ['BEDROCK_REGION', 'us-gov-west-1'],
    ['S3_REGION', 'ap-southeast-1'],
    ['HOAMI_HOST', '::'],
    ['HOAMI_HOST', 'gateway_1'],
    ['DATABASE_URL', 'postgres:///hoami?host=/var/run/postgresql'],
  ])('takes %s=%s', (name, value) => {
    expect(mistakes({ REDIS_URL: 'redis://127.0.0.1', [name]: value })).toBe('');
  });

  it('offers no choice that cannot be written down', () => {
    expect(mistakes({ HOAMI_LANGUAGE: 'fr' })).toMatch(/must be one of: vi, en$/m);
    expect(mistakes({ HOAMI_LOG_LEVEL: 'loud' })).toMatch(/must be one of: debug, info, warn, error, silent$/m);
  });

  it('reads the names of a proxy as browsers send them', () => {
    expect(config({ HOAMI_HOSTS: ' Draw.example.com, draw.lan ,' }).hostNames).toEqual(['draw.example.com', 'draw.lan']);
    expect(config({}).hostNames).toEqual([]);
  });

  it('names the nearest variable when one of ours is misspelt', () => {
    expect(mistakes({ HOAMI_CONCURENCY: '4' })).toContain('HOAMI_CONCURENCY is not a setting; did you mean HOAMI_CONCURRENCY?');
  });

  it('asks for Redis beside PostgreSQL: a queue in each process would run every job twice', () => {
    expect(mistakes({ DATABASE_URL: 'postgres://127.0.0.1/hoami' })).toContain('  DATABASE_URL needs REDIS_URL as well');
    expect(mistakes({ DATABASE_URL: 'postgres://127.0.0.1/hoami', REDIS_URL: ' ' })).toContain('  DATABASE_URL needs REDIS_URL as well');
    expect(mistakes({ DATABASE_URL: 'postgres://127.0.0.1/hoami', REDIS_URL: 'x' })).not.toContain('DATABASE_URL');
    expect(config({ DATABASE_URL: 'postgres://127.0.0.1/hoami', REDIS_URL: 'redis://127.0.0.1' }).redisUrl).toBe('redis://127.0.0.1');
  });

  it('speaks Vietnamese where the system does', () => {
    expect(mistakes({ LANG: 'vi_VN.UTF-8', PORT: 'x' })).toContain('Cấu hình chưa đúng');
    expect(config({ LC_ALL: '', LANG: 'vi_VN.UTF-8', HOAMI_LANGUAGE: ' ' }).language).toBe('vi');
    expect(config({ LC_ALL: 'C.UTF-8', LANG: 'vi_VN.UTF-8' }).language).toBe('en');
    expect(config({ LANG: 'vi_VN.UTF-8', HOAMI_LANGUAGE: 'en' }).language).toBe('en');
  });

  it('counts a budget in micro-dollars without a rounding error', () => {
    expect(config({ HOAMI_DAILY_BUDGET_USD: '4.35' }).dailyBudgetMicros).toBe(4_350_000);
    expect(config({ HOAMI_DAILY_BUDGET_USD: '0.000001' }).dailyBudgetMicros).toBe(1);
  });

  it('asks about prices above a dollar, unless the operator says otherwise', () => {
    expect(config({}).confirmAboveMicros).toBe(1_000_000);
    expect(config({ HOAMI_CONFIRM_ABOVE_USD: '0' }).confirmAboveMicros).toBe(0);
    expect(mistakes({ HOAMI_CONFIRM_ABOVE_USD: 'never' })).toMatch(/HOAMI_CONFIRM_ABOVE_USD/);
  });

  it('makes one clip at a time, as new accounts may', () => {
    expect(config({})).toMatchObject({ clipsAtOnce: 1, videoCalls: 'auto', ffmpegPath: undefined });
    expect(mistakes({ HOAMI_CLIPS_AT_ONCE: '0', HOAMI_VIDEO_CALLS: 'curl' })).toMatch(/HOAMI_CLIPS_AT_ONCE[^]*HOAMI_VIDEO_CALLS/);
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = [...text.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }));

  it('names every setting, once, and none that is not read', () => {
    expect(lines.map(({ name }) => name).toSorted()).toEqual([...SETTING_NAMES].toSorted());
  });

  it('shows the defaults: used as it is, it changes nothing', () => {
    expect(config(Object.fromEntries(lines.map(({ name, value }) => [name, value])))).toEqual(config({}));
  });
});
