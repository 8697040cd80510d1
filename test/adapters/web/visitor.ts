import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, beforeEach, expect } from 'vitest';
import { made } from '#test/ledger/asked.ts';
import { useBrowser } from './browser.ts';
import { openRoom, type Room, type RoomOptions } from './room.ts';

export const VIETNAMESE = { locale: 'vi-VN' };
export const ENGLISH = { locale: 'en-GB' };

/** For what comes soon, also on a busy machine. */
export const PATIENT = { timeout: 15_000 };

/** A room with its page, opened anew for every test, and the people who come to look at it. */
export interface Visitors {
  readonly room: Room;
  /** What went wrong in any window: errors, and anything that was asked of another host. */
  readonly complaints: string[];
  visit(options?: object, path?: string): Promise<Page>;
  /** Types it and sends it; resolves with the request's id once the room was asked. */
  ask(page: Page, text: string): Promise<string>;
  /** The picture of a request is done. */
  paint(id: string, changes?: Parameters<typeof made>[0]): Promise<void>;
  /** The server goes, and another one comes to the same address. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
}

export function useVisitors(options: RoomOptions = {}): Visitors {
  const browser = useBrowser();
  let room: Room;
  let stop: () => Promise<void>;
  const complaints: string[] = [];
  beforeEach(async () => {
    complaints.length = 0;
    room = await openRoom(options);
    ({ stop } = room);
  });
  afterEach(async () => {
    await stop();
  });
  return {
    get room() {
      return room;
    },
    complaints,
    visit: async (person = ENGLISH, path = '/') => {
      const page = await browser.open(person);
      const own = new URL(room.platform.url()).origin;
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      page.on('pageerror', (error) => void complaints.push(error.message));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (origin !== own && protocol !== 'blob:') complaints.push(request.url());
      });
      await page.goto(room.address(path));
      return page;
    },
    ask: async (page, text) => {
      const before = room.asks.length;
      const field = page.getByRole('textbox', { name: /^(What shall I paint|Bạn muốn vẽ gì)\?$/ });
      await field.fill(text);
      await field.press('Enter');
      await expect.poll(() => room.asks.length, PATIENT).toBe(before + 1);
      return room.asks.at(-1)?.id ?? '';
    },
    paint: async (id, changes = {}) => {
      const bytes = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#b0331c' } })
        .png()
        .toBuffer();
      const key = await room.blobs.put({ bytes, type: 'image/png' });
      room.finish(id, made({ pictures: [{ key, type: 'image/png', width: 64, height: 36, seed: 42 }], ...changes }));
    },
    restart: async (meanwhile = async () => {}) => {
      const port = Number(new URL(room.platform.url()).port);
      await stop();
      await meanwhile();
      stop = await room.create(port).listen(room.desk);
    },
  };
}
