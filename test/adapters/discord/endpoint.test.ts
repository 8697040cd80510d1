import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { made } from '#test/ledger/asked.ts';
import { useDiscordBench } from './use-bench.ts';

/** Interactions that come by signed HTTP, to one or more replicas. */
const bench = useDiscordBench();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function replica(gateway = false): Promise<string> {
  const port = await freePort();
  await bench.listen(bench.create({ publicKey: bench.discord.publicKey, port, gateway }));
  return `http://127.0.0.1:${port}/interactions`;
}

describe('signed HTTP', () => {
  it('is taken as Discord probes it, answers in the response, and needs no gateway', async () => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Studio').channel('art');
    await discord.useEndpoint(await replica());
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    expect(reaction.message()?.text).toContain('đến lượt bạn ngay');
    await bench.deliver(`discord-${reaction.interactionId}`, made());
    const [result] = art.messages().filter(({ pictures }) => pictures.length > 0);
    if (result === undefined) throw new Error('nothing was painted');
    const form = await lan.presses('Sửa mô tả', result);
    expect(form.modal?.fields[0]?.value).toBe('một con mèo');
    expect(discord.gateway.connected()).toBe(0);
    expect(discord.calls().some(({ route }) => route?.includes('/callback') === true)).toBe(false);
  });

  it('goes to any replica: each button is known to all of them', async () => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    const art = discord.guild('Studio').channel('art');
    const [one, two] = [await replica(), await replica()];
    await discord.useEndpoint(one);
    const reaction = await lan.slash('imagine', { prompt: 'một con mèo' }, art);
    await discord.useEndpoint(two);
    const receipt = reaction.message();
    if (receipt === undefined) throw new Error('no receipt');
    await lan.presses('Huỷ', receipt);
    expect(reaction.message()?.text).toContain('Đang huỷ');
  });

  it('beside a gateway leaves messages to it', async () => {
    const { discord } = bench;
    const lan = discord.person('Lan', 'vi');
    await discord.useEndpoint(await replica(true));
    const { message } = await lan.posts(lan.direct(), 'một con mèo');
    await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
    expect((await lan.types('imagine', { model: 'core' }, 'model', lan.direct())).choices).toHaveLength(1);
  });

  it('whose port is taken says which variable to change', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const listening = bench.listen(bench.create({ publicKey: bench.discord.publicKey, port, gateway: false }));
    await expect(listening).rejects.toMatchObject({ sentence: expect.stringContaining('DISCORD_PORT') });
    taken.close();
  });

  it.each([
    ['without a signature', {}],
    ['with a wrong one', { 'x-signature-ed25519': 'ab'.repeat(64), 'x-signature-timestamp': '1' }],
    ['with one that is none', { 'x-signature-ed25519': 'nonsense', 'x-signature-timestamp': '1' }],
  ])('%s is refused, whatever it says', async (_, headers) => {
    const response = await fetch(await replica(), { method: 'POST', headers, body: JSON.stringify({ type: 1 }) });
    expect(response.status).toBe(401);
  });

  it('that is too long, or no POST, is not read', async () => {
    const url = await replica();
    expect((await fetch(url)).status).toBe(405);
    const long = await fetch(url, { method: 'POST', body: 'x'.repeat(1_100_000) }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(long).toBe(413);
  });
});
