import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House } from './house.ts';

const SIDE = 512;
/** What the mask says is to be changed. */
const PART = { left: 100, top: 60, width: 200, height: 160 };

const madeSchema = z.object({ ok: z.literal(true), recipe: z.object({ task: z.looseObject({ kind: z.string() }) }) });
const describedSchema = z.object({ ok: z.literal(true), title: z.string(), altText: z.string(), prompts: z.array(z.string()) });
const modelsSchema = z.object({ ok: z.literal(true), models: z.array(z.looseObject({ id: z.string(), state: z.string() })) });

let house: House;
beforeAll(async () => {
  house = await openHouse();
  // Every pixel is another, so that whatever is changed is seen.
  const noise = Buffer.from(Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => (at * 7919) % 251));
  await sharp(noise, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png()
    .toFile(fileOf('in.png'));
  const { left, top, width, height } = PART;
  const white = await sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#000' } })
    .composite([{ input: white, left, top }])
    .png()
    .toFile(fileOf('part.png'));
});
afterAll(async () => house.close());

const fileOf = (name: string): string => join(house.directory, name);
const pixelsOf = async (name: string): Promise<Buffer> => sharp(fileOf(name)).removeAlpha().raw().toBuffer();

/** How many pixels are not what they were, inside the part and outside of it. */
async function changes(name: string): Promise<{ readonly inside: number; readonly outside: number }> {
  const [before, after] = [await pixelsOf('in.png'), await pixelsOf(name)];
  expect(after.length).toBe(before.length);
  const found = { inside: 0, outside: 0 };
  for (let at = 0; at < SIDE * SIDE; at += 1) {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
    const isInside = x >= PART.left && x < PART.left + PART.width && y >= PART.top && y < PART.top + PART.height;
    if (before.subarray(at * 3, at * 3 + 3).equals(after.subarray(at * 3, at * 3 + 3))) continue;
    found[isInside ? 'inside' : 'outside'] += 1;
  }
  return found;
}

