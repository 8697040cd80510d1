import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House } from '#test/flows/house.ts';

const SIDE = 512;
const viewSchema = z.looseObject({
  state: z.string(),
  status: z.string(),
  task: z.string(),
  answer: z.looseObject({ recipe: z.looseObject({ command: z.string() }), clip: z.looseObject({ url: z.string() }).optional() }).optional(),
  description: z.looseObject({ prompts: z.array(z.looseObject({ command: z.string() })) }).optional(),
});
type View = z.infer<typeof viewSchema>;
const toldSchema = z.looseObject({ id: z.string(), receipt: z.looseObject({ kind: z.string() }) });

let house: House;
let address: string;
const pictures: Record<string, Buffer> = {};
beforeAll(async () => {
  house = await openHouse({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOAMI_SANDBOX: 'on', HOAMI_SANDBOX_MODEL_MS: '0' });
  const said = await house.start('src/main/all.ts').said('AWS_ACCESS_KEY_ID');
  address = /(?:Open|Mở trang) +(http:\S+)/.exec(said)?.[1] ?? '';
  const plain = (background: string) => sharp({ create: { width: SIDE, height: SIDE, channels: 3, background } }).png();
  const white = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  pictures['picture'] = await plain('#357').toBuffer();
  pictures['style'] = await plain('#a33').toBuffer();
  pictures['last'] = await plain('#3a3').toBuffer();
  pictures['mask'] = await plain('#000')
    .composite([{ input: white, left: 100, top: 100 }])
    .toBuffer();
});
afterAll(async () => {
  await house.close();
});

async function post(path: string, fields: Readonly<Record<string, string>>, parts: readonly string[]): Promise<z.infer<typeof toldSchema>> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const part of parts) form.append(part, new File([new Uint8Array(pictures[part] ?? [])], `${part}.png`));
  return toldSchema.parse(await (await fetch(new URL(path, address), { method: 'POST', body: form })).json());
}

async function ended(id: string): Promise<View> {
  for (;;) {
    const view = viewSchema.parse(await (await fetch(new URL(`/api/requests/${id}`, address))).json());
    if (view.state !== 'queued' && view.state !== 'running') return view;
    await sleep(200);
  }
}

describe('every task, asked for by the API of a running product', { timeout: 90_000 }, () => {
  it.each([
    [{ text: 'một con thuyền đỏ --n 2' }, [], 'imagine', /^\/imagine .*--n 2/],
    [{ text: '/imagine as a watercolour' }, ['picture'], 'transform', /^\/imagine /],
    [{ text: '/edit a vase of flowers' }, ['picture', 'mask'], 'inpaint', /^\/edit /],
    [{ text: 'a vase of flowers' }, ['picture', 'mask'], 'inpaint', /^\/edit /],
    [{ text: '' }, ['picture', 'mask'], 'erase', /^\/edit /],
    [{ text: 'bỏ cái mũ đi' }, ['picture'], 'erase', /^\/edit /],
    [{ text: '/sửa thay cái mũ bằng vương miện' }, ['picture'], 'replace', /^\/edit /],
    [{ text: '/edit recolor the hat red' }, ['picture'], 'recolor', /^\/edit /],
    [{ text: '/edit outpaint --left 64 --up 64' }, ['picture'], 'outpaint', /^\/edit /],
    [{ text: 'tách nền', command: 'edit' }, ['picture'], 'remove-background', /^\/edit /],
    [{ text: '' }, ['picture', 'style'], 'restyle', /^\/edit /],
    [{ text: '/edit sketch a castle' }, ['picture'], 'sketch', /^\/edit /],
    [{ text: '/edit structure a castle of ice' }, ['picture'], 'structure', /^\/edit /],
    [{ text: '/edit phóng to' }, ['picture'], 'upscale', /^\/edit /],
    [{ text: '/video thuyền trôi --duration 5s', confirmed: 'true' }, [], 'video', /^\/video .*--duration 5s --resolution 540p$/],
    [{ text: 'con thuyền trôi trên sông', confirmed: 'true' }, ['picture', 'last'], 'video', /^\/video /],
  ] satisfies [Record<string, string>, string[], string, RegExp][])('%j with %j is %s', async (fields, parts, task, command) => {
    const view = await ended((await post('/api/ask', fields, parts)).id);
    expect([view.status, view.state, view.task]).toEqual(['', 'made', task]);
    expect(view.answer?.recipe.command).toMatch(command);
    if (task !== 'video') return;
    const part = await fetch(new URL(view.answer?.clip?.url ?? '', address), { headers: { Range: 'bytes=4-7' } });
    expect([part.status, part.headers.get('content-type'), await part.text()]).toEqual([206, 'video/mp4', 'ftyp']);
  });

  it('an instruction that the rules cannot read is understood, and done', async () => {
    const { state, status } = await ended(
      (await post('/api/ask', { text: 'make the sky a little more dramatic, please' }, ['picture'])).id,
    );
    expect([state, status]).toEqual(['made', '']);
  });

  it('a picture is put into words that can be asked for', async () => {
    const { state, description } = await ended((await post('/api/ask', { text: '/describe' }, ['picture'])).id);
    expect([state, description?.prompts[0]?.command]).toEqual(['described', expect.stringMatching(/^\/imagine \S/)]);
  });

  it('a clip is made once its price is agreed to, however often it is', async () => {
    const { id, receipt } = await post('/api/ask', { text: '/video thuyền trôi' }, ['picture']);
    expect(receipt).toEqual({ kind: 'unconfirmed', id, priceMicros: 3_750_000 });
    for (const _ of [1, 2]) expect((await post(`/api/requests/${id}/confirm`, {}, [])).receipt.kind).toBe('accepted');
    expect((await ended(id)).state).toBe('made');
  });
});
