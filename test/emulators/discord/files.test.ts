import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { openReady } from './listener.ts';
import type { ChannelHandle } from './places.ts';

let discord: DiscordEmulator;
let art: ChannelHandle;
let link: string;
let picture: Buffer;
beforeEach(async () => {
  discord = await openDiscordEmulator();
  art = discord.guild('Studio').channel('art');
  picture = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'blue' } })
    .webp()
    .toBuffer();
  const { message } = await discord
    .person('Lan')
    .posts(art, 'x', { files: [{ filename: 'một con mèo.webp', contentType: 'image/webp', bytes: picture }] });
  link = message.pictures[0]?.url ?? '';
});
afterEach(() => discord.close());

describe('a file on the CDN', () => {
  it('is there for whoever has its link, with its size and its tidied name', async () => {
    expect(art.messages()[0]?.pictures).toMatchObject([
      { width: 8, height: 6, contentType: 'image/webp', filename: expect.stringMatching(/^[\w.-]+\.webp$/) },
    ]);
    const response = await fetch(link);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
    expect((await fetch(link.replace(discord.cdnUrl, discord.mediaUrl))).status).toBe(200);
    expect(discord.visits()).toHaveLength(2);
  });

  it('is gone when its link is a day old, and there again under a fresh one', async () => {
    discord.clock.advance(24 * 3_600_000 + 2000);
    expect((await fetch(link)).status).toBe(404);
    const refreshed = await callRest(discord, 'POST', '/attachments/refresh-urls', { body: { attachment_urls: [link] } });
    expect(refreshed.body).toMatchObject({ refreshed_urls: [{ original: link, refreshed: expect.stringContaining('ex=') }] });
    expect((await fetch(art.messages()[0]?.pictures[0]?.url ?? '')).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('is not served without a signature, nor under a forged one', async () => {
    const [bare = ''] = link.split('?');
    expect((await fetch(bare)).status).toBe(404);
    expect((await fetch(link.replace(/ex=[0-9a-f]+/, 'ex=ffffffff'))).status).toBe(404);
    expect(discord.violations).toHaveLength(2);
  });

  it('goes with its message', async () => {
    discord.person('Lan').deletes(art.messages()[0] ?? { id: '' });
    expect((await fetch(link)).status).toBe(404);
    expect(discord.violations).toEqual([]);
  });

  it('that came with a command vanishes after an hour', async () => {
    const options = [{ type: 11, name: 'image', description: 'x' }];
    await callRest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, {
      body: [{ name: 'imagine', description: 'x', options }],
    });
    const listener = await openReady(discord);
    void discord.person('Lan').slash('imagine', { image: { filename: 'x.webp', contentType: 'image/webp', bytes: picture } }, art);
    const given = /http[^"]+ephemeral-attachments[^"]+/.exec(JSON.stringify(await listener.event('INTERACTION_CREATE')))?.[0] ?? '';
    expect((await fetch(given)).status).toBe(200);
    discord.clock.advance(3_601_000);
    expect([(await fetch(given)).status, (await fetch(link)).status]).toEqual([404, 200]);
  });

  it('must not be asked for with a token', async () => {
    await fetch(link, { headers: { authorization: `Bot ${discord.token}` } });
    expect(discord.violations).toEqual(['a token was sent to the CDN']);
  });

  it('can be slow, broken, away or something else', async () => {
    const statuses = [];
    for (const kind of ['drop-before', 'status', 'malformed'] as const) {
      discord.faults.add({ route: 'GET cdn', kind });
      statuses.push(
        await fetch(link).then(
          (response) => response.text().then((text) => [response.status, text.slice(0, 3)]),
          () => 'cut',
        ),
      );
    }
    expect(statuses).toEqual(['cut', [503, ''], [200, 'not']]);
  });

  it('keeps its link working inside an embed that names it without a signature', async () => {
    const [bare = ''] = link.split('?');
    await callRest(discord, 'POST', `/channels/${art.id}/messages`, { body: { embeds: [{ image: { url: bare } }] } });
    expect((await fetch(art.messages()[1]?.pictures[0]?.url ?? '')).status).toBe(200);
  });
});

describe('a file that a program sends', () => {
  const post = async (name: string, type: string, bytes: readonly number[]): Promise<number> => {
    const body = { content: 'x', attachments: [{ id: '0', filename: name }] };
    const files = [{ name, type, bytes: Uint8Array.from(bytes) }];
    return (await callRest(discord, 'POST', `/channels/${art.id}/messages`, { body, files })).status;
  };
  const CLIP = [0, 0, 0, 16, ...Buffer.from('ftypisom')];

  it('has a name that agrees with what it is sent as, and a clip begins as one', async () => {
    expect(await post('a.mp4', 'video/mp4', CLIP)).toBe(200);
    expect(art.messages().at(-1)?.pictures).toMatchObject([{ contentType: 'video/mp4', filename: 'a.mp4' }]);
    expect(discord.violations).toEqual([]);
    expect(await post('a.png', 'video/mp4', CLIP)).toBe(400);
    expect(await post('a.mp4', 'application/octet-stream', CLIP)).toBe(400);
    expect(await post('a.mp4', 'video/mp4', [1, 2, 3])).toBe(400);
    expect(discord.violations).toHaveLength(3);
  });
});
