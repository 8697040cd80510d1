import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createUnconfirmed } from '#adapters/web/unconfirmed.ts';
import type { Ask } from '#src/core/platform.ts';
import { keepUpload } from '#src/core/uploads.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { createMemoryBlobs, createMemoryCabinet, createMemoryLedger, openRoom, type Room } from './room.ts';

const DAY_MS = 86_400_000;
const VIDEO = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false } as const;
const toldSchema = z.object({
  id: z.string(),
  sentence: z.string(),
  price: z.string().optional(),
  yes: z.string().optional(),
  receipt: z.looseObject({ kind: z.string() }),
});
type Told = z.infer<typeof toldSchema> & { readonly status: number };

let room: Room;
beforeEach(async () => {
  room = await openRoom();
});
afterEach(async () => {
  await room.stop();
});

/** Fields with a number are pictures of so many bytes. */
async function post(fields: Readonly<Record<string, string | number>>, headers: Record<string, string> = {}): Promise<Told> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    form.append(name.replace(/\d$/, ''), typeof value === 'string' ? value : new File([new Uint8Array(value)], `${name}.png`));
  const response = await fetch(room.address('/api/ask'), { method: 'POST', body: form, headers });
  return { ...toldSchema.parse(await response.json()), status: response.status };
}

async function press(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(room.address(path), { method: 'POST', headers });
  return { status: response.status, body: await response.json() };
}

/** What reached the desk, and how many pictures with it. */
const asked = (): Partial<Ask> & { readonly pictures: number } => {
  const { text = '', task, isInstruction, isConfirmed, images = [] } = room.asks.at(-1) ?? {};
  return {
    text,
    ...(task === undefined ? {} : { task }),
    ...(isInstruction === undefined ? {} : { isInstruction }),
    ...(isConfirmed === undefined ? {} : { isConfirmed }),
    pictures: images.length,
  };
};

