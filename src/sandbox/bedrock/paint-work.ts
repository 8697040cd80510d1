import { paintEdit } from '../painter/edits/edit.ts';
import { paint } from '../painter/paint.ts';
import type { Order } from './rules.ts';

export type PaintWork = (order: Order) => Promise<Buffer>;

/** Has the painter do what was ordered: the same order, the same bytes. */
export const paintWork: PaintWork = async ({ work, prompt, negativePrompt, seed, format }) => {
  const words = { prompt, negativePrompt, seed, format };
  if (work.kind === 'edit') return paintEdit(work.edit, words);
  const { width, height } = work.size;
  if (work.kind === 'scene') return paint({ ...words, width, height });
  return paint({ ...words, width, height, image: work.image, strength: work.strength });
};
