import type { Platform } from '#src/core/platform.ts';
import { DISCORD } from './address.ts';
import { showAnswer } from './answer.ts';
import { createDiscordApi } from './client.ts';
import { download } from './download.ts';
import { listenToDiscord } from './listen.ts';
import { showProgress } from './progress.ts';
import type { DiscordRoom } from './room.ts';

/** Discord as a platform. */
export function createDiscordPlatform(room: DiscordRoom): Platform {
  const { config, log, now } = room;
  const api = createDiscordApi({ ...config, log, now });
  return {
    name: DISCORD,
    listen: (desk) => listenToDiscord(room, desk, api),
    download: (image, signal) => download(image, signal, { api, cdnUrl: config.cdnUrl }),
    deliver: async (request, news, page) =>
      news.kind === 'progress'
        ? showProgress(request, news.stage, page, { ...room, api })
        : showAnswer(request, news, page, { ...room, api }),
  };
}