describe('every task by the API', () => {
  it.each([
    [{ text: 'a boat' }, { text: 'a boat', pictures: 0 }],
    [
      { text: '/imagine a boat', picture: 1 },
      { text: 'a boat', pictures: 1 },
    ],
    [
      { text: 'a boat', command: 'imagine', picture: 1 },
      { text: 'a boat', pictures: 1 },
    ],
    [
      { text: 'bỏ cái mũ đi', picture: 1 },
      { text: 'bỏ cái mũ đi', isInstruction: true, pictures: 1 },
    ],
    [
      { text: '/edit upscale fast', picture: 1 },
      { text: 'upscale fast', isInstruction: true, pictures: 1 },
    ],
    [
      { text: '/sửa phóng to', picture: 1 },
      { text: 'phóng to', isInstruction: true, pictures: 1 },
    ],
    [
      { text: 'outpaint', command: 'edit', picture: 1 },
      { text: 'outpaint', isInstruction: true, pictures: 1 },
    ],
    [
      { text: 'a hat', picture: 1, mask: 2 },
      { text: 'a hat', task: { kind: 'inpaint' }, pictures: 2 },
    ],
    [
      { text: ' ', picture: 1, mask: 2 },
      { text: '', task: { kind: 'erase' }, pictures: 2 },
    ],
    [
      { text: '/edit erase', picture: 1, mask: 2 },
      { text: 'erase', task: { kind: 'inpaint' }, isInstruction: true, pictures: 2 },
    ],
    [
      { text: '', picture: 1, style: 2 },
      { text: '', task: { kind: 'restyle' }, pictures: 2 },
    ],
    [
      { text: '/edit restyle', picture0: 1, picture1: 2 },
      { text: 'restyle', isInstruction: true, pictures: 2 },
    ],
    [
      { text: '/describe', picture: 1 },
      { text: '', task: { kind: 'describe' }, pictures: 1 },
    ],
    [
      { text: '', command: 'describe', picture: 1 },
      { text: '', task: { kind: 'describe' }, pictures: 1 },
    ],
    [{ text: '/video a boat --ar 16:9' }, { text: 'a boat --ar 16:9', task: { ...VIDEO, frames: [] }, pictures: 0 }],
    [
      { text: '/video a boat --duration 9s --resolution 720p --loop', picture: 1 },
      {
        text: 'a boat',
        task: { kind: 'video', durationSeconds: 9, resolution: '720p', isLooped: true, frames: ['first'] },
        pictures: 1,
      },
    ],
    [
      { text: 'a boat', picture: 1, last: 2 },
      { text: 'a boat', task: { ...VIDEO, frames: ['first', 'last'] }, pictures: 2 },
    ],
    [
      { text: '/video a boat', last: 2 },
      { text: 'a boat', task: { ...VIDEO, frames: ['last'] }, pictures: 1 },
    ],
    [
      { text: 'a boat', confirmed: 'true' },
      { text: 'a boat', isConfirmed: true, pictures: 0 },
    ],
    [
      { text: 'a boat', confirmed: 'false' },
      { text: 'a boat', pictures: 0 },
    ],
  ] satisfies [Record<string, string | number>, object][])('%j is %j', async (fields, ask) => {
    expect((await post(fields)).status).toBe(202);
    expect(asked()).toEqual(ask);
  });

  it('works on the picture that is replied to, and on the described one: plain words, a clip, a mask of it', async () => {
    const { id } = await post({ text: 'a boat' });
    const key = `${'c'.repeat(64)}.png`;
    room.finish(id, made({ pictures: [{ key, type: 'image/png', width: 1, height: 1, seed: 1 }] }));
    await post({ text: 'bỏ cái mũ đi', reply: id });
    expect([asked(), room.asks.at(-1)?.images]).toEqual([{ text: 'bỏ cái mũ đi', isInstruction: true, pictures: 1 }, [{ key }]]);
    await post({ text: '/video it moves', reply: id });
    expect(asked()).toMatchObject({ task: { frames: ['first'] }, pictures: 1 });
    await post({ text: 'a hat', reply: id, mask: 3 });
    expect([asked(), room.asks.at(-1)?.images[0]]).toEqual([{ text: 'a hat', task: { kind: 'inpaint' }, pictures: 2 }, { key }]);
    const prompts = ['a boat'];
    room.finish(id, { kind: 'described', title: 'Boat', altText: 'A boat', prompts, key, costMicros: 900, sandbox: true });
    await post({ text: '/describe', reply: id });
    expect(room.asks.at(-1)?.images).toEqual([{ key }]);
  });

  it('keeps nothing of a clip whose flags are not right', async () => {
    const { status, receipt } = await post({ text: '/video a boat --seed 4', picture: 1, last: 2 });
    expect([status, receipt['code'], room.blobs.size()]).toEqual([422, 'flag-not-for-video', 0]);
  });

  it('keeps all pictures of a request or none', async () => {
    const { receipt } = await post({ text: 'a hat', picture: 1, mask: 0 });
    expect([receipt['code'], room.blobs.size()]).toEqual(['picture-empty', 0]);
    await post({ text: 'a hat', picture: 1, mask: 2 });
    expect(room.blobs.size()).toBe(2);
  });

  it('takes a command as JSON too, and no command that is none', async () => {
    const send = async (body: object): Promise<number> => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(room.address('/api/ask'), { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    expect(await send({ text: 'a boat', command: 'video', confirmed: true })).toBe(202);
    expect(asked()).toMatchObject({ task: { kind: 'video' }, isConfirmed: true });
    expect([await send({ text: 'a boat', command: 'delete' }), await send({ text: 'a boat', confirmed: 'perhaps' })]).toEqual([400, 400]);
  });
});

describe('a price that is to be agreed to', () => {
  beforeEach(() => {
    room.charge(7_500_000);
  });

  it('is told, with nothing taken yet, and taken with a yes, once', async () => {
    const { status, id, sentence, price, receipt } = await post({ text: '/video một chiếc thuyền' }, { 'Accept-Language': 'vi' });
    expect([status, receipt, price]).toEqual([200, { kind: 'unconfirmed', id, priceMicros: 7_500_000 }, '7,50 US$']);
    expect(sentence).toBe('Cái này giá 7,50 US$. Bạn có muốn làm không?');
    expect((await fetch(room.address(`/api/requests/${id}`))).status).toBe(404);
    expect(await press(`/api/requests/${id}/confirm`)).toMatchObject({ status: 202, body: { receipt: { kind: 'accepted', id } } });
    expect((await fetch(room.address(`/api/requests/${id}`))).status).toBe(200);
    expect((await press('/api/requests/web-1/confirm')).status).toBe(422);
  });

  it('of an instruction is told as the most that it may be, in the yes too', async () => {
    const told = await post({ text: '/edit cho đẹp hơn', picture: 1 }, { 'Accept-Language': 'vi' });
    expect(told).toMatchObject({
      sentence: 'Cái này giá tối đa 7,50 US$. Bạn có muốn làm không?',
      price: 'tối đa 7,50 US$',
      yes: 'Làm, tối đa 7,50 US$',
    });
  });

  it('is agreed to only by whoever asked', async () => {
    const other = { Cookie: 'hoami-browser=0b6f1c7e-1111-4222-8333-444455556666' };
    const { id } = await post({ text: 'a boat' });
    expect(await press(`/api/requests/${id}/confirm`, other)).toMatchObject({ status: 422, body: { receipt: { code: 'not-yours' } } });
  });

  it('keeps the pictures meanwhile, and lets them go with a no of whoever asked', async () => {
    const other = { Cookie: 'hoami-browser=0b6f1c7e-1111-4222-8333-444455556666' };
    const { id } = await post({ text: '/video a boat', picture: 1, last: 2 });
    expect(room.blobs.size()).toBe(2);
    await press(`/api/requests/${id}/decline`, other);
    expect(room.blobs.size()).toBe(2);
    const declined = await press(`/api/requests/${id}/decline`, { 'Accept-Language': 'vi' });
    expect([declined, room.blobs.size()]).toEqual([{ status: 200, body: { sentence: 'Đã bỏ qua, bạn không mất gì cả.' } }, 0]);
  });

  it('leaves the pictures to the worker once it is agreed to', async () => {
    const { id } = await post({ text: '/video a boat', picture: 1 });
    await press(`/api/requests/${id}/confirm`);
    await press(`/api/requests/${id}/decline`);
    expect(room.blobs.size()).toBe(1);
  });

  it('is asked about a repeated request as about any', async () => {
    room.charge(0);
    const { id } = await post({ text: 'a boat' });
    room.finish(id, made());
    room.charge(4_000_000);
    const body = JSON.stringify({ id: 'web-0b6f1c7e-1111-4222-8333-444455556666', how: 'animate' });
    const response = await fetch(room.address(`/api/requests/${id}/repeat`), { method: 'POST', body });
    expect([response.status, await response.json()]).toMatchObject([200, { price: '$4.00', receipt: { kind: 'unconfirmed' } }]);
    expect(room.wants).toEqual([`animate ${id}`]);
  });

  it('that nobody answers for days costs no room: its pictures are thrown away, those of what was taken are not', async () => {
    let now = 0;
    const [cabinet, blobs, ledger] = [createMemoryCabinet(), createMemoryBlobs(), createMemoryLedger()];
    const unconfirmed = createUnconfirmed({ cabinet, blobs, archive: ledger.archive, now: () => now });
    for (const id of ['web-1', 'web-2']) await unconfirmed.note(id, 'lan', [await keepUpload(id, { bytes: PNG }, blobs)]);
    const thread = { platform: 'web', address: null };
    await ledger.ask({
      id: 'web-2',
      text: 'a boat',
      options: {},
      images: [],
      thread,
      requester: { id: 'lan' },
      tenant: 'local',
      locale: 'en',
    });
    now = DAY_MS;
    await unconfirmed.tidy();
    expect(blobs.size()).toBe(2);
    now = 3 * DAY_MS;
    await unconfirmed.tidy();
    expect([blobs.size(), await cabinet.list('web-unconfirmed')]).toEqual([1, []]);
  });
});
