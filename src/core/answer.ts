import { z } from 'zod';
import type { BlobKey } from './blobs.ts';
import type { ClipShelf } from './clips.ts';
import { REFUSAL_CODES, type RefusalCode, type RefusalDetails } from './failure.ts';
import type { Media } from './media.ts';
import { aspectRatioSchema, substitutedSchema, taskSchema } from './request.ts';

/** Said at once: taken, with the place in line; too dear to be taken without a word of consent; or refused with a code. */
export type Receipt =
  | { readonly kind: 'accepted'; readonly id: string; readonly ahead: number; readonly estimateMs: number; readonly repeated: boolean }
  /** `isAtMost`: what is wanted is not known before somebody has thought about the words, and may be cheaper. */
  | { readonly kind: 'unconfirmed'; readonly id: string; readonly priceMicros: number; readonly isAtMost?: true }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly details: RefusalDetails };

export const pictureSchema = z.strictObject({
  key: z.string(),
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  width: z.int(),
  height: z.int(),
  /** 0 where the model has no seeds. */
  seed: z.int(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** Everything that, asked for again, asks for the same picture. */
const recipeSchema = z.strictObject({
  version: z.literal(1),
  task: taskSchema,
  modelId: z.string(),
  prompt: z.string(),
  negativePrompt: z.string(),
  aspectRatio: aspectRatioSchema,
  seed: z.int(),
  count: z.int(),
  style: z.string().optional(),
  inputs: z.array(z.string()),
});

/** A clip as it was made. Its pictures are its poster: one frame of it, or a picture that stands for it. */
export const clipSchema = z.strictObject({
  key: z.string(),
  type: z.literal('video/mp4'),
  width: z.int(),
  height: z.int(),
  durationMs: z.int(),
  sizeBytes: z.int(),
});
export type Clip = z.infer<typeof clipSchema>;

export const madeSchema = z.strictObject({
  kind: z.literal('made'),
  pictures: z.array(pictureSchema).min(1),
  /** All pictures in one, when there are several. */
  grid: pictureSchema.omit({ seed: true }).optional(),
  clip: clipSchema.optional(),
  prompt: z.string(),
  negativePrompt: z.string(),
  title: z.string(),
  altText: z.string(),
  enhancedBy: z.enum(['claude', 'rules', 'nobody']),
  degraded: z.boolean(),
  model: z.strictObject({ id: z.string(), label: z.string() }),
  /** Set when that is not the model that was named. */
  substituted: substitutedSchema.optional(),
  sandbox: z.boolean(),
  aspectRatio: aspectRatioSchema,
  costMicros: z.int(),
  tookMs: z.int(),
  code: z.string(),
  recipe: recipeSchema,
});
export type MadeAnswer = z.infer<typeof madeSchema>;

export const PROMPT_IDEAS_MAX = 4;

/** What is to be seen in a picture, for whoever asked for words. In their language but for `prompts`' own. */
export const describedSchema = z.strictObject({
  kind: z.literal('described'),
  title: z.string(),
  altText: z.string(),
  /** Prompts that would give a picture like it. */
  prompts: z.array(z.string()).min(1).max(PROMPT_IDEAS_MAX),
  /** The picture that was looked at. */
  key: z.string(),
  costMicros: z.int(),
  sandbox: z.boolean(),
});
export type DescribedAnswer = z.infer<typeof describedSchema>;

const refusedSchema = z.strictObject({
  kind: z.literal('refused'),
  code: z.enum(REFUSAL_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  costMicros: z.int(),
});

/** Said at the end: made (or put into words, where words were asked for), or refused. There is no third way for a request to end. */
export const answerSchema = z.discriminatedUnion('kind', [madeSchema, describedSchema, refusedSchema]);
export type Answer = z.infer<typeof answerSchema>;

/** What a request is doing, in the order in which it happens. */
export const STAGES = ['started', 'prepared', 'enhanced', 'painting', 'filming'] as const;
export type Stage = (typeof STAGES)[number];

/** What an adapter is asked to show. `open` reads a picture's bytes, when the platform needs them; `clips` does for clips, where there is one. */
export type News =
  | { readonly kind: 'progress'; readonly stage: Stage }
  | { readonly kind: 'answer'; readonly answer: Answer; open(key: BlobKey): Promise<Media>; readonly clips?: ClipShelf };
