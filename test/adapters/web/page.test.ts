import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { useBrowser } from './browser.ts';
import { openRoom, type Room } from './room.ts';

const VIETNAMESE = { locale: 'vi-VN' };
const ENGLISH = { locale: 'en-GB' };

describe.skipIf(inject('chromiumPath') === undefined)('the page in a browser', () => {
  const browser = useBrowser();
  let room: Room;
  let complaints: string[];
  beforeEach(async () => {
    room = await openRoom();
    complaints = [];
  });
  afterEach(async () => {
    await room.stop();
  });

  const visit = async (options: object): Promise<Page> => {
    const page = await browser.open(options);
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => void complaints.push(error.message));
    page.on(
      'request',
      (request) => void (new URL(request.url()).origin !== new URL(room.platform.url()).origin && complaints.push(request.url())),
    );
    await page.goto(room.platform.url());
    return page;
  };
  const ask = async (page: Page, text: string): Promise<string> => {
    const before = room.asks.length;
    await page.getByRole('textbox').fill(text);
    await page.getByRole('button', { name: /^(Vẽ|Paint)$/ }).click();
    await expect.poll(() => room.asks.length).toBe(before + 1);
    return room.asks.at(-1)?.id ?? '';
  };
  const paint = async (id: string): Promise<void> => {
    const bytes = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#b0331c' } })
      .png()
      .toBuffer();
    const key = await room.blobs.put({ bytes, type: 'image/png' });
    room.finish(id, made({ pictures: [{ key, type: 'image/png', width: 64, height: 36, seed: 42 }] }));
  };

  it('goes from the words to the picture: queued, painting, there, with everything about it', async () => {
    const page = await visit(VIETNAMESE);
    await page.getByText('Chưa có gì ở đây').waitFor();
    const id = await ask(page, 'một con mèo mặc áo dài --ar 16:9');
    await page.getByText('Đang chờ, còn 1 yêu cầu phía trước').waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('');
    room.change(id, { stage: 'running', progress: 'painting', ahead: 0 });
    await page.getByText('Đang vẽ', { exact: true }).waitFor();
    await paint(id);
    const picture = page.getByRole('img', { name: 'Một con mèo' });
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth)).toBe(64);
    const card = page.getByRole('listitem');
    for (const shown of ['a cat in an ao dai', 'Stable Diffusion 3.5 Large', '42', '64×36', '0,08 US$', 'một con mèo mặc áo dài']) {
      await card.getByText(shown, { exact: true }).waitFor();
    }
    await expect.poll(() => page.getByRole('status').filter({ hasText: 'Đã vẽ xong: Mèo' }).count()).toBe(1);
    const [download] = await Promise.all([page.waitForEvent('download'), card.getByRole('link', { name: 'Tải về' }).click()]);
    expect(download.suggestedFilename()).toBe('hoami-abcd2345.png');
    expect(complaints).toEqual([]);
  });

  it('gives several pictures one by one and all in one', async () => {
    const page = await visit(ENGLISH);
    const id = await ask(page, 'a red boat at sunrise --n 2');
    const key = await room.blobs.put({ bytes: PNG, type: 'image/png' });
    const picture = { key, type: 'image/png' as const, width: 1, height: 1 };
    room.finish(id, made({ pictures: [1, 2].map((seed) => ({ ...picture, seed })), grid: picture }));
    await page.getByRole('link', { name: 'Download 2' }).waitFor();
    const link = page.getByRole('link', { name: 'Download all in one' });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('hoami-abcd2345-grid.png');
    expect(complaints).toEqual([]);
  });

  it('shows what people and models write as text, whatever it is', async () => {
    const page = await visit(ENGLISH);
    const evil = `<img src=x onerror="document.title='broken'"> </script><b>&lt;`;
    const id = await ask(page, evil);
    await page.getByText(evil, { exact: true }).waitFor();
    const key = await room.blobs.put({ bytes: PNG, type: 'image/png' });
    const pictures = [{ key, type: 'image/png' as const, width: 1, height: 1, seed: 1 }];
    room.finish(id, made({ pictures, title: evil, altText: evil, prompt: evil, negativePrompt: evil, model: { id: 'x', label: evil } }));
    await page.getByRole('img', { name: evil }).waitFor();
    expect(await page.title()).toContain('Họa Mi');
    expect(await page.locator('main b, main img[src=x]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says in the language of the words why not, and keeps the words', async () => {
    const page = await visit(VIETNAMESE);
    await ask(page, 'một con mèo --sed 4');
    await page.getByRole('alert').filter({ hasText: 'Mình không biết --sed. Có phải bạn muốn gõ --seed?' }).waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('một con mèo --sed 4');
    expect(await page.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
    await ask(page, 'a red boat at sunrise on the river --sed 4');
    await page.getByRole('alert').filter({ hasText: 'Did you mean --seed?' }).waitFor();
    expect(await page.getByRole('listitem').count()).toBe(0);
  });

  it('shows a refusal that came later, and lets the person edit and ask again', async () => {
    const page = await visit(ENGLISH);
    const id = await ask(page, 'a red boat at sunrise on the river --seed 7');
    room.finish(id, { kind: 'refused', code: 'filtered-prompt', details: {}, costMicros: 0 });
    await page.getByRole('listitem').getByText('The model’s safety filter stopped this description.').waitFor();
    await page.getByRole('button', { name: 'Edit and paint again' }).click();
    expect(await page.getByRole('textbox').inputValue()).toBe('a red boat at sunrise on the river --seed 7');
  });

  it('sends the same id again when nobody answered, so that it stays one request', async () => {
    const page = await visit(ENGLISH);
    let lost = 0;
    await page.route('**/api/ask*', async (route) => {
      lost += 1;
      await (lost === 1 ? route.fetch().then(() => route.abort()) : route.continue());
    });
    await ask(page, 'a red boat');
    await page.getByRole('alert').filter({ hasText: 'It could not be sent.' }).waitFor();
    await page.getByRole('button', { name: 'Paint' }).click();
    await page.getByRole('listitem').waitFor();
    expect(new Set(room.asks.map(({ id }) => id)).size).toBe(1);
    expect(await page.getByRole('listitem').count()).toBe(1);
  });

  it('asks for something else once the words or the picture have changed, whether the first was heard or not', async () => {
    const page = await visit(ENGLISH);
    let lost = 0;
    await page.route('**/api/ask*', async (route) => {
      lost += 1;
      await (lost < 3 ? route.fetch().then(() => route.abort()) : route.continue());
    });
    await ask(page, 'a red boat');
    await page.getByRole('alert').filter({ hasText: 'It could not be sent.' }).waitFor();
    await ask(page, 'a blue boat');
    await page.getByRole('alert').filter({ hasText: 'It could not be sent.' }).waitFor();
    await page.getByLabel('Attach a picture').setInputFiles({ name: 'boat.png', mimeType: 'image/png', buffer: Buffer.from(PNG) });
    await ask(page, 'a blue boat');
    await expect.poll(() => page.getByRole('listitem').count(), { timeout: 10_000 }).toBe(3);
    expect(room.asks.map(({ text, images }) => `${text} ${images.length}`)).toEqual(['a red boat 0', 'a blue boat 0', 'a blue boat 1']);
    expect(new Set(room.asks.map(({ id }) => id)).size).toBe(3);
  });

  it('says that the server is away, and goes on when it is back', async () => {
    const page = await visit(ENGLISH);
    const id = await ask(page, 'a red boat');
    await page.route('**/api/requests*', (route) => route.abort());
    await page.getByText('The server cannot be reached.').waitFor();
    await paint(id);
    await page.unroute('**/api/requests*');
    await page.getByRole('img', { name: 'Một con mèo' }).waitFor();
    expect(await page.getByText('The server cannot be reached.').isVisible()).toBe(false);
  });

  it('sends a picture along, shows it beside the result, and lets go of it', async () => {
    const page = await visit(ENGLISH);
    const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), randomBytes(100)]);
    await page.getByLabel('Attach a picture').setInputFiles({ name: 'boat.png', mimeType: 'image/png', buffer: Buffer.from(PNG) });
    await page.getByRole('button', { name: 'Remove boat.png' }).click();
    expect(await page.getByText('boat.png').isVisible()).toBe(false);
    await page.getByLabel('Attach a picture').setInputFiles({ name: 'boat.png', mimeType: 'image/png', buffer: Buffer.from(PNG) });
    await ask(page, 'as a watercolour');
    await page.getByRole('img', { name: 'The picture you attached' }).waitFor();
    expect(await page.getByText('boat.png').isVisible()).toBe(false);
    await page.getByLabel('Attach a picture').setInputFiles({ name: 'photo.heic', mimeType: 'image/heic', buffer: heic });
    await ask(page, 'as an oil painting');
    expect(room.asks.map(({ images }) => images.length)).toEqual([1, 1]);
  });

  it('shows a person their own picture while they wait and what was made of it afterwards, and nobody else what was sent', async () => {
    const page = await visit(ENGLISH);
    await page.getByLabel('Attach a picture').setInputFiles({ name: 'boat.png', mimeType: 'image/png', buffer: Buffer.from(PNG) });
    const id = await ask(page, 'as a watercolour of the sea');
    const sent = page.getByRole('img', { name: 'The picture you attached' });
    await sent.waitFor();
    expect(await sent.getAttribute('src')).toMatch(/^blob:/);
    const other = await visit(ENGLISH);
    await other.getByRole('button', { name: 'Everybody’s' }).click();
    await other.getByText('as a watercolour of the sea').waitFor();
    expect(await other.getByRole('img', { name: 'The picture you attached' }).count()).toBe(0);
    const key = await room.blobs.put({ bytes: PNG, type: 'image/png' });
    const recipe = { ...made().recipe, inputs: [key] };
    room.finish(id, made({ pictures: [{ key, type: 'image/png', width: 1, height: 1, seed: 1 }], recipe }));
    await page.locator(`img[src="/pictures/${id}/${key}"][alt="The picture you attached"]`).waitFor();
    expect(await sent.count()).toBe(1);
    await other.getByRole('img', { name: 'The picture you attached' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows one person’s pictures to that person, and everybody’s to who asks for them', async () => {
    const lan = await visit(VIETNAMESE);
    await ask(lan, 'một con thuyền đỏ');
    const minh = await visit(ENGLISH);
    await minh.getByText('Nothing here yet').waitFor();
    await minh.getByRole('button', { name: 'Everybody’s' }).click();
    await minh.getByText('một con thuyền đỏ').waitFor();
    await minh.getByRole('button', { name: 'Mine' }).click();
    await minh.getByText('Nothing here yet').waitFor();
    expect(await minh.getByRole('listitem').count()).toBe(0);
  });

  it('shows older requests a page at a time, each once', async () => {
    const page = await visit(ENGLISH);
    for (let number = 1; number <= 35; number += 1) {
      await page.request.post(room.address('/api/ask'), { data: { text: `a red boat number ${number}` } });
    }
    await page.reload();
    await expect.poll(() => page.getByRole('listitem').count()).toBe(30);
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => page.getByRole('listitem').count()).toBe(35);
    const prompts = await page.locator('.prompt').allTextContents();
    expect(prompts[0]).toBe('a red boat number 35');
    expect(prompts.at(-1)).toBe('a red boat number 1');
    expect(await page.getByRole('button', { name: 'Show older' }).isVisible()).toBe(false);
  });

  it('speaks the browser’s language, or the one that was chosen, and keeps the choice', async () => {
    const page = await visit(VIETNAMESE);
    expect(await page.locator('html').getAttribute('lang')).toBe('vi');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByText('What shall I paint?').waitFor();
    await page.goto(room.platform.url());
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(complaints).toEqual([]);
  });

  it.each([320, 1280])('needs no sideways scrolling at %i pixels, whatever was written', async (width) => {
    const page = await visit({ ...VIETNAMESE, viewport: { width, height: 700 } });
    await paint(await ask(page, 'x'.repeat(900)));
    await page.getByRole('img', { name: 'Một con mèo' }).waitFor();
    await page.getByText('Tuỳ chọn và mô hình').click();
    expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
