import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { audit } from './browser.ts';
import { ENGLISH, useVisitors, VIETNAMESE, PATIENT } from './visitor.ts';

describe.skipIf(inject('chromiumPath') === undefined)('the gallery and what was spent', () => {
  const house = useVisitors();
  const { visit, ask, paint } = house;

  const fill = async (count: number): Promise<void> => {
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const base = { options: {}, images: [], requester: { id: 'lan' }, tenant: 'local', locale: undefined };
    const thread = { platform: 'web', address: null, room: 'web-general' };
    for (let number = 0; number < count; number += 1) {
      const id = `web-${number}`;
      await house.room.ask({ ...base, thread, id, text: number === 3 ? 'thuyền đỏ' : `bức số ${number}` });
      const pictures = [{ key, type: 'image/png' as const, width: 160, height: 90, seed: number }];
      house.room.finish(id, made({ pictures, title: `Bức ${number}`, model: { id: number === 5 ? 'core' : 'sd35', label: 'X' } }));
    }
  };
  const tiles = (page: Page) => page.locator('#gallery-grid').getByRole('link');

  it('shows every result, newest first, more as one scrolls, and what is painted meanwhile', async () => {
    await fill(120);
    const page = await visit(VIETNAMESE, '/gallery');
    await expect.poll(() => tiles(page).count(), PATIENT).toBeGreaterThanOrEqual(48);
    expect(await tiles(page).first().getAttribute('aria-label')).toBe('Bức 119. Một con mèo');
    await expect
      .poll(async () => {
        await page
          .locator('.scrolls-down')
          .first()
          .evaluate((wall) => wall.scrollTo({ top: wall.scrollHeight }));
        return tiles(page).count();
      }, PATIENT)
      .toBe(120);
    const other = await visit();
    await paint(await ask(other, 'a red boat'), { title: 'A boat' });
    await page.getByRole('link', { name: 'A boat. Một con mèo' }).waitFor();
    expect(await tiles(page).count()).toBe(121);
    expect(house.complaints).toEqual([]);
  });

  it('says that they cannot be read now, and shows them once they can', async () => {
    await fill(2);
    const page = await visit(ENGLISH, '/gallery');
    await expect.poll(() => tiles(page).count(), PATIENT).toBe(2);
    await page.route(/\/api\/(?:gallery|usage)/, async (route) => route.fulfill({ status: 503, json: { error: 'failed' } }));
    await page.getByRole('searchbox').fill('bức');
    await page.getByText('It could not be loaded. Try again in a few minutes.').waitFor();
    await page.goto(house.room.address('/usage'));
    await page.getByText('It could not be read. Trying again…').waitFor();
    await page.unroute(/\/api\/(?:gallery|usage)/);
    await page.getByText('It could not be read. Trying again…').waitFor({ state: 'detached', timeout: PATIENT.timeout });
    await page.goto(house.room.address('/gallery'));
    await expect.poll(() => tiles(page).count(), PATIENT).toBe(2);
  });

  it('is searched by words, with or without marks, and by model', async () => {
    await fill(8);
    const page = await visit(ENGLISH, '/gallery');
    await expect.poll(() => tiles(page).count(), PATIENT).toBe(8);
    await page.getByRole('searchbox').fill('thuyen DO');
    await expect.poll(() => tiles(page).count(), PATIENT).toBe(1);
    await page.getByRole('searchbox').fill('nothing like this');
    await page.getByText('No picture is like that.').waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox', { name: 'Model' }).selectOption('core');
    await expect.poll(() => tiles(page).count(), PATIENT).toBe(1);
  });

  it('opens one big, with its recipe, goes to its neighbours, asks for it again, and is the same after a reload', async () => {
    await fill(3);
    const page = await visit(ENGLISH, '/gallery');
    await tiles(page).first().click();
    const detail = page.getByRole('dialog', { name: 'Bức 2' });
    await detail
      .getByText('Stable')
      .or(detail.getByText('X', { exact: true }))
      .first()
      .waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Bức 1' }).waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'Bức 1' }).waitFor();
    await page.getByRole('button', { name: 'Show recipe' }).click();
    const recipe = page.getByRole('dialog', { name: 'Recipe' });
    expect(await recipe.getByRole('textbox').inputValue()).toBe('/imagine a cat in an ao dai --ar 16:9 --seed 42 --model sd35 --raw');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Bức 1' }).getByRole('button', { name: 'Again' }).click();
    await page.getByRole('heading', { name: 'Thread' }).waitFor();
    expect([house.room.wants, house.room.asks.at(-1)?.thread.topic]).toEqual([['again web-1'], 'web-1']);
    await page.goBack();
    await page.keyboard.press('Escape');
    await expect.poll(() => new URL(page.url()).pathname, PATIENT).toBe('/gallery');
  });

  it('says what was spent, by day, person and model, who waits, and what does not answer', async () => {
    const today = Math.floor(Date.now() / 86_400_000);
    const row = { what: 'picture', calls: 2, costMicros: 160_000 } as const;
    const rows = [
      { ...row, modelId: 'sd35', day: today, requesterId: 'lan' },
      { ...row, modelId: 'core', day: today - 1, requesterId: 'minh', costMicros: 40_000 },
    ];
    house.room.archive.usage = async () => rows;
    house.room.archive.load = async () => ({ queued: 3, running: 2, oldestQueuedAt: Date.now() - 125_000 });
    house.room.services['claude'] = async () => Promise.reject(new Error('away'));
    const page = await visit(VIETNAMESE, '/usage');
    await page.getByText('0,20 US$').first().waitFor();
    await page.getByText('chờ lâu nhất 2 phút').waitFor();
    await page.getByRole('row', { name: 'lan 2 0,16 US$' }).waitFor();
    await page.getByRole('row', { name: 'core 2 0,04 US$' }).waitFor();
    await page.getByRole('img', { name: /Biểu đồ chi tiêu theo ngày; nhiều nhất 0,16 US\$/ }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Claude' }).getByText('không trả lời').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Sổ cái' }).getByText('trả lời', { exact: true }).waitFor();
    expect(house.complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that an automatic check of accessibility finds: %s',
    { timeout: 60_000 },
    async (colorScheme) => {
      await fill(3);
      const page = await visit({ ...VIETNAMESE, colorScheme, bypassCSP: true }, '/');
      const found: Record<string, string[]> = {};
      const look = async (place: string): Promise<void> => void (found[place] = await audit(page));
      await page.getByRole('img', { name: 'Một con mèo' }).first().waitFor();
      const waiting = await ask(page, 'một con thuyền');
      await page.getByText('Đang chờ, còn 1 yêu cầu phía trước').waitFor();
      await look('channel');
      house.room.finish(waiting, { kind: 'refused', code: 'filtered-prompt', details: {}, costMicros: 0 });
      await page.getByRole('button', { name: 'Trả lời' }).first().click();
      await page.getByRole('heading', { name: 'Chuỗi trả lời' }).waitFor();
      await page.getByRole('textbox', { name: 'Trả lời trong chuỗi' }).pressSequentially('/');
      await page.getByRole('option').first().waitFor();
      await look('thread');
      await page.getByRole('button', { name: 'Xem công thức' }).first().click();
      await look('recipe');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Tạo kênh' }).click();
      await look('new channel');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Bộ sưu tập' }).click();
      await tiles(page).first().waitFor();
      await look('gallery');
      await tiles(page).first().click();
      await page.getByRole('dialog').waitFor();
      await look('detail');
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Chi tiêu' }).click();
      await page.getByRole('heading', { name: 'Theo ngày' }).waitFor();
      await look('usage');
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((place) => [place, []])));
    },
  );

  it('can be used with the keyboard alone, and gives the focus back', async () => {
    await fill(1);
    const page = await visit(ENGLISH);
    await page.getByRole('img', { name: 'Một con mèo' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
    const recipe = page.getByRole('button', { name: 'Show recipe' });
    await recipe.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Recipe' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.ariaLabel'), PATIENT).toBe('Show recipe');
    await page.getByRole('button', { name: 'Reply' }).press('Enter');
    await page.getByRole('heading', { name: 'Thread' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate('document.activeElement.id'), PATIENT).toBe('ask-text');
  });
});
