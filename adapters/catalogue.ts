import type { Platform } from '#src/core/platform.ts';
import { createShellPlatform } from './cli/platform.ts';
import type { WebRoom } from './web/client.ts';
import { createWebPlatform } from './web/platform.ts';

export interface Platforms {
  readonly all: readonly Platform[];
  /** Where the page is, once it listens. */
  readonly pageUrl: () => string;
}

/** Every platform, one line each. Creating them opens nothing. */
export function createPlatforms(room: WebRoom): Platforms {
  const web = createWebPlatform(room);
  return { all: [web, createShellPlatform(room.blobs)], pageUrl: () => web.url() };
}
