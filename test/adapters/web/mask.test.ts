import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openHouse, type House } from '#test/flows/house.ts';
import { useBrowser } from './browser.ts';
import { useVisitors, VIETNAMESE } from './visitor.ts';

const PATIENT = { timeout: 60_000 };

/** The mask that the page has sent: which pixels are white. */
async function readMask(bytes: Uint8Array): Promise<{ width: number; height: number; white: (x: number, y: number) => boolean }> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  expect([...new Set(data)].toSorted((one, other) => one - other)).toEqual([0, 255]);
  return { width: info.width, height: info.height, white: (x, y) => data[(y * info.width + x) * info.channels] === 255 };
}

const canvasOf = (page: Page) => page.getByRole('dialog').locator('canvas');

/** Draws a line over the picture, from and to so far across and down. */
async function draw(page: Page, [fromX, fromY]: readonly [number, number], [toX, toY]: readonly [number, number]): Promise<void> {
  const { x, y, width, height } = (await canvasOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + fromX * width, y + fromY * height);
  await page.mouse.down();
  await page.mouse.move(x + toX * width, y + toY * height, { steps: 8 });
  await page.mouse.up();
}

describe.skipIf(inject('chromiumPath') === undefined)('painting over a part of a picture', () => {
  const house = useVisitors();
  const { visit, ask, paint } = house;

  async function openEditor(options: object = VIETNAMESE): Promise<Page> {
    const page = await visit(options);
    await paint(await ask(page, 'một con mèo'));
    const picture = page.locator('#messages .frame').first();
    await picture.hover();
    await picture.getByRole('button', { name: 'Sửa một phần' }).click();
    await canvasOf(page).waitFor();
    return page;
  }
  const button = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name });
  /** The last request's mask, as it lies in the store. */
  async function sentMask(): Promise<Awaited<ReturnType<typeof readMask>>> {
    const source = house.room.asks.at(-1)?.images[1];
    if (source === undefined || !('platform' in source)) throw new Error('no mask was sent');
    const { bytes } = await house.room.platform.download(source, AbortSignal.timeout(5000));
    return readMask(bytes);
  }

  it('sends a mask as large as the picture, white where it was painted and black elsewhere, with the words', async () => {
    const page = await openEditor();
    await draw(page, [0.25, 0.5], [0.75, 0.5]);
    await page.getByRole('dialog').getByRole('textbox', { name: 'Vẽ gì vào chỗ này?' }).fill('một cái nơ đỏ');
    await button(page, 'Vẽ').click();
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const [first, second] = house.room.asks;
    expect(second).toMatchObject({
      text: 'một cái nơ đỏ',
      task: { kind: 'inpaint' },
      origin: { id: first?.id },
      thread: { topic: first?.id },
    });
    const { width, height, white } = await sentMask();
    expect([width, height]).toEqual([64, 36]);
    expect([white(16, 18), white(32, 18), white(47, 18), white(32, 8), white(4, 18), white(60, 18)]).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    await page.locator('#thread').getByText('một cái nơ đỏ').waitFor();
    expect(house.complaints).toEqual([]);
  });

  it('is done with a picture of one’s own before anything was asked, and not with what the browser cannot show', async () => {
    const page = await visit(VIETNAMESE);
    const own = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#357' } })
      .png()
      .toBuffer();
    await page.getByLabel('Gửi kèm ảnh').first().setInputFiles({ name: 'own.png', mimeType: 'image/png', buffer: own });
    await page.getByRole('button', { name: 'Sửa một phần' }).click();
    await canvasOf(page).waitFor();
    await draw(page, [0.2, 0.5], [0.4, 0.5]);
    await page.getByRole('dialog').getByRole('textbox').fill('một cái nơ');
    await button(page, 'Vẽ').click();
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(1);
    expect(house.room.asks[0]).toMatchObject({ text: 'một cái nơ', task: { kind: 'inpaint' }, thread: { room: 'web-general' } });
    const { width, height, white } = await sentMask();
    expect([width, height, white(24, 30), white(60, 30)]).toEqual([80, 60, true, false]);
    await page.getByText('own.png').waitFor({ state: 'hidden' });
    await page
      .getByLabel('Gửi kèm ảnh')
      .first()
      .setInputFiles({ name: 'photo.heic', mimeType: 'image/heic', buffer: Buffer.from('heic') });
    await page.getByRole('button', { name: 'Sửa một phần' }).click();
    await page.getByRole('alert').filter({ hasText: 'Không mở được ảnh này để tô.' }).waitFor();
    expect(house.complaints).toEqual([]);
  });

  it('erases what was painted over when nothing is said', async () => {
    const page = await openEditor();
    await draw(page, [0.5, 0.2], [0.5, 0.8]);
    await button(page, 'Vẽ').click();
    await expect.poll(() => house.room.asks.at(-1)?.task, PATIENT).toEqual({ kind: 'erase' });
  });

  it('takes strokes back, sends nothing without one, and paints as broad as the brush is', async () => {
    const page = await openEditor();
    await button(page, 'Vẽ').click();
    await page.getByRole('alert').filter({ hasText: 'Bạn chưa tô chỗ nào.' }).waitFor();
    expect(await button(page, 'Bỏ nét vừa tô').isDisabled()).toBe(true);
    await draw(page, [0.1, 0.5], [0.3, 0.5]);
    await draw(page, [0.7, 0.5], [0.9, 0.5]);
    await button(page, 'Bỏ nét vừa tô').click();
    await button(page, 'Xoá hết nét tô').click();
    await page.getByRole('slider', { name: 'Cỡ cọ' }).fill('40');
    await draw(page, [0.7, 0.5], [0.9, 0.5]);
    await button(page, 'Vẽ').click();
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const { white } = await sentMask();
    expect([white(12, 18), white(51, 18), white(51, 13), white(51, 8)]).toEqual([false, true, true, false]);
  });

  it('is painted with the keyboard alone', async () => {
    const page = await openEditor();
    await canvasOf(page).focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp', 'Space', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Bỏ nét vừa tô');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('textbox').focus();
    await page.keyboard.type('cái nơ');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const { white } = await sentMask();
    expect([white(28, 16), white(28, 20), white(50, 16)]).toEqual([true, false, false]);
  });

  it('is painted with a finger, which does not scroll the page meanwhile', async () => {
    const page = await openEditor({ ...VIETNAMESE, viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true });
    const { x, y, width, height } = (await canvasOf(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const finger = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly (readonly [number, number])[]) =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([right, down]) => ({ x: x + right * width, y: y + down * height })),
      });
    await touch('touchStart', [0.5, 0.2]);
    for (const down of [0.4, 0.6, 0.8]) await touch('touchMove', [0.5, down]);
    await touch('touchEnd');
    await button(page, 'Vẽ').click();
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const { white } = await sentMask();
    expect([white(32, 9), white(32, 18), white(32, 27), white(10, 18)]).toEqual([true, true, true, false]);
  });
});

