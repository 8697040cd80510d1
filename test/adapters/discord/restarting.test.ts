import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSessions } from '#adapters/discord/sessions.ts';
import type { Desk } from '#src/core/platform.ts';
import { useDiscordBench } from './use-bench.ts';

/** Gateways that are stopped, killed and started anew while people write. */
const bench = useDiscordBench();

function cast() {
  const { discord } = bench;
  const lan = discord.person('Lan', 'vi');
  const art = discord.guild('Studio').channel('art');
  const writes = async (words: string): Promise<string> => (await lan.posts(art, `<@${discord.botId}> ${words}`)).message.id;
  const isAsked = async (id: string): Promise<boolean> => (await bench.ledger.archive.find(`discord-${id}`)) !== undefined;
  const asked = async (id: string): Promise<void> => expect.poll(() => isAsked(id), { timeout: 8000 }).toBe(true);
  return { discord, lan, art, writes, isAsked, asked };
}

/** A desk at which everything hangs, as for a process that is killed in the middle. */
function hangingDesk(): Desk & { readonly begun: () => number } {
  let begun = 0;
  return {
    ...bench.desk,
    begun: () => begun,
    ask: () => {
      begun += 1;
      return new Promise(() => {});
    },
  };
}

describe('a gateway that was stopped', () => {
  it('goes on where it was: what was written meanwhile is asked, in the same session', async () => {
    const { discord, writes, asked, isAsked } = cast();
    const stop = await bench.listen();
    await asked(await writes('một con mèo'));
    await stop();
    const id = await writes('một con chó');
    expect(await isAsked(id)).toBe(false);
    await bench.listen();
    await asked(id);
    expect([discord.gateway.identifies(), discord.gateway.resumes()]).toEqual([1, 1]);
  });

  it('begins anew after so long that Discord has forgotten it', async () => {
    const { discord, writes, asked } = cast();
    const stop = await bench.listen();
    await stop();
    discord.clock.advance(6 * 60_000);
    await bench.listen();
    await asked(await writes('một con mèo'));
    expect(discord.gateway.resumes()).toBe(0);
  });

  it('begins anew when Discord does not know the session', async () => {
    const { discord, writes, asked } = cast();
    const stop = await bench.listen();
    await stop();
    discord.gateway.settings.sessionLifeMs = 1000;
    discord.clock.advance(10_000);
    await bench.listen();
    await asked(await writes('một con mèo'));
    expect(discord.gateway.identifies()).toBe(2);
  });
});

describe('a gateway that was killed', () => {
  it('is told once more of everything it had not committed', async () => {
    const { discord, writes, asked } = cast();
    const hanging = hangingDesk();
    await bench.listen(bench.create(), hanging);
    const id = await writes('một con mèo');
    await discord.until(() => hanging.begun() === 1);
    // More than it takes to put down how far it was.
    await new Promise((resolve) => setTimeout(resolve, 600));
    await bench.listen();
    await asked(id);
    expect(discord.gateway.resumes()).toBe(1);
  });

  it('asks nothing twice of what it had committed', async () => {
    const { discord, writes, asked, art } = cast();
    await bench.listen();
    const first = await writes('một con mèo');
    await asked(first);
    await bench.listen();
    const second = await writes('một con chó');
    await asked(second);
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === second));
    expect(art.messages().filter(({ repliesTo }) => repliesTo === first)).toHaveLength(1);
    expect(await bench.ledger.archive.history({ tenant: `discord-${art.guildId}`, limit: 10 })).toHaveLength(2);
  });
});

