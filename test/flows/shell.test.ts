import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House } from './house.ts';

const BLUE = [32, 64, 128] as const;
const CAT = 'một con mèo mặc áo dài đi chợ nổi lúc bình minh';
const resultSchema = z.object({
  ok: z.literal(true),
  prompt: z.string(),
  costMicros: z.int(),
  grid: z.object({ file: z.string(), width: z.int() }).optional(),
  pictures: z.array(z.object({ file: z.string(), seed: z.int(), width: z.int(), height: z.int() })),
});
const json = (text: string) => resultSchema.parse(JSON.parse(text));

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => house.close());

describe('hoami imagine', { timeout: 60_000 }, () => {
  it('paints what a Vietnamese asks for, says so in Vietnamese, and writes the file', async () => {
    const { code, out, err } = await house.shell(['imagine', CAT, '--ar', '16:9', '--seed', '42', '--out', 'cat.png']);
    expect(err).toMatch(/Đang vẽ/);
    expect(code).toBe(0);
    expect(out).toMatch(/^Mô tả +\S.*áo dài|^Mô tả +\S.*ao dai/m);
    expect(out).toMatch(/^Giá +0,08\d* US\$$/m);
    expect(out).toMatch(/^Seed +42$/m);
    expect(out).toMatch(/^Tệp +cat\.png$/m);
    expect(await sharp(join(house.directory, 'cat.png')).metadata()).toMatchObject({ format: 'png', width: 1344, height: 768 });
  });

  it('paints what an Englishwoman asks for, and says so in English', async () => {
    const { code, out } = await house.shell(['imagine', 'a cat in a paper boat', '--seed', '7', '--out', 'boat.png']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Price +\$0\.08/m);
    expect(out).toContain('AI-generated');
  });

  it('gives the same bytes for the same recipe', async () => {
    const ask = async (file: string) => json((await house.shell(['imagine', CAT, '--seed', '5', '--json', '--out', file])).out);
    const [first, second] = [await ask('one.png'), await ask('two.png')];
    expect(second.prompt).toBe(first.prompt);
    expect(await readFile(join(house.directory, 'two.png'))).toEqual(await readFile(join(house.directory, 'one.png')));
  });

  it('writes several pictures and their grid beside them', async () => {
    const result = json((await house.shell(['imagine', 'a red boat', '--n', '2', '--seed', '1', '--json', '--out', 'boats.png'])).out);
    expect(result.pictures.map(({ file, seed }) => [file, seed])).toEqual([
      ['boats-1.png', 1],
      ['boats-2.png', 2],
    ]);
    const grid = await sharp(join(house.directory, result.grid?.file ?? '')).metadata();
    expect(grid.width).toBe(result.grid?.width);
    expect(grid.width).toBeGreaterThan(result.pictures[0]?.width ?? Infinity);
  });

  it('transforms a picture, by the strength that was asked', async () => {
    const input = await sharp({ create: { width: 640, height: 640, channels: 3, background: { r: BLUE[0], g: BLUE[1], b: BLUE[2] } } })
      .jpeg()
      .toBuffer();
    await writeFile(join(house.directory, 'in.jpg'), input);
    const distance = async (strength: string): Promise<number> => {
      const file = `out-${strength}.png`;
      const { code } = await house.shell([
        'imagine',
        'a snowy mountain',
        '--image',
        'in.jpg',
        '--strength',
        strength,
        '--seed',
        '3',
        '--out',
        file,
      ]);
      expect(code).toBe(0);
      const { channels } = await sharp(join(house.directory, file)).stats();
      return channels.slice(0, 3).reduce((sum, { mean }, index) => sum + Math.abs(mean - (BLUE[index] ?? 0)), 0);
    };
    expect(await distance('0.9')).toBeGreaterThan(await distance('0.1'));
  });

  it('takes a value of several words as the shell hands it over', async () => {
    const { out } = await house.shell(['imagine', 'a lotus', '--model', 'Stable Image Core', '--raw', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, model: expect.stringContaining('core') });
  });

  it('finishes what a killed command has begun', async () => {
    house.sandbox.addFaults([{ service: 'bedrock', kind: 'slow', delayMs: 60_000, times: 1 }]);
    const before = house.sandbox.calls().length;
    const killed = house.start('src/main/cli.ts', ['imagine', 'an unfinished bridge', '--raw']);
    await expect.poll(() => house.sandbox.calls().length, { timeout: 30_000 }).toBeGreaterThan(before);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const paid = house.sandbox.charges().calls.length;
    expect((await house.shell(['imagine', 'a finished bridge', '--raw', '--json'])).code).toBe(0);
    expect(house.sandbox.charges().calls.length - paid).toBe(2);
  });

  it('books exactly what the sandbox charged', async () => {
    const before = house.sandbox.charges().totalMicros;
    const { costMicros } = json((await house.shell(['imagine', 'a lotus', '--model', 'core', '--json', '--raw'])).out);
    expect(house.sandbox.charges().totalMicros - before).toBe(40_000);
    expect(costMicros).toBe(40_000);
  });
});

