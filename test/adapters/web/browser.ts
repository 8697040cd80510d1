import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { z } from 'zod';

const AXE = createRequire(import.meta.url).resolve('axe-core');
const auditSchema = z.object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })) });

/** What an automatic check of accessibility finds on the page as it stands. The page has to be opened with `bypassCSP`. */
export async function audit(page: Page): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.addScriptTag({ path: AXE });
  const result: unknown = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return auditSchema.parse(result).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser for the tests of one file; each `open` is a person of their own. */
export function useBrowser(): { open(options?: BrowserContextOptions): Promise<Page> } {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    const executablePath = inject('chromiumPath');
    if (executablePath === undefined) throw new Error('the suite must be skipped without a browser');
    browser = await chromium.launch({ executablePath, args: FLAGS });
  });
  afterEach(async () => {
    // A page that is left open would go on asking a server that is gone.
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
  });
  return {
    open: async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.setDefaultTimeout(10_000);
      return context.newPage();
    },
  };
}
