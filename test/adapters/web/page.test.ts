import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { useVisitors, VIETNAMESE, PATIENT } from './visitor.ts';

const messages = (page: Page) => page.getByRole('log', { name: /general|chung/ }).getByRole('article');
const pictureFile = { name: 'boat.png', mimeType: 'image/png', buffer: Buffer.from(PNG) };

/** Lets a picture fall on the field, or pastes it there. As text, for the browser's own names are not the test's. */
const attach = (page: Page, kind: 'drop' | 'paste'): Promise<unknown> =>
  page.evaluate(`{
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(${JSON.stringify([...PNG])})], '${kind}.png', { type: 'image/png' }));
    const event = '${kind}' === 'drop'
      ? new DragEvent('drop', { dataTransfer: files, bubbles: true })
      : new ClipboardEvent('paste', { clipboardData: files, bubbles: true });
    document.getElementById('ask-text').dispatchEvent(event);
  }`);

describe.skipIf(inject('chromiumPath') === undefined)('asking on the page', () => {
  const house = useVisitors();
  const { visit, ask, paint } = house;

  it('goes from the words to the picture, live: taken, painting, there, with everything about it', async () => {
    const page = await visit(VIETNAMESE);
    await page.getByRole('heading', { name: 'Bạn muốn vẽ gì?' }).waitFor();
    const id = await ask(page, '/imagine một con mèo mặc áo dài --ar 16:9');
    await page.getByText('Đang chờ, còn 1 yêu cầu phía trước').waitFor();
    await page.getByText('khoảng 12 giây', { exact: true }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Đã nhận, còn 1 yêu cầu phía trước' }).waitFor({ state: 'attached' });
    expect(house.room.asks[0]).toMatchObject({ text: 'một con mèo mặc áo dài --ar 16:9', thread: { room: 'web-general' } });
    house.room.change(id, { stage: 'running', progress: 'painting', ahead: 0 });
    await page.getByText('Đang vẽ', { exact: true }).waitFor();
    await paint(id);
    const picture = page.getByRole('img', { name: 'Một con mèo' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth), PATIENT).toBeGreaterThan(0);
    const shown = [
      'a cat in an ao dai',
      'Stable Diffusion 3.5 Large',
      '42',
      '64×36',
      '0,08 US$',
      '9 giây',
      'một con mèo mặc áo dài --ar 16:9',
    ];
    for (const text of shown) await messages(page).getByText(text, { exact: true }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Xong rồi: Mèo' }).waitFor({ state: 'attached' });
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tải về' }).click()]);
    expect(download.suggestedFilename()).toBe('hoami-abcd2345.png');
    expect(house.complaints).toEqual([]);
  });

  it('gives several pictures one by one and all in one', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat at sunrise --n 2');
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const picture = { key, type: 'image/png' as const, width: 1, height: 1 };
    house.room.finish(id, made({ pictures: [1, 2].map((seed) => ({ ...picture, seed })), grid: picture }));
    await page.getByRole('link', { name: 'Download 2' }).waitFor();
    const link = page.getByRole('link', { name: 'Download all in one' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('hoami-abcd2345-grid.png');
    expect(house.complaints).toEqual([]);
  });

  it('completes commands, flags and their values while one types, and says what a flag is for', async () => {
    const page = await visit(VIETNAMESE);
    const field = page.getByRole('textbox', { name: 'Bạn muốn vẽ gì?' });
    await field.pressSequentially('/im');
    await page.getByRole('option', { name: '/imagine' }).waitFor();
    await field.press('Enter');
    await field.pressSequentially('con mèo --tile');
    expect(await page.getByRole('option').count()).toBe(0);
    for (let count = 0; count < 4; count += 1) await field.press('Backspace');
    await field.pressSequentially('ti');
    await page.getByRole('option', { name: '--ar tỉ lệ khung hình' }).waitFor();
    await field.press('Tab');
    await page.getByRole('option', { name: '16:9', exact: true }).waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('/imagine con mèo --ar 16:9 ');
    await field.pressSequentially('--seed ');
    await page.getByText('--seed 42: số seed; cùng số, cùng ảnh').waitFor();
    await field.pressSequentially('7');
    await field.press('Enter');
    await expect.poll(() => house.room.asks.map(({ text }) => text), PATIENT).toEqual(['con mèo --ar 16:9 --seed 7']);
    await expect.poll(() => field.inputValue(), PATIENT).toBe('');
    await field.pressSequentially('/imagin a boat');
    await field.press('Escape');
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Không có lệnh /imagin.' }).waitFor();
    expect(house.room.asks).toHaveLength(1);
  });

  it('shows what people and models write as text, whatever it is', async () => {
    const page = await visit();
    const evil = `<img src=x onerror="document.title='broken'"> </script><b>&lt;`;
    const id = await ask(page, evil);
    await messages(page).getByText(evil, { exact: true }).waitFor();
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const pictures = [{ key, type: 'image/png' as const, width: 1, height: 1, seed: 1 }];
    const written = { title: evil, altText: evil, prompt: evil, negativePrompt: evil, model: { id: 'x', label: evil } };
    house.room.finish(id, made({ pictures, ...written }));
    await page.getByRole('img', { name: evil }).waitFor();
    expect(await page.title()).toContain('Họa Mi');
    expect(await page.locator('main b, main img[src=x]').count()).toBe(0);
    await page.getByRole('button', { name: 'Show recipe' }).click();
    await page.getByRole('dialog').getByText(evil, { exact: true }).first().waitFor();
    expect(await page.locator('dialog b, dialog img').count()).toBe(0);
    expect(house.complaints).toEqual([]);
  });

  it('says in the language of the words why not, and keeps the words', async () => {
    const page = await visit(VIETNAMESE);
    const field = page.getByRole('textbox', { name: 'Bạn muốn vẽ gì?' });
    await ask(page, 'một con mèo --sed 4');
    await page.getByRole('alert').filter({ hasText: 'Mình không biết --sed. Có phải bạn muốn gõ --seed?' }).waitFor();
    expect(await field.inputValue()).toBe('một con mèo --sed 4');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await ask(page, 'a red boat at sunrise on the river --sed 4');
    await page.getByRole('alert').filter({ hasText: 'Did you mean --seed?' }).waitFor();
    expect(await messages(page).count()).toBe(0);
  });

  it('shows a refusal that came later, and lets the person edit and ask again', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat at sunrise on the river --seed 7');
    house.room.finish(id, { kind: 'refused', code: 'filtered-prompt', details: {}, costMicros: 0 });
    await messages(page).getByText('The model’s safety filter stopped this description.').waitFor();
    await page.getByRole('button', { name: 'Edit prompt' }).click();
    const field = page.getByRole('dialog').getByRole('textbox', { name: 'Prompt' });
    expect(await field.inputValue()).toBe('a red boat at sunrise on the river --seed 7');
    await field.fill('a blue boat');
    await page.getByRole('dialog').getByRole('button', { name: 'Paint' }).click();
    await expect.poll(() => house.room.wants, PATIENT).toEqual([`edit ${id}`]);
    expect(house.room.asks.at(-1)?.text).toBe('a blue boat');
  });

  it('sends the same id again when nobody answered, and another once words or picture have changed', async () => {
    const page = await visit();
    const field = page.getByRole('textbox', { name: 'What shall I paint?' });
    let lost = 0;
    await page.route('**/api/ask*', async (route) => {
      lost += 1;
      await (lost < 4 ? route.fetch().then(() => route.abort()) : route.continue());
    });
    const again = async (): Promise<void> => {
      await page.getByRole('alert').filter({ hasText: 'It could not be sent.' }).waitFor();
    };
    await ask(page, 'a red boat');
    await again();
    await field.press('Enter');
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    await again();
    await ask(page, 'a blue boat');
    await again();
    await page.getByLabel('Attach a picture').first().setInputFiles(pictureFile);
    await ask(page, 'a blue boat');
    await expect.poll(() => messages(page).count(), PATIENT).toBe(3);
    const [first, second, third, fourth] = house.room.asks;
    expect([first?.id === second?.id, new Set(house.room.asks.map(({ id }) => id)).size]).toEqual([true, 3]);
    expect([third?.images.length, fourth?.images.length]).toEqual([0, 1]);
  });

  it('takes a picture that is chosen, dropped or pasted, shows it while one waits, and lets go of it', async () => {
    const page = await visit();
    const chooser = page.getByLabel('Attach a picture').first();
    await chooser.setInputFiles(pictureFile);
    await page.getByRole('button', { name: 'Remove boat.png' }).click();
    expect(await page.getByText('boat.png').isVisible()).toBe(false);
    await chooser.setInputFiles(pictureFile);
    const id = await ask(page, 'as a watercolour of the sea');
    const sent = page.getByRole('img', { name: 'The picture you attached' });
    await sent.waitFor();
    expect(await sent.getAttribute('src')).toMatch(/^blob:/);
    expect(await page.getByText('boat.png').isVisible()).toBe(false);
    for (const kind of ['drop', 'paste'] as const) {
      await attach(page, kind);
      const chip = page.getByRole('button', { name: `Remove ${kind}.png` });
      await chip.waitFor();
      await ask(page, `a picture by ${kind}`);
      await chip.waitFor({ state: 'detached' });
    }
    expect(house.room.asks.map(({ images }) => images.length)).toEqual([1, 1, 1]);
    const other = await visit();
    await other.getByText('as a watercolour of the sea').waitFor();
    expect(await other.getByRole('img', { name: 'The picture you attached' }).count()).toBe(0);
    const key = await house.room.blobs.put({ bytes: PNG, type: 'image/png' });
    const pictures = [{ key, type: 'image/png' as const, width: 1, height: 1, seed: 1 }];
    house.room.finish(id, made({ pictures, recipe: { ...made().recipe, inputs: [key] } }));
    await page.locator(`img[src="/pictures/${id}/${key}?w=320"][alt="The picture you attached"]`).waitFor();
    await other.getByRole('img', { name: 'The picture you attached' }).waitFor();
    expect(house.complaints).toEqual([]);
  });

  it('keeps for the next time what was attached before the answer came', async () => {
    const page = await visit();
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/ask*', async (route) => {
      await answer.promise;
      await route.continue();
    });
    const field = page.getByRole('textbox', { name: 'What shall I paint?' });
    await attach(page, 'drop');
    await field.fill('as a watercolour');
    await field.press('Enter');
    await attach(page, 'paste');
    await page.getByRole('button', { name: 'Remove paste.png' }).waitFor();
    answer.resolve();
    await page.getByRole('button', { name: 'Remove drop.png' }).waitFor({ state: 'detached' });
    await ask(page, 'as an oil painting');
    expect(house.room.asks.map(({ images }) => images.length)).toEqual([1, 1]);
  });

  it('says at once that a picture is too heavy, and sends one that the browser cannot show', async () => {
    const page = await visit();
    const chooser = page.getByLabel('Attach a picture').first();
    const folder = await mkdtemp(join(tmpdir(), 'hoami-heavy-'));
    await writeFile(join(folder, 'heavy.png'), new Uint8Array(20 * 1024 * 1024 + 1));
    await chooser.setInputFiles(join(folder, 'heavy.png'));
    await page.getByRole('alert').filter({ hasText: 'That picture is too heavy; 20 MB is the most.' }).waitFor();
    const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), randomBytes(100)]);
    await chooser.setInputFiles({ name: 'photo.heic', mimeType: 'image/heic', buffer: heic });
    await ask(page, 'as an oil painting');
    expect(house.room.asks[0]?.images).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  it.each([320, 390, 1280])('needs no sideways scrolling at %i pixels, whatever was written', async (width) => {
    const page = await visit({ ...VIETNAMESE, viewport: { width, height: 700 } });
    await paint(await ask(page, 'x'.repeat(900)));
    await page.getByRole('img', { name: 'Một con mèo' }).waitFor();
    await page.getByRole('button', { name: 'Trả lời' }).click();
    await page.getByRole('heading', { name: 'Chuỗi trả lời' }).waitFor();
    expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('speaks the browser’s language, or the one that was chosen, and keeps the choice', async () => {
    const page = await visit(VIETNAMESE, '/gallery');
    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Gallery' }).waitFor();
    await page.goto(house.room.platform.url());
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(house.complaints).toEqual([]);
  });
});