describe('bad input in the shell', { timeout: 60_000 }, () => {
  const notPictures: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['empty.png', '', /0 byte/],
    ['page.png', '%PDF-1.7 not a picture', /PDF/],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['cut.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), /damaged|cut off/],
    ['heavy.jpg', Buffer.alloc(30 * 1024 * 1024, 1), /20 MB/],
  ];

  it.each([
    [['imagine', ''], 2, /What should I paint/],
    [['imagine', '--seed', '4'], 2, /What should I paint/],
    [['imagine', 'a cat', '--arr', '16:9'], 2, /do not know --arr.*--ar/],
    [['imagine', 'con mèo đen', '--n', '9'], 2, /--n không nhận “9”/],
    [['imagine', 'a cat', '--image', 'nowhere.jpg'], 2, /Cannot read the file nowhere\.jpg/],
    [['imagine', 'một con mèo', '--image', 'nowhere.jpg'], 2, /^Không đọc được tệp nowhere\.jpg/],
    [['imagine', 'con m\u200Bèo', '--out'], 2, /^Sau --out cần/],
    [['imagine', 'a cat', '--out'], 2, /--out needs a value/],
    [['paint'], 2, /no command “paint”/],
  ])('%j ends with %i and one sentence', async (argv, exitCode, sentence) => {
    const calls = house.sandbox.calls().length;
    const { code, err, out } = await house.shell(argv);
    expect([code, out]).toEqual([exitCode, '']);
    expect(err.trim()).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(house.sandbox.calls()).toHaveLength(calls);
  });

  it.each([
    [['imagine', 'a cat', '--image', 'nowhere.jpg', '--json'], 2, 'file-unreadable'],
    [['imagine', 'a cat', '--image', '--json'], 2, 'flag-value-missing'],
    [['imagine', 'a cat', '--arr', '16:9', '--json'], 2, 'flag-unknown'],
    [['imagine', 'a cat', '--raw', '--json', '--out', 'no/such/folder.png'], 1, 'file-unwritable'],
    [['edit', 'remove the hat', '--json'], 2, 'picture-missing'],
    [['describe', '--json'], 2, 'picture-missing'],
    [['models', '--json', '--out', 'no/such/folder.txt'], 1, 'file-unwritable'],
    [['paint', '--json'], 2, 'command-unknown'],
  ])('%j ends with %i and one object: %s', async (argv, exitCode, code) => {
    const ended = await house.shell(argv);
    expect([ended.code, ended.err]).toEqual([exitCode, '']);
    expect(JSON.parse(ended.out)).toMatchObject({ ok: false, code, message: expect.stringMatching(/\S/) });
  });

  it('tells a program in the same way why nothing could be opened', async () => {
    const { code, out, err } = await house.shell(['imagine', 'a cat', '--json'], { HOAMI_DATA_DIR: '/dev/null', HOAMI_LANGUAGE: 'en' });
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      code: 'start-ledger-unreachable',
      message: expect.stringContaining('Check HOAMI_DATA_DIR'),
    });
    const wrong = await house.shell(['imagine', 'a cat', '--json'], { PORT: 'x' });
    expect([wrong.code, JSON.parse(wrong.out)]).toMatchObject([
      2,
      { ok: false, code: 'config-wrong', message: expect.stringContaining('PORT') },
    ]);
  });

  it('tells a person the same in one sentence, with nothing before it', async () => {
    const { code, out, err } = await house.shell(['imagine', 'a cat'], { HOAMI_DATA_DIR: '/dev/null', HOAMI_LANGUAGE: 'en' });
    expect([code, out, err]).toEqual([2, '', 'The ledger cannot be opened (/dev/null). Check HOAMI_DATA_DIR.\n']);
  });

  it('gives help without opening anything, whatever the configuration', async () => {
    const settings = { HOAMI_DATA_DIR: join(house.directory, 'untouched'), PORT: 'x', HOAMI_LANGUAGE: 'vi' };
    const { code, out } = await house.shell(['help'], settings);
    expect([code, out]).toEqual([0, expect.stringContaining('Lệnh nào cũng có')]);
    expect((await house.shell(['paint'], { ...settings, PORT: '0' })).code).toBe(2);
    expect(existsSync(settings.HOAMI_DATA_DIR)).toBe(false);
  });

  it.each(notPictures)('refuses %s before anything is paid', async (file, bytes, sentence) => {
    await writeFile(join(house.directory, file), bytes);
    const calls = house.sandbox.calls().length;
    const { code, err } = await house.shell(['imagine', 'make it snow in the mountains', '--image', file]);
    expect(code).toBeGreaterThan(0);
    expect(err).toMatch(sentence);
    expect(house.sandbox.calls()).toHaveLength(calls);
  });

  it('tells a program the same as an object', async () => {
    const { code, out } = await house.shell(['imagine', 'sandbox-filter-prompt', '--raw', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, code: 'filtered-prompt', message: expect.stringContaining('Nothing was charged') });
  });
});
