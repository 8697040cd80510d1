import { z } from 'zod';
import { BLOB_KEY_PATTERN, type Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { ImageRef } from '#src/core/request.ts';
import type { Platform } from '#src/core/platform.ts';

const sourceSchema = z.strictObject({ key: z.string().regex(BLOB_KEY_PATTERN) });

/** A picture that the shell command has put among the stored pictures before asking, so that any worker can read it. */
export const shellImage = (key: string): ImageRef => ({ platform: 'cli', source: { key } });

/**
 * The shell as a platform. Whoever asked watches the ledger, so a worker anywhere may make the picture and delivering it is writing that it is there.
 */
export function createShellPlatform(blobs: Blobs): Platform {
  return {
    name: 'cli',
    listen: async () => async () => {},
    download: async (image) => {
      const source = sourceSchema.safeParse(image.source);
      if (image.platform !== 'cli' || !source.success) throw new Refusal('picture-gone');
      return { bytes: (await blobs.get(source.data.key)).bytes };
    },
    deliver: async (_request, news, page) => {
      if (news.kind === 'answer') await page.write('shown', true);
    },
  };
}
