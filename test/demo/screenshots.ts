// Takes the pictures of both demos that README shows: `node tools/boot.mjs node test/demo/screenshots.ts`.
// It needs Chromium (or HOAMI_TEST_CHROMIUM). Everything is painted by the sandbox, so nothing is spent.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import sharp from 'sharp';
import { findChromium } from '#test/setup/chromium.ts';
import { openDemo } from './demo.ts';
import { openDiscordStage } from './discord/stage.ts';
import { openSlackStage } from './slack/stage.ts';
import type { Stage } from './stage.ts';

const OUT = join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const DESKTOP = { viewport: { width: 1280, height: 800 } } as const;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const;
const PATIENCE_MS = 60_000;
const BYTES_MAX = 200_000;

const executablePath = process.env['HOAMI_TEST_CHROMIUM'] ?? findChromium();
if (executablePath === undefined) throw new Error('there is no Chromium: set HOAMI_TEST_CHROMIUM');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(OUT, { recursive: true });
  await perform(openSlackStage, { name: 'slack', ask: askInSlack, follow: followInSlack });
  await perform(openDiscordStage, { name: 'discord', ask: askInDiscord, follow: followInDiscord });
} finally {
  await browser.close();
}

interface Play {
  readonly name: string;
  /** Sam's story, on a large screen. */
  readonly ask: (page: Page) => Promise<void>;
  /** Lan's, on a phone. */
  readonly follow: (page: Page) => Promise<void>;
}

async function perform(openStage: () => Promise<Stage>, { name, ask, follow }: Play): Promise<void> {
  const demo = await openDemo(await openStage(), 0, { HOAMI_SANDBOX_MODEL_MS: '0' });
  try {
    const large = await visit(browser, `${demo.url}#Sam`, { ...DESKTOP, locale: 'en-US' });
    await ask(large);
    await keep(large, `${name}.png`);
    const small = await visit(browser, `${demo.url}#Lan`, { ...PHONE, locale: 'vi-VN' });
    await follow(small);
    await keep(small, `${name}-phone.png`);
  } finally {
    await demo.close();
  }
}

async function askInSlack(page: Page): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Message #general' });
  await line.fill('/imagine rice terraces in the morning mist, watercolour --ar 16:9');
  await line.press('Enter');
  await line.fill('/imagine a red boat at sunrise --ar 16:9');
  await line.press('Enter');
  await page.locator('.main .replies').nth(1).waitFor();
  await page.locator('.main .replies').last().click();
  const reply = page.getByRole('textbox', { name: 'Reply…' });
  await reply.fill('@hoami at night, with lanterns');
  await reply.press('Enter');
  await page.locator('.thread .picture img').nth(1).waitFor();
  await page.locator('.thread').getByRole('button', { name: 'Animate' }).last().click();
  await page.getByRole('button', { name: 'Make it for' }).click();
  await page.locator('.thread video').waitFor();
  await page.locator('.thread .list').evaluate('(list) => list.scrollTo({ top: list.scrollHeight })');
}

async function followInSlack(page: Page): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Nhắn #general' });
  await line.fill('/imagine một con mèo mặc áo dài đi chợ nổi lúc bình minh --ar 16:9');
  await line.press('Enter');
  await page.locator('.main .replies').nth(2).waitFor();
  await page.locator('.main .replies').last().click();
  await page.locator('.thread .picture img').waitFor();
}

async function askInDiscord(page: Page): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Message #chung' });
  await line.fill('/imagine a red boat at sunrise');
  await page.getByRole('button', { name: 'options' }).click();
  await page.getByRole('option', { name: 'ratio' }).click();
  await page.getByRole('option', { name: '16:9' }).click();
  await page.keyboard.press('Enter');
  await page.locator('.picture img').waitFor();
  await page.getByRole('button', { name: 'Reply', exact: true }).last().click();
  await line.fill('at night, with lanterns');
  await line.press('Enter');
  await page.locator('.picture img').nth(1).waitFor();
}

async function followInDiscord(page: Page): Promise<void> {
  const line = page.getByRole('textbox', { name: 'Nhắn #chung' });
  await line.fill('/vẽ một con mèo mặc áo dài đi chợ nổi lúc bình minh');
  await page.keyboard.press('Enter');
  await page.locator('.picture img').nth(2).waitFor();
}

async function visit(from: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** In 256 colours: sharp words, and a fifth of the bytes. */
async function keep(page: Page, name: string): Promise<void> {
  await page.mouse.move(640, 2);
  await page.locator('.list:visible').last().evaluate('(list) => list.scrollTo({ top: list.scrollHeight })');
  await page.waitForTimeout(1000);
  const bytes = await sharp(await page.screenshot())
    .png({ palette: true, quality: 85, effort: 10 })
    .toBuffer();
  if (bytes.byteLength > BYTES_MAX) throw new Error(`${name} has ${bytes.byteLength} bytes`);
  await writeFile(join(OUT, name), bytes);
}
