import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Pixels } from './sharp.ts';

/** The largest that telephones make unless told otherwise: 24 megapixels, which take the decoder 300 MB and some seconds. */
export const HEIC_PIXELS_MAX = 25_000_000;
const DECODE_MS = 20_000;
const HEAP_MEGABYTES = 512;

const pixelsSchema = z.object({
  data: z.instanceof(Uint8Array),
  width: z.int().positive(),
  height: z.int().positive(),
  channels: z.literal(4),
});

/**
 * Decodes HEIC, which the picture library cannot for patent reasons. In a thread of its own: the decoder blocks while it works, keeps the memory it
 * once took, and reads files that strangers wrote. Throws an Error when it cannot, or not in time.
 */
export async function decodeHeic(bytes: Uint8Array, signal: AbortSignal): Promise<Pixels> {
  const thread = new Worker(new URL('./heic-thread.ts', import.meta.url), {
    workerData: { bytes, pixelsMax: HEIC_PIXELS_MAX },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    stdout: true,
    stderr: true,
  });
  const timed = AbortSignal.any([signal, AbortSignal.timeout(DECODE_MS)]);
  try {
    const message = await new Promise<unknown>((resolve, reject) => {
      timed.addEventListener('abort', () => reject(timed.reason), { once: true });
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('the HEIC decoder ended without a picture')));
    });
    return pixelsSchema.parse(message);
  } finally {
    await thread.terminate();
  }
}
