import type { Images } from '#src/core/images.ts';
import { createTurns } from '#src/core/turns.ts';
import { makeGrid, type Marking } from './grid.ts';
import { checkUpload, prepareImage } from './prepare.ts';
import { inspect, setUpSharp } from './sharp.ts';

/** A picture of 50 megapixels takes some 200 MB while it is decoded. */
const DECODES_MAX = 2;

/** `marking`: what a picture put together of several says of their origin; the sandbox's are no trained model's. */
export function createImages({ marking = 'trainedAlgorithmicMedia' }: { readonly marking?: Marking } = {}): Images {
  setUpSharp();
  const turns = createTurns(DECODES_MAX);
  return {
    async prepare(upload, limits, signal) {
      checkUpload(upload);
      return turns.take(signal, () => prepareImage(upload, limits, signal));
    },
    async measure({ bytes }) {
      const { width, height } = await inspect(bytes);
      return { width, height };
    },
    grid: (pictures) => turns.take(new AbortController().signal, () => makeGrid(pictures, marking)),
  };
}
