import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { createSlackHosts } from '#adapters/slack/guard.ts';
import { createWire } from '#adapters/slack/wire.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const YES = 'Làm, giá 3,75 US$';

/** Somebody has asked for a clip and agreed to its price; nothing is made yet. */
async function asked(): Promise<SlackHouse> {
  const house = await openSlackHouse();
  house.painter.hold();
  const lan = house.slack.person('lan');
  await lan.types('/video sóng vỗ bờ đá --duration 5', { in: 'general' });
  await lan.presses(YES);
  await house.settled();
  return house;
}

async function shown(house: SlackHouse): Promise<string> {
  house.painter.go();
  await house.settled();
  const channel = house.slack.channel('general');
  expect(channel.messages().map((root) => channel.replies(root).length)).toEqual([1]);
  expect(house.shelf.held).toBe(0);
  return house.text('general');
}

const refuse = (house: SlackHouse, error: string, times: number): void =>
  house.slack.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error, times });

it('is a file with a player: what is to be seen, by whom, how long, how large, how dear', async () => {
  await using house = await asked();
  const story = await shown(house);
  expect(story.split('\n').slice(1)).toEqual([
    'hoami: @lan muốn làm video:',
    '  sóng vỗ bờ đá',
    expect.stringMatching(/^ {2}Clip Maker · \d+:\d+ · Xong rồi · 3,75 US\$ \(edited\)$/),
    '  ↳ hoami: @lan · *Sóng vỗ*',
    '      waves roll in',
    '      Sóng vỗ vào bờ đá Clip Maker · 5 giây · 960×540 · 3,75 US$ Video thử nghiệm: chưa dùng mô hình nào và không tốn tiền thật.',
    '      [Vẽ lại] [Sửa mô tả] [Dùng lời của mình] [Xem công thức] [Xoá]',
    '      (file ai-abcd2345.mp4 “Sóng vỗ vào bờ đá”)',
  ]);
  const [file] = [...house.slack.files.values()];
  expect([file?.bytes.byteLength, file?.mimetype]).toEqual([300_000, 'video/mp4']);
});

it('is made lighter where Slack does not take it as it is, and that is said', async () => {
  await using house = await asked();
  refuse(house, 'file_upload_size_restricted', 1);
  expect(await shown(house)).toMatch(/Video đã được nén nhẹ hơn để gửi lên đây\.[^]*\.mp4/);
  expect([...house.slack.files.values()].map(({ bytes }) => bytes.byteLength)).toEqual([90_000]);
});

it('is made lighter where Slack refuses it when all of it is there', async () => {
  await using house = await asked();
  house.slack.fault({ method: 'files.completeUploadExternal', kind: 'refuse', error: 'file_type_not_allowed' });
  expect(await shown(house)).toContain('nén nhẹ hơn');
  const shared = [...house.slack.files.values()].filter(({ shares }) => shares.length > 0);
  expect(shared.map(({ bytes }) => bytes.byteLength)).toEqual([90_000]);
});

it('is a link beside its poster where Slack takes no clips', async () => {
  await using house = await asked();
  house.shelf.address = 'https://clips.example/one.mp4?sign=a&for=b';
  refuse(house, 'file_uploads_except_images_disabled', 2);
  const story = await shown(house);
  expect(story).toContain('Xem ở đây: <https://clips.example/one.mp4?sign=a&for=b|ai-abcd2345.mp4>');
  expect(story).toContain('ai-abcd2345.png');
  expect(story).not.toContain('(file ai-abcd2345.mp4');
  expect(JSON.stringify(house.slack.parts.messages.all().map(({ blocks }) => blocks))).toContain('?sign=a&amp;for=b|');
});

it('is a link in words where Slack takes no files', async () => {
  await using house = await asked();
  house.shelf.address = 'https://clips.example/one.mp4';
  refuse(house, 'file_uploads_disabled', 9);
  const story = await shown(house);
  expect(story).toContain('<https://clips.example/one.mp4|ai-abcd2345.mp4>');
  expect(story).toContain('[Xem công thức] [Xoá]');
  expect(story).not.toContain('(file');
});

it.each(['file_uploads_disabled', 'storage_limit_reached', 'missing_scope', 'a_new_error_of_slack'])(
  'is a sentence with the reason where there is no link (%s)',
  async (error) => {
    await using house = await asked();
    house.shelf.hasLighter = false;
    refuse(house, error, 9);
    expect(await shown(house)).toContain(`Video xong rồi nhưng Slack không nhận tệp (${error})`);
  },
);

it('is its poster and a sentence when the clip itself is gone', async () => {
  await using house = await asked();
  house.shelf.isGone = true;
  const story = await shown(house);
  expect(story).toContain('Slack không nhận tệp (clip_gone)');
  expect(story).toContain('ai-abcd2345.png');
});

it('goes where its asker is when its channel is closed, and is not made lighter for that', async () => {
  await using house = await asked();
  Object.assign(house.slack.channel('general').channel, { isArchived: true });
  house.painter.go();
  await house.settled();
  expect(house.slack.direct('lan').text()).toContain('ai-abcd2345.mp4');
  expect(house.shelf.opened).not.toContain('light');
  // The line in the thread that says what is being done ends, though nothing followed there.
  const { calls } = house.slack;
  expect(calls.filter(({ method }) => method === 'assistant.threads.setStatus').at(-1)?.args['status']).toBe('');
});

it('is deleted with its file, and with its words', async () => {
  await using house = await asked();
  await shown(house);
  await house.slack.person('lan').presses('Xoá');
  await house.settled();
  expect([...house.slack.files.values()].every(({ isDeleted }) => isDeleted)).toBe(true);
  expect(house.text('general')).not.toContain('sóng vỗ');
});

it('can be asked for again by its recipe', async () => {
  await using house = await asked();
  await shown(house);
  await house.slack.person('lan').presses('Xem công thức');
  await house.settled();
  expect(house.slack.channel('general').text('lan')).toMatch(/\/video a cat in an ao dai .*--raw --duration 5s --resolution 540p/);
});

it('is read only as fast as Slack takes it: it is never whole in memory', async () => {
  let received = 0;
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const take = async (): Promise<void> => {
      await released;
      for await (const part of request) received += Buffer.byteLength(part);
      response.end('OK');
    };
    void take();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  const [part, parts] = [Buffer.alloc(1024 * 1024), 64];
  let read = 0;
  async function* clip(): AsyncGenerator<Uint8Array> {
    for (; read < parts; read += 1) yield part;
  }
  const sent = createWire(createSlackHosts(url)).upload(url, clip(), part.byteLength * parts);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(read).toBeLessThan(parts / 2);
  release();
  expect(await sent).toBe(true);
  expect(received).toBe(part.byteLength * parts);
  server.close();
});
