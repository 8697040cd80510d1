import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { openHouse } from '#test/flows/house.ts';
import { findChromium } from '#test/setup/chromium.ts';
import type { Environment } from '../bot.ts';
import { toFigure, type Figure } from '../figure.ts';
import { memoryOf } from '../process.ts';

const LOADS = 15;
const ASKS = 20;
const PAGES = 50;
const REST_MS = 3000;

/**
 * The web page in a real browser on the same machine: what it weighs as it is sent, when something is first seen, how long from Enter until the page
 * shows that the request is queued, and what fifty open pages take of the server's memory.
 */
export async function measure({ configuration }: Environment): Promise<Figure[]> {
  const executablePath = findChromium();
  if (configuration !== 'embedded' || executablePath === undefined) return [];
  const house = await openHouse({ HOAMI_LANGUAGE: 'en', HOAMI_SANDBOX_MODEL_MS: '0' });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const server = house.start('src/main/all.ts');
    const url = /Open +(http:\S+)/.exec(await server.said('For real use'))?.[1] ?? '';
    const figure = (name: string, unit: string, rounds: number[], median: number): Figure =>
      toFigure({ name, configuration, unit, rounds: [rounds], target: { median } });
    const loads = await loadOften(browser, url);
    const receipts = await askOften(browser, url);
    const perPageMiB = await openMany(browser, url, server.child.pid ?? 0);
    return [
      figure('page: weight, compressed', 'kB', [Math.max(...loads.map(({ weightKb }) => weightKb))], 150),
      figure(
        'page: first paint',
        'ms',
        loads.map(({ paintMs }) => paintMs),
        500,
      ),
      figure('page: from Enter to a receipt that is seen', 'ms', receipts, 100),
      figure(`page: memory of the server for ${PAGES} open pages`, 'MiB', [perPageMiB], 50),
    ];
  } finally {
    await browser.close();
    await house.close();
  }
}

/** A new visitor every time: nothing is in their cache. */
async function loadOften(browser: Browser, url: string): Promise<readonly { weightKb: number; paintMs: number }[]> {
  const loads = [];
  for (let count = 0; count < LOADS; count += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    let bytes = 0;
    network.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
    await network.send('Network.enable');
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const paintMs = Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`));
    loads.push({ weightKb: bytes / 1000, paintMs });
    await context.close();
  }
  return loads;
}

async function askOften(browser: Browser, url: string): Promise<number[]> {
  const page = await browser.newPage();
  await page.goto(url);
  const field = page.getByRole('textbox', { name: 'What shall I paint?' });
  const times: number[] = [];
  for (let count = 0; count < ASKS; count += 1) {
    await field.fill(`a red kite over the sea, number ${count} --raw`);
    times.push(await untilShown(page, `number ${count} `));
    await page.locator('#messages').getByRole('article').nth(count).getByRole('img').waitFor();
  }
  await page.close();
  return times;
}

/** In the page's own clock: what it takes to tell this process is no part of it. */
async function untilShown(page: Page, words: string): Promise<number> {
  return Number(
    await page.evaluate(`new Promise((resolve) => {
      const begun = performance.now();
      const list = document.querySelector('#messages .list');
      new MutationObserver((_, observer) => {
        if (!list.textContent.includes(${JSON.stringify(words)})) return;
        observer.disconnect();
        resolve(performance.now() - begun);
      }).observe(list, { childList: true, subtree: true });
      document.querySelector('#composer form').requestSubmit();
    })`),
  );
}

async function openMany(browser: Browser, url: string, pid: number): Promise<number> {
  await sleep(REST_MS);
  const { nowMiB: before } = await memoryOf(pid);
  // One browser is one person, who may have so many pages and no more.
  for (let count = 0; count < PAGES; count += 1) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await sleep(REST_MS);
  const { nowMiB: after } = await memoryOf(pid);
  return Math.max(0, after - before);
}
