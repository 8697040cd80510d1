import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { createTokens } from '#adapters/web/people.ts';
import type { ModelCard } from '#src/core/model.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { audit, useBrowser } from './browser.ts';
import { CARD, createMemoryCabinet, openRoom } from './room.ts';
import { PATIENT, useVisitors, VIETNAMESE } from './visitor.ts';

const PHONE = { ...VIETNAMESE, viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };
const picture = { type: 'image/png' as const, width: 1, height: 1, seed: 0 };
const file = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from(PNG) });

/** Everything that a button may ask for. */
const ABLE: ModelCard = {
  ...CARD,
  id: 'able',
  tasks: ['imagine', 'transform', 'upscale', 'outpaint', 'remove-background', 'video'],
  editing: { upscales: 'fast', pictures: { min: 1, max: 1 } },
  filming: {
    durationsSeconds: [5, 9],
    resolutions: ['540p', '720p'],
    secondMicros: { '540p': 750_000, '720p': 1_500_000 },
    frames: ['first', 'last'],
    canLoop: true,
  },
};

describe.skipIf(inject('chromiumPath') === undefined)('everything that can be asked for on the page', () => {
  const house = useVisitors({ cards: [CARD, ABLE] });
  const { visit, ask } = house;
  const field = (page: Page) => page.getByRole('textbox', { name: 'Bạn muốn vẽ gì?' });

  /** A clip that a request has become. */
  async function film(id: string): Promise<void> {
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const clip = { key: house.room.clips.put(Buffer.from('a clip')), type: 'video/mp4', width: 960, height: 540 } as const;
    const facts = { pictures: [{ key, ...picture }], title: 'Thuyền', altText: 'Một con thuyền' };
    house.room.finish(id, made({ ...facts, clip: { ...clip, durationMs: 5000, sizeBytes: 6 }, enhancedBy: 'nobody' }));
  }

  it('completes the commands, each with its own flags', async () => {
    const page = await visit(VIETNAMESE);
    await field(page).pressSequentially('/');
    expect(await page.getByRole('option').allTextContents()).toEqual([
      expect.stringContaining('/imagine'),
      expect.stringContaining('/edit'),
      expect.stringContaining('/video'),
      expect.stringContaining('/describe'),
    ]);
    await field(page).fill('/video thuyền --du');
    await page.getByRole('option', { name: '--duration' }).waitFor();
    await field(page).fill('/video thuyền --duration ');
    expect(await page.getByRole('option').allTextContents()).toEqual(['5s', '9s']);
    await field(page).fill('/imagine thuyền --du');
    expect(await page.getByRole('option').count()).toBe(0);
  });

  it('sends two pictures in their order: where a clip begins and where it ends', async () => {
    const page = await visit(VIETNAMESE);
    await page
      .getByLabel('Gửi kèm ảnh')
      .first()
      .setInputFiles([file('dau.png'), file('cuoi.png')]);
    await page.getByRole('button', { name: 'Bỏ ảnh cuoi.png' }).waitFor();
    await ask(page, '/video thuyền trôi');
    expect(house.room.asks[0]).toMatchObject({ task: { kind: 'video', frames: ['first', 'last'] }, text: 'thuyền trôi' });
    expect(house.room.asks[0]?.images).toHaveLength(2);
  });

  it('asks whether a price is right: a no costs nothing and keeps the words, a yes is taken', async () => {
    const page = await visit(VIETNAMESE);
    house.room.charge(7_500_000);
    await ask(page, '/video thuyền trôi trên sông');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Cái này giá 7,50 US$. Bạn có muốn làm không?').waitFor();
    await dialog.getByRole('button', { name: 'Thôi' }).click();
    await page.getByRole('status').filter({ hasText: 'bạn không mất gì cả' }).waitFor({ state: 'attached' });
    expect([await field(page).inputValue(), house.room.wants]).toEqual(['/video thuyền trôi trên sông', []]);
    await field(page).press('Enter');
    await dialog.getByRole('button', { name: 'Làm, giá 7,50 US$' }).click();
    await page.locator('#messages').getByRole('article').waitFor();
    const [first, second] = house.room.asks.map(({ id }) => id);
    expect([house.room.wants, first === second]).toEqual([[`confirm ${second}`], false]);
    await expect.poll(() => field(page).inputValue(), PATIENT).toBe('');
  });

  it('shows a clip with a player, its poster and its length, and in the gallery with a mark', async () => {
    const page = await visit(VIETNAMESE);
    const id = await ask(page, '/video thuyền trôi');
    await film(id);
    const player = page.getByLabel('Video: Một con thuyền');
    await player.waitFor();
    const shown = ['controls', 'playsinline', 'poster', 'preload'].map(async (name) => player.getAttribute(name));
    expect(await Promise.all(shown)).toEqual(['', '', expect.stringMatching(/^\/pictures\//), 'none']);
    const facts = page.locator('#messages dl.facts');
    await facts.getByText('0:05').waitFor();
    await facts.getByText('960×540').waitFor();
    expect(await facts.getByText('Seed').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Sửa ảnh' }).count()).toBe(0);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải video về' }).click()]);
    expect(download.suggestedFilename()).toBe('hoami-abcd2345.mp4');
    await page.getByRole('link', { name: 'Bộ sưu tập' }).click();
    await page.getByRole('link', { name: 'Thuyền. Một con thuyền. Độ dài: 0:05' }).click();
    await page.locator('dialog video:visible').waitFor();
    expect(house.complaints).toEqual([]);
  });

  it('has the buttons that make sense, and asks with each for its own', async () => {
    const page = await visit(VIETNAMESE);
    const id = await ask(page, 'một con thuyền');
    await house.paint(id);
    const first = page.locator('#messages').getByRole('article').first();
    for (const [name, how] of [
      ['Phóng to', 'upscale'],
      ['Mở rộng', 'zoom-out'],
      ['Tách nền', 'remove-background'],
      ['Cho chuyển động', 'animate'],
    ] as const) {
      await first.getByRole('button', { name }).click();
      await expect.poll(() => house.room.wants.at(-1), PATIENT).toBe(`${how} ${id}`);
    }
    const clip = await ask(page, '/video thuyền trôi');
    await film(clip);
    const film2 = page.locator('#messages').getByRole('article').filter({ hasText: 'thuyền trôi' });
    await film2.getByLabel('Video: Một con thuyền').waitFor();
    expect(await film2.getByRole('button', { name: /Phóng to|Cho chuyển động|Sửa một phần/ }).count()).toBe(0);
  });

  it('shows a picture in words, each of them to be used', async () => {
    const page = await visit(VIETNAMESE);
    await page.getByLabel('Gửi kèm ảnh').first().setInputFiles(file('a.png'));
    const id = await ask(page, '/describe');
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const words = { title: 'Thuyền đỏ', altText: 'Một con thuyền đỏ trên sông.', prompts: ['thuyền đỏ', 'thuyền trong sương'] };
    house.room.finish(id, { kind: 'described', ...words, key, costMicros: 900, sandbox: true });
    const message = page.locator('#messages').getByRole('article');
    await message.getByText('Một con thuyền đỏ trên sông.').waitFor();
    await message.getByText('Lời thử nghiệm: chưa dùng mô hình nào').waitFor();
    await page.getByRole('status').filter({ hasText: 'Đã tả xong: Thuyền đỏ' }).waitFor({ state: 'attached' });
    await page.locator(`img[src="/pictures/${id}/${key}?w=320"]`).waitFor();
    await message.getByRole('button', { name: 'Dùng lời này' }).nth(1).click();
    expect(await field(page).inputValue()).toBe('/imagine thuyền trong sương');
    expect(house.complaints).toEqual([]);
  });

  it('fits a phone of 375 pixels, with all of it in reach of a finger', async () => {
    const page = await visit(PHONE);
    const chip = page.getByRole('button', { name: '--ar 9:16' });
    await chip.waitFor();
    // A flag that breaks behind its hyphens reads as something else.
    expect(await chip.locator('.unbroken').evaluate((one) => one.getClientRects().length)).toBe(1);
    const id = await ask(page, 'một con thuyền');
    await house.paint(id);
    await film(await ask(page, '/video thuyền trôi'));
    await page.getByLabel('Video: Một con thuyền').waitFor();
    expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBeLessThanOrEqual(375);
    const small = await page
      .locator('#messages button:visible, #composer button:visible')
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 32).map((one) => one.textContent));
    expect(small.filter((text) => !/lời của mình|mô tả này/.test(text ?? ''))).toEqual([]);
    await page.getByRole('button', { name: 'Sửa một phần' }).click();
    const stage = await page.getByRole('dialog').locator('canvas').boundingBox();
    expect((stage?.x ?? -1) >= 0 && (stage?.x ?? 0) + (stage?.width ?? 0) <= 375).toBe(true);
  });

  it.each([
    ['reduce', 0],
    ['no-preference', 1],
  ] as const)('moves nothing by itself for whoever wants that: %s', async (reducedMotion, moving) => {
    const page = await visit({ ...VIETNAMESE, reducedMotion });
    const id = await ask(page, 'một con thuyền');
    house.room.change(id, { stage: 'running', progress: 'painting' });
    await page.locator('.canvas.running').waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(moving);
  });

  it('has nothing that an automatic check of accessibility finds in what is new', async () => {
    const page = await visit({ ...VIETNAMESE, bypassCSP: true });
    const id = await ask(page, 'một con thuyền');
    await house.paint(id);
    await film(await ask(page, '/video thuyền trôi'));
    await page.getByLabel('Video: Một con thuyền').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sửa một phần' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await audit(page)).toEqual([]);
  });
});

