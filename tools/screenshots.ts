// Takes the pictures of the page that README shows, of the page as it is: `node tools/boot.mjs node tools/screenshots.ts`.
// It needs Chromium (or HOAMI_TEST_CHROMIUM). Everything is painted by the sandbox, so nothing is spent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'docs', 'pictures');
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' } as const;
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  colorScheme: 'dark',
  locale: 'vi-VN',
} as const;
const ASKED = [
  '/imagine rice terraces in the morning mist, watercolour --ar 16:9',
  '/imagine a girl in an ao dai on the Japanese bridge at sunset --ar 16:9',
];

const folder = await mkdtemp(join(tmpdir(), 'hoami-screenshots-'));
const environment = {
  PATH: process.env['PATH'],
  HOME: folder,
  HOAMI_DATA_DIR: folder,
  HOAMI_SANDBOX: 'on',
  HOAMI_SANDBOX_MODEL_MS: '0',
  HOAMI_LANGUAGE: 'en',
};
const server = spawn(process.execPath, [join(ROOT, 'src', 'main', 'all.ts')], {
  env: { ...environment, PORT: '0' },
  stdio: ['ignore', 'pipe', 'ignore'],
});
const executablePath = process.env['HOAMI_TEST_CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
if (executablePath === undefined) throw new Error('there is no Chromium: set HOAMI_TEST_CHROMIUM');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const url = await addressOf(server.stdout);
  await mkdir(OUT, { recursive: true });
  await takeDesktop(browser, url);
  await takePhone(browser, url);
} finally {
  await browser.close();
  server.kill();
  await once(server, 'close');
  await rm(folder, { recursive: true, force: true });
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  let said = '';
  for await (const chunk of output) {
    said += String(chunk);
    const [, url] = /Open +(http:\S+)/.exec(said) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the product did not start:\n${said}`);
}

/** A thread beside its channel: the picture, and how it was changed. */
async function takeDesktop(from: Browser, url: string): Promise<void> {
  const page = await visit(from, url, DESKTOP);
  for (const [count, words] of ASKED.entries()) await paint(page, words, count);
  await page.getByRole('button', { name: 'Change it' }).last().click();
  const reply = page.getByRole('textbox', { name: 'Reply in the thread' });
  await reply.fill('make it night, with a full moon --strength 0.7');
  await reply.press('Enter');
  await page.locator('#thread .frame img').nth(1).waitFor();
  await reply.fill('');
  await settle(page);
  for (const log of ['#messages', '#thread-messages']) await page.locator(log).evaluate('(log) => log.scrollTo({ top: log.scrollHeight })');
  await settle(page);
  await page.screenshot({ path: join(OUT, 'page.jpg'), type: 'jpeg', quality: 88 });
}

async function takePhone(from: Browser, url: string): Promise<void> {
  const page = await visit(from, `${url}c/me`, PHONE);
  // The page's own examples are in its language.
  await page.locator('.chip').nth(1).click();
  await page.locator('#ask-text').press('Enter');
  await page.locator('#messages .frame img').first().waitFor();
  await settle(page);
  await page.locator('#messages').evaluate('(log) => log.scrollTo({ top: 0 })');
  await settle(page);
  await page.screenshot({ path: join(OUT, 'page-phone.jpg'), type: 'jpeg', quality: 88 });
}

async function visit(from: Browser, url: string, options: BrowserContextOptions): Promise<Page> {
  const context = await from.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function paint(page: Page, words: string, before: number): Promise<void> {
  const field = page.locator('#ask-text');
  await field.fill(words);
  await field.press('Enter');
  await page.locator('#messages .frame img').nth(before).waitFor();
}

/** Pictures are there, and nothing is pointed at. */
async function settle(page: Page): Promise<void> {
  await page.mouse.move(640, 2);
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {});
  await page.waitForTimeout(800);
}
