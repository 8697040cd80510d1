import { Refusal } from '#src/core/failure.ts';
import type { Platform } from '#src/core/platform.ts';
import { readUpload } from '#src/core/uploads.ts';
import { readAssets } from './assets.ts';
import { openServer } from './client.ts';
import { WEB_LIMITS } from './config.ts';
import type { WebRoom } from './house.ts';
import { parseImage, uploadsOf, WEB } from './parse.ts';

export interface WebPlatform extends Platform {
  /** Where the page is. With port 0 the address is known once it listens. */
  url(): string;
}

/**
 * The page as a platform. People look at the ledger through it, so an answer is shown as soon as the request ends, and delivering it is writing
 * down that it is there. What was sent with the request is for making the answer, and goes with it.
 */
export function createWebPlatform(room: WebRoom): WebPlatform {
  let port = room.port;
  return {
    name: WEB,
    url: () => `http://${nameOf(room.host)}:${port}/`,
    listen: async (desk) => {
      const server = await openServer(room, await readAssets(), desk);
      port = server.port;
      return server.stop;
    },
    download: async (image, signal) => {
      signal.throwIfAborted();
      const key = parseImage(image);
      if (key === undefined) throw new Refusal('picture-gone');
      const upload = await readUpload(key, room.blobs);
      if (upload.bytes.length > WEB_LIMITS.pictureBytes)
        throw new Refusal('picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
      return upload;
    },
    deliver: async (request, news, page) => {
      if (news.kind !== 'answer') return;
      if ((await page.read('shown')) === undefined) await page.write('shown', true);
      // Only after a write: a worker that has lost the job must not take the picture from the one that has it.
      for (const upload of uploadsOf(request)) await room.blobs.remove(upload);
    },
  };
}

/** An address that listens everywhere is no address to visit. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