describe('hoami edit', { timeout: 60_000 }, () => {
  it.each([
    ['a vase of flowers', 'inpaint', 'vase.png'],
    ['inpaint a vase of flowers', 'inpaint', 'named.png'],
    ['', 'erase', 'erased.png'],
  ])('changes what is white in the mask and nothing else: “%s” is %s', async (words, kind, out) => {
    const { out: said } = await house.shell([
      'edit',
      words,
      '--image',
      'in.png',
      '--mask',
      'part.png',
      '--grow',
      '0',
      '--json',
      '--out',
      out,
    ]);
    expect(madeSchema.parse(JSON.parse(said)).recipe.task.kind).toBe(kind);
    const { inside, outside } = await changes(out);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan((PART.width * PART.height) / 2);
  });

  it.each([
    [['bỏ cái mũ đi'], 'erase'],
    [['thay cái mũ bằng vương miện'], 'replace'],
    [['recolor the hat red'], 'recolor'],
    [['outpaint', '--left', '64'], 'outpaint'],
    [['tách nền'], 'remove-background'],
    [['restyle as a watercolour', '--style-image', 'part.png'], 'restyle'],
    [['', '--style-image', 'part.png'], 'restyle'],
    [['sketch a castle'], 'sketch'],
    [['structure a castle of ice'], 'structure'],
    [['phóng to'], 'upscale'],
  ])('%j is done as %s', async (words, kind) => {
    const { out, err } = await house.shell(['edit', ...words, '--image', 'in.png', '--json', '--out', 'task.png']);
    expect([err, madeSchema.parse(JSON.parse(out)).recipe.task.kind]).toEqual(['', kind]);
  });

  it('tells a person what was done where there are no words for it', async () => {
    const { out } = await house.shell(['edit', 'tách nền', '--image', 'in.png', '--out', 'cut.png'], { HOAMI_LANGUAGE: 'vi' });
    expect(out).toMatch(/^Mô tả +Ảnh đã tách nền$/m);
  });

  it('takes a mask or a style, not both', async () => {
    const files = ['--image', 'in.png', '--mask', 'part.png', '--style-image', 'part.png'];
    const { code, out } = await house.shell(['edit', 'a vase', ...files, '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([2, { ok: false, code: 'flag-not-for-edit' }]);
  });
});

describe('hoami video', { timeout: 120_000 }, () => {
  const filmedSchema = z.object({
    ok: z.literal(true),
    clip: z.object({ file: z.string(), sizeBytes: z.int(), durationMs: z.int(), width: z.int(), height: z.int() }),
  });
  /** The sandbox of the command itself: what it makes is in no bucket of ours. */
  const played = { HOAMI_SANDBOX: 'on', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOAMI_LANGUAGE: 'vi' };

  it('says the price first, and then writes the clip as it came, from words and from pictures', async () => {
    const before = await house.shell(['video', 'thuyền trôi trên sông', '--duration', '5s'], played);
    expect([before.code, before.out, before.err]).toEqual([2, '', 'Cái này giá 3,75 US$. Đồng ý thì thêm --yes.\n']);
    const frames = ['--first', 'in.png', '--last', 'in.png', '--loop'];
    for (const [pictures, name] of [
      [[], 'words.mov'],
      [frames, 'frames.mp4'],
    ] as const) {
      const { out, err } = await house.shell(['video', 'thuyền trôi', ...pictures, '--yes', '--json', '--out', name], played);
      expect(err).toBe('');
      const { clip } = filmedSchema.parse(JSON.parse(out));
      expect([clip.file, clip.durationMs]).toEqual([name.replace('.mov', '.mp4'), 5000]);
      const bytes = await readFile(fileOf(clip.file));
      expect([bytes.length, bytes.subarray(4, 8).toString(), bytes.includes('avc1')]).toEqual([clip.sizeBytes, 'ftyp', true]);
      expect(existsSync(`${fileOf(clip.file)}.part`)).toBe(false);
    }
  });

  it('tells a person how long it is, and of no seed where there is none', async () => {
    const { out } = await house.shell(['video', 'thuyền trôi trên sông', '--yes', '--out', 'told.mp4'], played);
    expect(out).toMatch(/^Độ dài +5\.0 s$/m);
    expect(out).toMatch(/^Tệp +told\.mp4$/m);
    expect(out).not.toMatch(/^Seed/m);
  });

  it('refuses what clips have no use for before anything is opened', async () => {
    const { code, out } = await house.shell(['video', 'a boat', '--seed', '4', '--json'], {
      ...played,
      HOAMI_DATA_DIR: fileOf('unopened'),
    });
    expect([code, JSON.parse(out), existsSync(fileOf('unopened'))]).toMatchObject([2, { ok: false, code: 'flag-not-for-video' }, false]);
  });
});

describe('hoami describe', { timeout: 60_000 }, () => {
  it('says in the person’s language what is to be seen and what to ask for, to a person, a program and a file', async () => {
    const settings = { HOAMI_LANGUAGE: 'vi' };
    const { out } = await house.shell(['describe', 'in.png', '--out', 'words.txt'], settings);
    expect(out).toContain('Muốn có ảnh giống vậy');
    expect(await readFile(fileOf('words.txt'), 'utf8')).toBe(out);
    const said = describedSchema.parse(JSON.parse((await house.shell(['describe', 'in.png', '--json'], settings)).out));
    expect(said.prompts.length).toBeGreaterThan(0);
  });
});

describe('hoami models', { timeout: 60_000 }, () => {
  it('says of each what it costs, what it does and how it stands, without opening anything', async () => {
    const settings = { HOAMI_DATA_DIR: fileOf('untouched'), HOAMI_LANGUAGE: 'en' };
    const { code, out } = await house.shell(['models'], settings);
    expect(code).toBe(0);
    expect(out).toMatch(/^core +\$0\.04 +active +imagine/m);
    expect(out).toMatch(/^titan-v2 +\$0\.01 +retired 2026-06-30, then core +imagine, transform/m);
    const { models } = modelsSchema.parse(JSON.parse((await house.shell(['models', '--json'], settings)).out));
    expect(models.find(({ id }) => id === 'titan-v2')).toMatchObject({ state: 'retired', on: '2026-06-30', successor: 'core' });
    expect(existsSync(settings.HOAMI_DATA_DIR)).toBe(false);
  });
});

describe('a price above the limit', { timeout: 60_000 }, () => {
  const dear = { HOAMI_CONFIRM_ABOVE_USD: '0.01' };

  it('is said to a program with what to add, and nothing is paid or kept', async () => {
    await writeFile(fileOf('sent.png'), await readFile(fileOf('in.png')));
    const calls = house.sandbox.charges().calls.length;
    const { code, out } = await house.shell(['edit', 'phóng to', '--image', 'sent.png', '--json'], dear);
    expect([code, JSON.parse(out)]).toMatchObject([2, { ok: false, code: 'price-unconfirmed', priceMicros: 30_000 }]);
    const { code: plain, err } = await house.shell(['imagine', 'một con mèo đen'], dear);
    expect([plain, err]).toEqual([2, 'Cái này giá 0,08 US$. Đồng ý thì thêm --yes.\n']);
    expect(house.sandbox.charges().calls.length).toBe(calls);
  });

  it('is paid with --yes', async () => {
    const { code, out } = await house.shell(['imagine', 'a cat', '--raw', '--yes', '--json', '--out', 'yes.png'], dear);
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, costMicros: 80_000 }]);
  });
});
