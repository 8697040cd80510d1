import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Json, PlatformImage } from '#src/core/request.ts';
import { PNG } from '#test/contracts/platform.ts';
import { heldBy } from '../desk.ts';
import { useDiscordBench } from './use-bench.ts';

const LINK_LIFE_MS = 60_000;

const bench = useDiscordBench({ linkLifeMs: LINK_LIFE_MS });

const read = (image: PlatformImage) => bench.create().download(image, AbortSignal.timeout(10_000));
const at = (source: Json): PlatformImage => ({ platform: 'discord', source });

/** A picture that Lan sent to the bot in a direct message, as a worker finds it in the request. */
async function sent(bytes: Uint8Array = PNG) {
  const { discord } = bench;
  const lan = discord.person('Lan', 'vi');
  await bench.listen();
  const { message } = await lan.posts(lan.direct(), 'một con mèo', { files: [{ filename: 'cat.png', bytes, contentType: 'image/png' }] });
  await discord.until(() => discord.botMessages().some(({ repliesTo }) => repliesTo === message.id));
  const { images } = await bench.request(`discord-${message.id}`);
  return { discord, lan, message, image: heldBy(images[0]) };
}

describe('a picture that somebody sent', () => {
  it('is read by its link', async () => {
    expect((await read((await sent()).image)).bytes).toEqual(PNG);
  });

  it('is looked up again in its message when the link has expired', async () => {
    const { discord, image } = await sent();
    discord.clock.advance(2 * LINK_LIFE_MS);
    expect((await read(image)).bytes).toEqual(PNG);
  });

  it('is gone when its message is gone too', async () => {
    const { discord, lan, message, image } = await sent();
    lan.deletes(message);
    discord.clock.advance(2 * LINK_LIFE_MS);
    await expect(read(image)).rejects.toMatchObject({ name: 'Refusal', code: 'picture-gone' });
  });

  it('that is too heavy is not read to its end', async () => {
    const { discord, image } = await sent();
    const heavy = createServer((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    }).listen(0, '127.0.0.1');
    await once(heavy, 'listening');
    const address = heavy.address();
    const cdnUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const endless = at({ url: `${cdnUrl}/attachments/1/2/cat.png` });
    const reading = bench.create({ cdnUrl }).download(endless, AbortSignal.timeout(20_000));
    await expect(reading).rejects.toMatchObject({ name: 'Refusal', code: 'picture-too-heavy' });
    heavy.closeAllConnections();
    heavy.close();
    expect([discord.botMessages().length, image.platform]).toEqual([1, 'discord']);
  });

  it('waits for a CDN that is down', async () => {
    const { discord, image } = await sent();
    discord.faults.add({ route: 'GET cdn', kind: 'status', status: 503 });
    await expect(read(image)).rejects.toMatchObject({ name: 'TryLater', reason: 'unreachable' });
    expect((await read(image)).bytes).toEqual(PNG);
  });
});

describe('what is no picture of Discord’s', () => {
  it.each([
    ['another host', () => 'https://evil.example/attachments/1/2/cat.png'],
    ['a host with the right beginning', () => 'https://cdn.discordapp.com.evil.example/attachments/1/2/cat.png'],
    ['a host behind a name and password', () => `https://cdn.discordapp.com@evil.example/attachments/1/2/cat.png`],
    ['another path', () => `${bench.discord.cdnUrl}/icons/1/2/cat.png`],
    ['an address of the inside', () => 'http://169.254.169.254/attachments/1'],
    ['the host that serves strangers’ pictures', () => 'https://images-ext-1.discordapp.net/external/x/https/evil.example/cat.png'],
  ])('is not asked for: %s', async (_, url) => {
    await expect(read(at({ url: url() }))).rejects.toMatchObject({ name: 'Refusal', code: 'picture-gone' });
    expect(bench.discord.visits()).toEqual([]);
  });

  it('is not followed to', async () => {
    const visited: string[] = [];
    const inside = createServer((request, response) => {
      visited.push(request.url ?? '');
      response.end(PNG);
    }).listen(0, '127.0.0.1');
    const outside = createServer((_, response) => {
      const address = inside.address();
      response.writeHead(302, { location: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/secret` });
      response.end();
    }).listen(0, '127.0.0.1');
    await Promise.all([once(inside, 'listening'), once(outside, 'listening')]);
    const address = outside.address();
    const cdnUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const reading = bench.create({ cdnUrl }).download(at({ url: `${cdnUrl}/attachments/1/2/cat.png` }), AbortSignal.timeout(10_000));
    await expect(reading).rejects.toMatchObject({ code: 'picture-gone' });
    expect(visited).toEqual([]);
    for (const server of [inside, outside]) {
      server.closeAllConnections();
      server.close();
    }
  });
});
