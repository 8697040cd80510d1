import { preparedSchema, type Prepared } from '#src/core/facts.ts';
import { Refusal } from '#src/core/failure.ts';
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
  const { journal, request, model, platform, tools, signal } = job;
  return once(journal.page('prepare'), 'pictures', preparedSchema, async () => {
    const limits = model.card.inputPicture;
    const keys: string[] = [];
    for (const image of request.images) {
      if (limits === undefined) throw new Refusal('model-cannot', { model: model.card.label, able: '' });
      const timed = AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]);
      const upload = 'key' in image ? await tools.blobs.get(image.key) : await platform.download(image, timed);
      keys.push(await tools.blobs.put(await tools.images.prepare(upload, limits, timed)));
    }
    // Whether there is anything marked shows here, before anybody is paid.
    if (takesMask(request.task)) await drawPictures(job, keys);
    return { fact: { keys } };
  });
}
