import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll } from 'vitest';
import { useBrowser } from '#test/adapters/web/browser.ts';
import { openDemo, type Demo } from './demo.ts';
import type { Stage } from './stage.ts';

/** On a machine that does much else, a picture takes its time. */
const PATIENCE_MS = 40_000;

export const PICTURE = {
  name: 'orange.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 640, height: 480, channels: 3, background: '#d97706' } })
    .png()
    .toBuffer(),
};

/** A demo for the stories of one file: the real product, the stand-in, and a browser that looks at both. */
export function useTheatre(openStage: () => Promise<Stage>): { visit(person: string): Promise<Page>; troubles(): readonly string[] } {
  const browser = useBrowser();
  const complaints: string[] = [];
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo(await openStage(), 0, { HOAMI_SANDBOX_MODEL_MS: '0' });
  }, 3 * PATIENCE_MS);
  afterAll(async () => demo.close());
  return {
    visit: async (person) => {
      const page = await browser.open();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => complaints.push(error.message));
      // What the policy of the page does not let be done is told there, too.
      page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
      await page.goto(`${demo.url}#${person}`);
      return page;
    },
    /** Rules of the stand-in that the product broke, and rules of its own that the page did. */
    troubles: () => [...demo.stage.violations(), ...complaints],
  };
}
