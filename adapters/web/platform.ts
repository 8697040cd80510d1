import { Refusal } from '#src/core/failure.ts';
import type { Platform } from '#src/core/platform.ts';
import { readAssets } from './assets.ts';
import { openServer, type WebRoom } from './client.ts';
import { WEB_LIMITS } from './config.ts';
import { parseImage, WEB } from './parse.ts';

export interface WebPlatform extends Platform {
  /** Where the page is. With port 0 the address is known once it listens. */
  url(): string;
}

/**
 * The page as a platform. People look at the ledger through it, so an answer is shown as soon as the request ends, and delivering it is writing
 * down that it is there.
 */
export function createWebPlatform(room: WebRoom): WebPlatform {
  let port = room.port;
  return {
    name: WEB,
    url: () => `http://${nameOf(room.host)}:${port}/`,
    listen: async (ask) => {
      const server = await openServer(room, await readAssets(), ask);
      port = server.port;
      return server.stop;
    },
    download: async (image, signal) => {
      signal.throwIfAborted();
      const key = parseImage(image);
      if (key === undefined) throw new Refusal('picture-gone');
      const { bytes } = await room.blobs.get(key);
      if (bytes.length > WEB_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
      return { bytes };
    },
    deliver: async (_request, news, page) => {
      if (news.kind === 'answer' && (await page.read('shown')) === undefined) await page.write('shown', true);
    },
  };
}

/** An address that listens everywhere is no address to visit. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
