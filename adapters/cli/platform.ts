import { z } from 'zod';
import { BLOB_KEY_PATTERN, type Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Upload } from '#src/core/media.ts';
import type { Platform } from '#src/core/platform.ts';
import type { GenerationRequest, ImageRef } from '#src/core/request.ts';
import { keepUpload, readUpload } from '#src/core/uploads.ts';

const sourceSchema = z.strictObject({ upload: z.string().regex(BLOB_KEY_PATTERN) });

/** Keeps the picture of a request before it is asked, so that any worker can read it. */
export async function keepShellImage(id: string, upload: Upload, blobs: Blobs): Promise<ImageRef> {
  return { platform: 'cli', source: { upload: await keepUpload(id, upload, blobs) } };
}

/** Removes the pictures of what was not taken after all. */
export async function letShellImagesGo(images: readonly ImageRef[], blobs: Blobs): Promise<void> {
  for (const upload of images.flatMap((image) => parseImage(image) ?? [])) await blobs.remove(upload);
}

/** The key of an upload of the shell, or undefined when it is not one. */
function parseImage(image: ImageRef): string | undefined {
  return 'platform' in image && image.platform === 'cli' ? sourceSchema.safeParse(image.source).data?.upload : undefined;
}

const uploadsOf = ({ images }: GenerationRequest): readonly string[] => images.flatMap((image) => parseImage(image) ?? []);

/**
 * The shell as a platform. Whoever asked watches the ledger, so a worker anywhere may make the picture and delivering it is writing that it is there.
 * What was sent with the request is for making the answer, and goes with it.
 */
export function createShellPlatform(blobs: Blobs): Platform {
  return {
    name: 'cli',
    listen: async () => async () => {},
    download: async (image, signal) => {
      signal.throwIfAborted();
      const key = parseImage(image);
      if (key === undefined) throw new Refusal('picture-gone');
      return readUpload(key, blobs);
    },
    deliver: async (request, news, page) => {
      if (news.kind !== 'answer') return;
      await page.write('shown', true);
      // Only after the write: a worker that has lost the job must not take the picture from the one that has it.
      for (const upload of uploadsOf(request)) await blobs.remove(upload);
    },
  };
}
