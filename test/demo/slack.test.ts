import { describe, expect, inject, it } from 'vitest';
import { openSlackStage } from './slack/stage.ts';
import { PICTURE, useTheatre } from './theatre.ts';

describe.skipIf(inject('chromiumPath') === undefined)('the demo of Slack', { timeout: 150_000 }, () => {
  const theatre = useTheatre(openSlackStage);

  it('is a Slack in Vietnamese: asked, seen in the thread, asked again, words changed in a form', async () => {
    const page = await theatre.visit('Lan');
    const line = page.getByRole('textbox', { name: 'Nhắn #general' });
    await line.pressSequentially('/im');
    await line.press('Enter');
    await line.pressSequentially('một con mèo <b>mặc áo dài</b>');
    await line.press('Enter');
    const root = page.locator('.main .message').first();
    await root.getByRole('button', { name: '1 trả lời' }).click();
    // Words are words, whatever they look like.
    await root.getByText('một con mèo <b>mặc áo dài</b>').waitFor();
    const thread = page.locator('.thread');
    await thread.locator('.picture img').waitFor();
    await thread.getByRole('button', { name: 'Vẽ lại' }).click();
    await thread.locator('.picture img').nth(1).waitFor();
    await thread.getByRole('button', { name: 'Sửa mô tả' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Mô tả').fill('một con chó');
    await form.getByLabel('Tỉ lệ').selectOption('16:9');
    await form.getByRole('button', { name: 'Vẽ' }).click();
    await form.waitFor({ state: 'detached' });
    await thread.locator('.picture img').nth(2).waitFor();
    const reply = page.getByRole('textbox', { name: 'Trả lời…' });
    await reply.fill('@hoami mô tả ảnh');
    await reply.press('Enter');
    await thread.locator('.preformatted').first().waitFor();
    await reply.fill('@hoami làm video');
    await reply.press('Enter');
    await thread.getByRole('button', { name: 'Làm, giá' }).click();
    await thread.locator('video').waitFor();
    expect(theatre.troubles()).toEqual([]);
  });

  it('is a Slack in English: a picture handed over, a secret told to one person, a delete that asks first, the home', async () => {
    const page = await theatre.visit('Sam');
    await page.getByRole('button', { name: 'ý-tưởng' }).click();
    await page.locator('.main input[type=file]').setInputFiles(PICTURE);
    const line = page.getByRole('textbox', { name: 'Message #ý-tưởng' });
    await line.pressSequentially('@ho');
    await line.press('Enter');
    await line.pressSequentially('make it blue');
    await line.press('Enter');
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.locator('.thread');
    await thread.getByRole('button', { name: 'Show recipe' }).click();
    await thread.getByText('Only visible to you').waitFor();
    const mai = await theatre.visit('Mai');
    await mai.getByRole('button', { name: 'ý-tưởng' }).click();
    await mai.getByRole('button', { name: '1 trả lời' }).click();
    expect(await mai.locator('.thread').getByText('Chỉ bạn nhìn thấy').count()).toBe(0);

    await thread.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'hoami' }).click();
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'Show recipe' }).first().waitFor();
    await page.getByRole('button', { name: 'Change defaults' }).click();
    await page.getByRole('dialog').getByLabel('Aspect ratio').selectOption('3:2');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Aspect ratio: 3:2').waitFor();
    expect(theatre.troubles()).toEqual([]);
  });
});
