import { describe, expect, it } from 'vitest';
import { parseConfig, type Config } from '#src/config.ts';

function parse(environment: Record<string, string>): Config['discord'] | string {
  const parsed = parseConfig(environment, '/srv/hoami');
  return 'kind' in parsed ? parsed.text : parsed.discord;
}

describe('the settings of Discord', () => {
  it('are none without a token, and ordinary with one', () => {
    expect(parse({ DISCORD_THREADS: 'all' })).toBeUndefined();
    expect(parse({ DISCORD_TOKEN: 'secret' })).toMatchObject({
      token: 'secret',
      publicKey: undefined,
      gateway: true,
      shardCount: undefined,
      shardIds: undefined,
      messageContent: false,
      ageRestricted: false,
      userInstall: true,
      requestsPerSecond: 50,
      apiUrl: 'https://discord.com/api',
    });
  });

  it('name servers, shards and a share of the limit', () => {
    const settings = { DISCORD_TOKEN: 's', DISCORD_SHARD_COUNT: '8', DISCORD_SHARDS: '4-7', DISCORD_REQUESTS_PER_SECOND: '12' };
    expect(parse(settings)).toMatchObject({ shardCount: 8, shardIds: [4, 5, 6, 7], requestsPerSecond: 12 });
    expect(parse({ DISCORD_TOKEN: 's', DISCORD_SHARDS: '3' })).toMatchObject({ shardIds: [3] });
    const servers = { DISCORD_TOKEN: 's', DISCORD_THREADS: '123456789012345678, 223456789012345678' };
    expect(parse(servers)).toMatchObject({ threads: new Set(['123456789012345678', '223456789012345678']) });
  });

  it.each([
    ['DISCORD_PUBLIC_KEY', 'abc'],
    ['DISCORD_SHARDS', '3-1'],
    ['DISCORD_SHARDS', 'all'],
    ['DISCORD_THREADS', 'my server'],
    ['DISCORD_REQUESTS_PER_SECOND', '51'],
    ['DISCORD_GATEWAY', 'maybe'],
  ])('that make no sense are said to: %s=%s', (name, value) => {
    expect(parse({ DISCORD_TOKEN: 's', [name]: value })).toContain(name);
  });
});
