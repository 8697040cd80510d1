import { fromAmazonBody, toAmazonBody } from './amazon-tasks.ts';
import type { ImageModelSpec } from './spec.ts';
import { titanCard } from './titan-image-generator-v2.ts';

/** Titan Image Generator v1: without the second version's control by a picture, by colours, and of the background. */
export const titanImageGeneratorV1: ImageModelSpec = {
  card: {
    ...titanCard,
    id: 'titan-v1',
    label: 'Titan Image Generator v1',
    aliases: ['titan-g1', 'titan-g1-v1', 'amazon.titan-image-generator-v1'],
    bedrockId: 'amazon.titan-image-generator-v1',
    tasks: ['imagine', 'transform', 'inpaint', 'erase', 'replace', 'recolor', 'outpaint'],
    lifecycle: { status: 'retired', on: undefined, successor: 'core' },
  },
  // The words stay as they are: a colour written as on the web is just a word to it.
  toBody: (input) => toAmazonBody({ ...input, prompt: input.prompt.replaceAll('#', '') }, { card: titanCard, styleOf: () => ({}) }),
  fromBody: fromAmazonBody,
};
