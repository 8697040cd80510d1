import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House } from '#test/flows/house.ts';
import { useBrowser } from './browser.ts';
import { ENGLISH, PATIENT, VIETNAMESE } from './visitor.ts';

const toldSchema = z.looseObject({ id: z.string(), receipt: z.looseObject({ kind: z.string() }) });
const viewSchema = z.looseObject({ state: z.string(), task: z.string(), command: z.string() });

describe.skipIf(inject('chromiumPath') === undefined)('the dialog below an edit', { timeout: 90_000 }, () => {
  const browser = useBrowser();
  let house: House;
  let address: string;
  let picture: Buffer;
  beforeAll(async () => {
    house = await openHouse({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', HOAMI_SANDBOX: 'on', HOAMI_SANDBOX_MODEL_MS: '0' });
    const said = await house.start('src/main/all.ts').said('AWS_ACCESS_KEY_ID');
    address = /(?:Open|Mở trang) +(http:\S+)/.exec(said)?.[1] ?? '';
    picture = await sharp({ create: { width: 512, height: 512, channels: 3, background: '#357' } })
      .png()
      .toBuffer();
  });
  afterAll(async () => {
    await house.close();
  });

  async function ask(text: string): Promise<string> {
    const form = new FormData();
    form.set('text', text);
    form.append('picture', new File([new Uint8Array(picture)], 'picture.png'));
    return toldSchema.parse(await (await fetch(new URL('/api/ask', address), { method: 'POST', body: form })).json()).id;
  }

  const viewOf = async (id: string) => viewSchema.parse(await (await fetch(new URL(`/api/requests/${id}`, address))).json());

  it.each([
    [VIETNAMESE, 'bỏ cái mũ đi', 'erase', 'xoá cái mũ', 'xoá cái kính', 'Sửa mô tả', 'Bạn muốn sửa gì?', 'Vẽ'],
    [
      ENGLISH,
      '/edit outpaint --left 64 a beach',
      'outpaint',
      'outpaint left 64 a beach',
      'outpaint left 96 a beach',
      'Edit prompt',
      'What should change?',
      'Paint',
    ],
  ] as const)(
    '%o holds “%s” as one would type it, and asks for the same with a change',
    async (person, text, task, words, changed, button, field, send) => {
      const id = await ask(text);
      await expect.poll(async () => (await viewOf(id)).state, PATIENT).toBe('made');
      const page = await browser.open(person);
      await page.goto(address);
      await page.locator(`#messages [data-id="${id}"]`).getByRole('button', { name: button }).click();
      const box = page.getByRole('dialog').getByRole('textbox', { name: field });
      expect(await box.inputValue()).toBe(words);
      await box.fill(changed);
      const sent = page.waitForResponse((response) => response.url().includes('/repeat'));
      await page.getByRole('dialog').getByRole('button', { name: send }).click();
      const told = toldSchema.parse(await (await sent).json());
      await expect.poll(async () => (await viewOf(told.id)).state, PATIENT).toBe('made');
      expect(await viewOf(told.id)).toMatchObject({ task, command: changed });
    },
  );
});