describe.skipIf(inject('chromiumPath') === undefined)('a part of a picture, with everything behind it', { timeout: 120_000 }, () => {
  const browser = useBrowser();
  let house: House;
  let address: string;
  beforeAll(async () => {
    house = await openHouse({
      HOAMI_LANGUAGE: 'vi',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      HOAMI_SANDBOX: 'on',
      HOAMI_SANDBOX_MODEL_MS: '0',
    });
    const said = await house.start('src/main/all.ts').said('AWS_ACCESS_KEY_ID');
    address = /(?:Open|Mở trang) +(http:\S+)/.exec(said)?.[1] ?? '';
  });
  afterAll(async () => {
    await house.close();
  });

  it.each([
    ['một cái nơ đỏ', 'inpaint'],
    ['', 'erase'],
  ])('is another picture there, and the same everywhere else: “%s”', async (words) => {
    const page = await browser.open(VIETNAMESE);
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    await page.getByRole('link', { name: 'Riêng mình' }).click();
    const field = page.getByRole('textbox', { name: 'Bạn muốn vẽ gì?' });
    await field.fill('/imagine một con mèo --ar 1:1 --seed 4');
    await field.press('Enter');
    const frame = page.locator('#messages .frame').first();
    await frame.locator('img').waitFor();
    await frame.hover();
    await frame.getByRole('button', { name: 'Sửa một phần' }).click();
    await canvasOf(page).waitFor();
    await draw(page, [0.3, 0.4], [0.6, 0.4]);
    await page.getByRole('dialog').getByRole('textbox').fill(words);
    await page.getByRole('dialog').getByRole('button', { name: 'Vẽ' }).click();
    await expect.poll(() => page.locator('#thread .frame img').count(), PATIENT).toBe(2);
    const frames = await page.locator('#thread .frame a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    const inputs = await page.locator('#thread .inputs img').evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? ''));
    const read = async (path: string): Promise<Buffer> => (await page.request.get(new URL(path, address).href)).body();
    // What the model was given: the picture, and what was painted over.
    const { width, height, white } = await readMask(await read(inputs[1]?.split('?')[0] ?? ''));
    const [before, after] = await Promise.all(
      frames.map(async (path) =>
        sharp(await read(path))
          .removeAlpha()
          .raw()
          .toBuffer(),
      ),
    );
    expect([before?.length, after?.length]).toEqual([width * height * 3, width * height * 3]);
    const changed = { inside: 0, outside: 0 };
    for (let at = 0; at < width * height; at += 1) {
      const isSame = before?.compare(after ?? Buffer.alloc(0), at * 3, at * 3 + 3, at * 3, at * 3 + 3) === 0;
      if (!isSame) changed[isNear(at % width, Math.floor(at / width)) ? 'inside' : 'outside'] += 1;
    }
    expect(changed.outside).toBe(0);
    expect(changed.inside).toBeGreaterThan(1000);

    /** The part is grown by a few pixels, so that its edge is not seen. */
    function isNear(x: number, y: number): boolean {
      const around = [-GROWN, -GROWN / 2, 0, GROWN / 2, GROWN];
      return around.some((right) => around.some((down) => white(within(x + right, width), within(y + down, height))));
    }
  });
});

const GROWN = 20;
const within = (at: number, length: number): number => Math.min(length - 1, Math.max(0, at));
