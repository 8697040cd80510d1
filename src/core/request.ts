import { z } from 'zod';
import { BLOB_KEY_PATTERN } from './blobs.ts';

/** The two languages people are answered in. */
export const languageSchema = z.enum(['vi', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** Any JSON value: what may travel in the queue and be kept in the ledger. A member that is undefined is not there. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export const aspectRatioSchema = z.enum(['1:1', '16:9', '9:16', '4:3', '3:4', '3:2', '2:3', '4:5', '5:4', '21:9', '9:21']);
export type AspectRatio = z.infer<typeof aspectRatioSchema>;

/** How much Claude may do to the prompt: write it better, only translate it, or leave it alone. */
export const enhanceModeSchema = z.enum(['enhance', 'translate', 'raw']);
export type EnhanceMode = z.infer<typeof enhanceModeSchema>;

export const PROMPT_LENGTH_MAX = 4000;
export const COUNT_MAX = 4;
export const SEED_MAX = 4_294_967_294;
/** As many as the most that any model looks at. */
export const IMAGES_MAX = 5;
const WHAT_LENGTH_MAX = 400;
export const GROW_PIXELS_MAX = 20;
export const MARGIN_PIXELS_MAX = 2000;
export const ZOOM_MAX = 4;

/** Fast only enlarges; conservative adds what was there to be seen; creative adds what may have been. */
export const upscaleMannerSchema = z.enum(['fast', 'conservative', 'creative']);
export type UpscaleManner = z.infer<typeof upscaleMannerSchema>;

export const resolutionSchema = z.enum(['540p', '720p']);
export type Resolution = z.infer<typeof resolutionSchema>;
export const CLIP_SECONDS_MAX = 120;

/** What the person chose; an absent member is the model's or the product's default. */
export const optionsSchema = z.strictObject({
  aspectRatio: aspectRatioSchema.optional(),
  seed: z.int().min(1).max(SEED_MAX).optional(),
  negativePrompt: z.string().max(PROMPT_LENGTH_MAX).optional(),
  count: z.int().min(1).max(COUNT_MAX).optional(),
  model: z.string().max(64).optional(),
  style: z.string().max(64).optional(),
  strength: z.number().min(0).max(1).optional(),
  enhance: enhanceModeSchema.optional(),
});
export type Options = z.infer<typeof optionsSchema>;

/** How much is changed: 0 keeps the picture, 1 ignores it. Each model has an axis of its own for it. */
const strength = z.number().min(0).max(1).optional();
/** The thing in the picture that is meant, in the person's words. */
const what = z.string().min(1).max(WHAT_LENGTH_MAX);
/** How far a masked part is grown, in pixels. */
const grow = z.int().min(0).max(GROW_PIXELS_MAX).optional();
const margin = z.int().min(0).max(MARGIN_PIXELS_MAX).optional();

/**
 * What is to be done. The request's prompt says what is to be seen afterwards; its first picture is the one that is worked on, the second is the
 * mask of `inpaint` and `erase` or the style of `restyle`.
 */
export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('imagine') }),
  z.strictObject({ kind: z.literal('transform'), strength }),
  z.strictObject({ kind: z.literal('inpaint'), grow }),
  /** `zoom` 2 makes the picture twice as wide and high; with margins in pixels it is not given. */
  z.strictObject({
    kind: z.literal('outpaint'),
    left: margin,
    right: margin,
    up: margin,
    down: margin,
    zoom: z.number().gt(1).max(ZOOM_MAX).optional(),
    strength,
  }),
  z.strictObject({ kind: z.literal('erase'), what: what.optional(), grow }),
  z.strictObject({ kind: z.literal('replace'), what, grow }),
  z.strictObject({ kind: z.literal('recolor'), what, grow }),
  z.strictObject({ kind: z.literal('remove-background') }),
  z.strictObject({ kind: z.literal('restyle'), strength }),
  z.strictObject({ kind: z.literal('sketch'), strength }),
  z.strictObject({ kind: z.literal('structure'), strength }),
  z.strictObject({ kind: z.literal('upscale'), how: upscaleMannerSchema, strength }),
  /** A clip. `frames` says of each of the request's pictures where it stands in it. */
  z.strictObject({
    kind: z.literal('video'),
    durationSeconds: z.int().min(1).max(CLIP_SECONDS_MAX),
    resolution: resolutionSchema,
    isLooped: z.boolean(),
    frames: z.array(z.enum(['first', 'last'])).max(2),
  }),
  /** What is to be seen in the picture, in words; nothing is painted. */
  z.strictObject({ kind: z.literal('describe') }),
  /** The prompt says which of the tasks above is meant, in words that the rules could not read. A worker finds out before anything is painted. */
  z.strictObject({ kind: z.literal('instruct') }),
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskKind = Task['kind'];
export type VideoTask = Extract<Task, { kind: 'video' }>;

