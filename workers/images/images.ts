import type { Images } from '#src/core/images.ts';
import { createTurns } from '#src/core/turns.ts';
import { makeGrid, type Marking } from './grid.ts';
import { decodeHeic } from './heic.ts';
import { markPicture } from './mask.ts';
import { checkUpload, prepareImage, type DecodeHeic } from './prepare.ts';
import { inspect, setUpSharp } from './sharp.ts';

/** Two hundred megabytes are the most that each of them takes, HEIC aside. */
const DECODES_MAX = 2;
const HEIC_DECODES_MAX = 1;

/** `marking`: what a picture put together of several says of their origin; the sandbox's are no trained model's. */
export function createImages({ marking = 'trainedAlgorithmicMedia' }: { readonly marking?: Marking } = {}): Images {
  setUpSharp();
  const turns = createTurns(DECODES_MAX);
  const heicTurns = createTurns(HEIC_DECODES_MAX);
  const decode: DecodeHeic = async (bytes, signal) => heicTurns.take(signal, () => decodeHeic(bytes, signal));
  return {
    async prepare(upload, limits, signal) {
      checkUpload(upload);
      return turns.take(signal, () => prepareImage(upload, limits, signal, decode));
    },
    async measure({ bytes }) {
      const { width, height } = await inspect(bytes);
      return { width, height };
    },
    mark: (picture, mark, rules, signal) => turns.take(signal, () => markPicture(picture, mark, rules)),
    grid: (pictures) => turns.take(new AbortController().signal, () => makeGrid(pictures, marking)),
  };
}
