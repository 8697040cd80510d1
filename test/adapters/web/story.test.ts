import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openHouse, type House, type Running } from '#test/flows/house.ts';
import { useBrowser } from './browser.ts';
import { PATIENT } from './visitor.ts';

const SERVER = 'src/main/all.ts';

async function pageOf(server: Running): Promise<string> {
  return /(?:Open|Mở trang) +(http:\S+)/.exec(await server.said('AWS_ACCESS_KEY_ID'))?.[1] ?? '';
}

/** A PNG as its header says it, and then nothing of the kind. */
const noise = async (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#357' } })
    .png()
    .toBuffer();

describe.skipIf(inject('chromiumPath') === undefined)('the page, with everything behind it', { timeout: 90_000 }, () => {
  const browser = useBrowser();
  let house: House;
  let server: Running;
  let address: string;
  beforeAll(async () => {
    house = await openHouse({
      HOAMI_LANGUAGE: 'vi',
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      HOAMI_SANDBOX: 'on',
      HOAMI_SANDBOX_MODEL_MS: '300',
    });
    server = house.start(SERVER);
    address = await pageOf(server);
  });
  afterAll(async () => {
    await house.close();
  });

  const field = (page: Page) => page.getByRole('textbox', { name: 'Bạn muốn vẽ gì?' });
  const visit = async (): Promise<Page> => {
    const page = await browser.open({ locale: 'vi-VN' });
    page.setDefaultTimeout(30_000);
    await page.goto(address);
    return page;
  };
  const say = async (page: Page, text: string): Promise<void> => {
    await field(page).fill(text);
    await field(page).press('Enter');
  };

  it('paints what was asked in Vietnamese, and transforms it when it is replied to', async () => {
    const page = await visit();
    await say(page, '/imagine một cô gái áo dài trên cầu Nhật Bản, hoàng hôn --ar 9:16');
    const picture = page.locator('#messages .frame img').first();
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth), PATIENT).toBeGreaterThan(100);
    expect(await picture.evaluate((image) => 'currentSrc' in image && image.currentSrc)).toMatch(/\?w=640$/);
    await page.getByRole('button', { name: 'Sửa ảnh' }).first().click();
    const reply = page.getByRole('textbox', { name: 'Trả lời trong chuỗi' });
    await reply.fill('thành tranh màu nước');
    await reply.press('Enter');
    await expect.poll(() => page.locator('#thread .frame img').count(), { timeout: 30_000 }).toBe(2);
    await page.locator('#thread').getByRole('img', { name: 'Ảnh gửi kèm' }).waitFor();
    await page.getByRole('button', { name: 'Xoá' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Xoá luôn' }).click();
    await page.locator('#messages').getByText('Đã xoá cả kết quả lẫn lời mô tả').waitFor();
  });

  it('makes a clip of a picture once its price is agreed to, which is played, and skipped in, in the thread', async () => {
    const page = await visit();
    await say(page, '/imagine một chiếc thuyền trên sông --ar 16:9');
    const message = page.locator('#messages').getByRole('article').filter({ hasText: 'một chiếc thuyền trên sông' });
    await message.locator('.frame img').waitFor();
    await message.getByRole('button', { name: 'Cho chuyển động' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Làm, giá 3,75 US$' }).click();
    const player = page.locator('#thread video');
    await player.waitFor({ timeout: 60_000 });
    const requests: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/clips/')) requests.push(`${response.status()} ${response.headers()['content-range'] ?? ''}`);
    });
    // As text, for the browser's own names are not the test's.
    const played = await page.evaluate(`(async () => {
      const video = document.querySelector('#thread video');
      const seeked = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
      await video.play();
      video.currentTime = 4;
      await seeked;
      video.pause();
      return { at: Math.floor(video.currentTime), length: Math.round(video.duration), width: video.videoWidth > 0 };
    })()`);
    expect(played).toEqual({ at: 4, length: 5, width: true });
    expect(requests[0]).toMatch(/^206 bytes 0-/);
    await page.locator('#thread dl.facts').getByText('0:05').waitFor();
  });

  it('puts a picture into words, and paints from them', async () => {
    const page = await visit();
    await page
      .getByLabel('Gửi kèm ảnh')
      .first()
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: await noise(400, 300) });
    await say(page, '/describe');
    await page.getByText('Muốn có ảnh giống vậy, bạn thử:').waitFor();
    await page.getByRole('button', { name: 'Dùng lời này' }).first().click();
    const words = await field(page).inputValue();
    expect(words).toMatch(/^\/imagine \S/);
    await field(page).press('Enter');
    await page
      .locator('#messages')
      .getByRole('article')
      .filter({ hasText: words.replace('/imagine ', '') })
      .locator('.frame img')
      .first()
      .waitFor();
  });

  it('says of each bad picture what is wrong with it', async () => {
    const page = await visit();
    const good = await noise(400, 300);
    const bad: readonly (readonly [string, Buffer, string])[] = [
      ['words.png', Buffer.from('these are words'), 'không phải ảnh mình đọc được'],
      ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'không phải ảnh mình đọc được'],
      ['cut.png', good.subarray(0, 120), 'bị hỏng hoặc chưa tải xong'],
      ['tiny.png', await noise(8, 8), 'nhỏ quá'],
      ['bomb.png', await noise(9000, 9000), 'lớn quá'],
      ['noise.jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(500)]), 'bị hỏng hoặc chưa tải xong'],
    ];
    for (const [name, buffer, sentence] of bad) {
      await page.getByLabel('Gửi kèm ảnh').first().setInputFiles({ name, mimeType: 'image/png', buffer });
      await say(page, `sửa ảnh ${name} này`);
      await page.getByRole('article').filter({ hasText: name }).getByText(sentence).waitFor();
    }
    await page
      .getByLabel('Gửi kèm ảnh')
      .first()
      .setInputFiles({ name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) });
    await say(page, 'sửa ảnh rỗng này');
    await page.getByRole('alert').filter({ hasText: '0 byte' }).waitFor();
    expect(await page.locator('#messages .refusal').count()).toBe(bad.length);
  });

  it('goes on with a request whose server was killed and started again, in the window that stayed open', async () => {
    const page = await visit();
    await say(page, 'một con thuyền trên sông Hương lúc nửa đêm --n 4');
    const message = page.locator('#messages').getByRole('article').filter({ hasText: 'sông Hương' });
    await message
      .getByText(/Đang|Sắp/)
      .first()
      .waitFor();
    server.child.kill('SIGKILL');
    await server.ended;
    await page.getByText('Mất kết nối với máy chủ.').waitFor();
    server = house.start(SERVER, [], { PORT: new URL(address).port });
    await pageOf(server);
    await message.getByRole('img').first().waitFor({ timeout: 60_000 });
    await page.getByText('Mất kết nối với máy chủ.').waitFor({ state: 'hidden' });
    expect(await message.locator('.frame').count()).toBe(4);
  });

  it('works on a slow network', async () => {
    const page = await visit();
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    await page.reload();
    await say(page, 'một cánh diều đỏ trên biển');
    const message = page.locator('#messages').getByRole('article').filter({ hasText: 'cánh diều' });
    await message.getByRole('img').first().waitFor();
    expect(await message.count()).toBe(1);
  });
});