describe('a gateway that is told of everything once more', () => {
  it('asks nothing twice and posts no second receipt, also when Discord has forgotten the nonce of the first', async () => {
    const { discord, writes, asked, art } = cast();
    discord.gateway.settings.sessionLifeMs = 600_000;
    const stop = await bench.listen();
    const first = await writes('một con mèo');
    await asked(first);
    const receipts = () => art.messages().filter(({ repliesTo }) => repliesTo === first);
    await discord.until(() => receipts().length === 1);
    await stop();
    discord.clock.advance(4 * 60_000);
    const { cabinet } = bench.ledger;
    const kept = z.record(z.string(), z.union([z.string(), z.number()])).parse(await cabinet.read('discord-sessions', 'shard-0'));
    await cabinet.write('discord-sessions', 'shard-0', { ...kept, sequence: 1 });
    await bench.listen();
    const second = await writes('một con chó');
    await asked(second);
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === second));
    expect([receipts().length, discord.gateway.resumes()]).toEqual([1, 1]);
    expect(await bench.ledger.archive.history({ tenant: `discord-${art.guildId}`, limit: 10 })).toHaveLength(2);
  });
});

describe('a connection', () => {
  it.each([
    ['breaks', (): void => bench.discord.gateway.drop()],
    ['is to be made anew', (): void => bench.discord.gateway.reconnect()],
    ['ends with an error', (): void => bench.discord.gateway.close(4000)],
  ])('that %s is resumed, and nothing is missed', async (_, happen) => {
    const { discord, writes, asked } = cast();
    await bench.listen();
    await asked(await writes('một con mèo'));
    happen();
    await asked(await writes('một con chó'));
    await discord.until(() => discord.gateway.connected() === 1);
    expect([discord.gateway.identifies(), discord.gateway.resumes()]).toEqual([1, 1]);
  });
});

describe('two gateways', () => {
  it('overlap: the second takes the session over, the first goes on with its own, and nothing is asked twice', async () => {
    const { discord, writes, asked, art } = cast();
    await bench.listen();
    await asked(await writes('một con mèo'));
    const stop = await bench.listen();
    discord.clock.advance(10_000);
    await discord.until(() => discord.gateway.connected() === 2, 15_000);
    await asked(await writes('một con chó'));
    await stop();
    await asked(await writes('một con vịt'));
    expect(await bench.ledger.archive.history({ tenant: `discord-${art.guildId}`, limit: 10 })).toHaveLength(3);
  });

  it('share the shards that the configuration gives them', async () => {
    const { discord, lan } = cast();
    discord.gateway.settings.shards = 2;
    discord.gateway.settings.maxConcurrency = 2;
    await bench.listen(bench.create({ shardCount: 2, shardIds: [0] }));
    await bench.listen(bench.create({ shardCount: 2, shardIds: [1] }));
    for (let number = 0; number < 6; number += 1) {
      const channel = discord.guild(`Server ${number}`).channel('art');
      const { message } = await lan.posts(channel, `<@${discord.botId}> một con mèo`);
      await expect.poll(() => bench.ledger.archive.find(`discord-${message.id}`), { timeout: 5000 }).toBeDefined();
    }
    expect(discord.gateway.identifies()).toBe(2);
  });
});

describe('what is kept of a session', () => {
  it('is missed by nobody who connects while the cabinet is away', async () => {
    const away = { ...bench.ledger.cabinet, read: () => Promise.reject(new Error('the database is away')) };
    const sessions = createSessions({ cabinet: away, now: Date.now, owner: 'one', log: { info() {}, warn() {}, error() {} } });
    expect(await sessions.retrieve(0)).toBeNull();
    await sessions.close();
  });

  it('is how far everything was handled, not how far anything was', async () => {
    const { cabinet } = bench.ledger;
    const sessions = createSessions({ cabinet, now: Date.now, owner: 'one', log: { info() {}, warn() {}, error() {} } });
    expect(await sessions.retrieve(0)).toBeNull();
    sessions.update({ sessionId: 's', resumeURL: 'wss://discord.example', sequence: 1, shardCount: 1, shardId: 0 });
    const slow = sessions.begin(0, 2);
    sessions.begin(0, 3)();
    sessions.passed(0, 4);
    const kept = async (): Promise<unknown> => cabinet.read('discord-sessions', 'shard-0');
    await expect.poll(kept).toMatchObject({ sequence: 1, owner: 'one' });
    slow();
    await expect.poll(kept).toMatchObject({ sequence: 4 });
    await sessions.close();
  });
});