export const jsonSchema: z.ZodType<Json> = z.json();

/** A picture that is still held by the platform. Only that platform reads `source` and downloads it. */
const platformImageSchema = z.strictObject({ platform: z.string().min(1).max(32), source: jsonSchema });
export type PlatformImage = z.infer<typeof platformImageSchema>;

/** A picture that is to be changed: held by the platform, or kept already because it was made here. */
export const imageRefSchema = z.union([platformImageSchema, z.strictObject({ key: z.string().regex(BLOB_KEY_PATTERN) })]);
export type ImageRef = z.infer<typeof imageRefSchema>;

/** Where the answer goes. `address` is read by its own adapter only. */
export const threadSchema = z.strictObject({
  platform: z.string().min(1).max(32),
  address: jsonSchema,
  /** Who may see this room may see the request. Compared and never read. */
  room: z.string().min(1).max(200).optional(),
  /** The conversation in the room. Compared and never read. */
  topic: z.string().min(1).max(200).optional(),
});
export type Thread = z.infer<typeof threadSchema>;

/** A prompt the model understands, within its card's limits, with words for the person. */
export const wordsSchema = z.strictObject({
  prompt: z.string(),
  negativePrompt: z.string(),
  /** At most 60 and 200 characters, in the asker's language. */
  title: z.string(),
  altText: z.string(),
  /** Who wrote it: Claude, the local rules, or nobody (the words are the person's own). */
  by: z.enum(['claude', 'rules', 'nobody']),
  /** True when Claude was wanted and could not be had, so that the person can be told. */
  degraded: z.boolean(),
});

/** What people do with an earlier request: ask again, go on from its first picture, or `reply`, with words of their own about its picture. */
export const REPEATS = [
  'again',
  'variations',
  'own-words',
  'edit',
  'upscale',
  'zoom-out',
  'remove-background',
  'animate',
  'reply',
] as const;

export const requesterSchema = z.strictObject({ id: z.string().min(1).max(200), name: z.string().max(200).optional() });
export type Requester = z.infer<typeof requesterSchema>;

/** Letters, digits and inner hyphens, never only digits: what BullMQ, S3 keys and idempotency tokens all accept. */
export const requestIdSchema = z.string().regex(/^(?!\d+$)[A-Za-z0-9](?:-*[A-Za-z0-9]){2,119}$/);

/** Why another model painted than the one that was named, by its label: it is no more, never was there, or could not be had just now. */
export const substitutedSchema = z.strictObject({
  model: z.string(),
  because: z.enum(['retired', 'never', 'unavailable', 'denied']),
  /** The last day of the model that was named, as an ISO date. */
  on: z.string().optional(),
});
export type Substituted = z.infer<typeof substitutedSchema>;

/** What one person asked: immutable JSON, parsed by this schema going into the ledger and coming out. */
export const requestSchema = z.strictObject({
  version: z.literal(1),
  id: requestIdSchema,
  task: taskSchema,
  prompt: z.string().max(PROMPT_LENGTH_MAX),
  language: languageSchema,
  options: optionsSchema,
  modelId: z.string().min(1).max(64),
  /** Set when the model is not the one that was named. */
  substituted: substitutedSchema.optional(),
  images: z.array(imageRefSchema).max(IMAGES_MAX),
  /** Words settled by an earlier request: painted as they are, so that nobody is asked and paid for them twice. */
  words: wordsSchema.optional(),
  /** The prompt is an instruction that was understood by an earlier request: the task says what it means. */
  isUnderstood: z.literal(true).optional(),
  /** The request this one was made from. */
  origin: z.strictObject({ id: requestIdSchema, how: z.enum(REPEATS) }).optional(),
  thread: threadSchema,
  requester: requesterSchema,
  tenant: z.string().min(1).max(200),
  acceptedAt: z.int(),
  /** Epoch milliseconds after which waiting is given up and the person is told so. */
  notAfter: z.int(),
});
export type GenerationRequest = z.infer<typeof requestSchema>;
