import { preparedSchema, type Prepared } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import type { InputPictureLimits } from '#src/core/model.ts';
import type { ImageRef } from '#src/core/request.ts';
import { takesMask } from '#src/core/tasks.ts';
import { drawPictures } from './draw-input.ts';
import type { Job } from './job.ts';
import { once } from './once.ts';

const DOWNLOAD_MS = 60_000;

/**
 * Fetches the pictures that were sent, fits them to the model's limits and keeps them.
 * First of all steps: a platform's links expire, and a bad picture must be refused before anything is paid.
 */
export async function prepareImages(job: Job): Promise<Prepared> {
  const { journal, request, model, tools } = job;
  return once(journal.page('prepare'), 'pictures', preparedSchema, async () => {
    const limits = model.card.inputPicture;
    const keys: string[] = [];
    for (const image of request.images) {
      if (limits === undefined) throw new Refusal('model-cannot', { model: model.card.label, able: '' });
      keys.push(await tools.blobs.put(await fetchPicture(job, image, limits)));
    }
    // Whether there is anything marked shows here, before anybody is paid.
    if (takesMask(request.task)) await drawPictures(job, keys);
    return { fact: { keys } };
  });
}

/** One picture that was sent, fitted to the limits. Throws the Refusals of whoever holds it, and `picture-*`. */
export async function fetchPicture({ platform, tools, signal }: Job, image: ImageRef, limits: InputPictureLimits): Promise<Media> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]);
  const upload = 'key' in image ? await tools.blobs.get(image.key) : await platform.download(image, timed);
  return tools.images.prepare(upload, limits, timed);
}