describe.skipIf(inject('chromiumPath') === undefined)('a picture that a browser keeps', () => {
  const browser = useBrowser();
  const cabinet = createMemoryCabinet();
  let tokens: readonly [string, string];
  beforeEach(async () => {
    const maker = createTokens(cabinet, () => Date.now());
    tokens = [await maker.make('Lan', false), await maker.make('Minh', false)];
  });

  it('is not shown to the next one who signs in there', async () => {
    const room = await openRoom({ cabinet, names: ['hoa-mi.example.org'] });
    const page = await browser.open();
    const signIn = async (token: string): Promise<void> => {
      await page.goto(room.platform.url());
      await page.getByLabel('Your token').fill(token);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation').waitFor();
    };
    await signIn(tokens[0]);
    await page.getByRole('link', { name: 'Just me' }).click();
    const field = page.getByRole('textbox', { name: 'What shall I paint?' });
    await field.fill('a secret boat');
    await field.press('Enter');
    await expect.poll(() => room.asks.length, PATIENT).toBe(1);
    const key = await room.blobs.put({ bytes: PNG, type: 'image/png' });
    const { id = '' } = room.asks[0] ?? {};
    room.finish(id, made({ pictures: [{ key, ...picture }] }));
    const address = `/pictures/${id}/${key}`;
    const status = async (): Promise<unknown> => page.evaluate(`fetch(${JSON.stringify(address)}).then(({ status }) => status)`);
    expect([await status(), await status()]).toEqual([200, 200]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Your token').waitFor();
    expect(await status()).toBe(401);
    await signIn(tokens[1]);
    expect(await status()).toBe(404);
    await room.stop();
  });
});
