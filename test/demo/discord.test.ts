import { describe, expect, inject, it } from 'vitest';
import { openDiscordStage } from './discord/stage.ts';
import { PICTURE, useTheatre } from './theatre.ts';

describe.skipIf(inject('chromiumPath') === undefined)('the demo of Discord', { timeout: 150_000 }, () => {
  const theatre = useTheatre(openDiscordStage);

  it('is a Discord in Vietnamese: a command with an option that completes itself, again, and words changed in a form', async () => {
    const page = await theatre.visit('Lan');
    const line = page.getByRole('textbox', { name: 'Nhắn #chung' });
    await line.pressSequentially('/v');
    await line.press('Enter');
    await page.getByLabel('mô-tả').pressSequentially('một con mèo <b>mặc áo dài</b>');
    await page.getByRole('button', { name: 'tuỳ chọn' }).click();
    await page.getByRole('option', { name: 'mô-hình' }).click();
    await page.keyboard.type('core');
    await page.getByRole('option', { name: /Stable Image Core/ }).click();
    await page.keyboard.press('Enter');
    const pictures = page.locator('.picture img');
    await pictures.first().waitFor();
    const result = page.locator('.message', { has: page.locator('.picture') }).first();
    await result.getByText('Stable Image Core').waitFor();
    await result.getByRole('button', { name: 'Vẽ lại' }).click();
    await pictures.nth(1).waitFor();
    await result.getByRole('button', { name: 'Sửa mô tả' }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByLabel('Mô tả').inputValue()).toContain('một con mèo <b>mặc áo dài</b>');
    await form.getByLabel('Mô tả').fill('một con chó');
    await form.getByRole('button', { name: 'Gửi' }).click();
    await form.waitFor({ state: 'detached' });
    await pictures.nth(2).waitFor();
    expect(theatre.troubles()).toEqual([]);
  });

  it('plays a clip once its price is agreed to, takes a picture with a command, and puts one into words that can be copied', async () => {
    const page = await theatre.visit('Lan');
    await page.getByText('vẽ-tranh').click();
    const line = page.getByRole('textbox', { name: 'Nhắn #vẽ-tranh' });
    const begin = async (command: string): Promise<void> => {
      await line.pressSequentially(`/${command}`);
      await line.press('Enter');
    };
    await begin('video');
    await page.getByLabel('mô-tả').pressSequentially('con mèo nhảy múa');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Làm, giá 3,75 US$' }).click();
    const clip = page.locator('video.clip');
    await clip.waitFor();
    await expect.poll(() => clip.evaluate((video) => 'duration' in video && Number(video.duration) > 4)).toBe(true);
    await begin('sửa');
    await page.getByLabel('việc-cần-làm').pressSequentially('tách nền');
    await page.getByLabel('ảnh', { exact: true }).setInputFiles(PICTURE);
    await page.getByLabel('việc-cần-làm').press('Enter');
    await page.locator('.picture img').first().waitFor();
    await begin('tả-ảnh');
    await page.getByLabel('ảnh', { exact: true }).setInputFiles(PICTURE);
    await page.getByRole('button', { name: 'Gửi' }).click();
    await page.getByRole('button', { name: 'Vẽ 1' }).waitFor();
    expect(await page.locator('.message pre').count()).toBeGreaterThan(0);
    expect(theatre.troubles()).toEqual([]);
  });

  it('is a Discord in English: a thread for a request, a menu on somebody’s picture, a secret that can be put away', async () => {
    const page = await theatre.visit('Sam');
    await page.getByRole('button', { name: 'Art Club' }).click();
    await page.locator('input[type=file]').setInputFiles(PICTURE);
    const line = page.getByRole('textbox', { name: 'Message #general' });
    await line.fill('look at this');
    await line.press('Enter');
    const mine = page.locator('.message', { hasText: 'look at this' });
    await mine.hover();
    await mine.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Transform image' }).click();
    await page.getByRole('dialog').getByLabel('What should change?').fill('make it blue');
    await page.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
    await page.locator('.thread-chip').click();
    await page.locator('.picture img').first().waitFor();
    await page.getByRole('button', { name: 'Show recipe' }).click();
    await page.getByText('Only visible to you').waitFor();
    const mai = await theatre.visit('Mai');
    await mai.getByRole('button', { name: 'Art Club' }).click();
    await mai.locator('.thread-chip').click();
    await mai.locator('.picture img').first().waitFor();
    expect(await mai.getByText('Chỉ bạn nhìn thấy').count()).toBe(0);
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await page.getByText('Only visible to you').waitFor({ state: 'detached' });
    expect(theatre.troubles()).toEqual([]);
  });
});
