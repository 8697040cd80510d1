import { z } from 'zod';

/** The two languages people are answered in. */
export const languageSchema = z.enum(['vi', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** Any JSON value: what may travel in the queue and be kept in the ledger. A member that is undefined is not there. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export const aspectRatioSchema = z.enum(['1:1', '16:9', '9:16', '3:2', '2:3', '4:5', '5:4', '21:9', '9:21']);
export type AspectRatio = z.infer<typeof aspectRatioSchema>;

/** How much Claude may do to the prompt: write it better, only translate it, or leave it alone. */
export const enhanceModeSchema = z.enum(['enhance', 'translate', 'raw']);
export type EnhanceMode = z.infer<typeof enhanceModeSchema>;

export const PROMPT_LENGTH_MAX = 4000;
export const COUNT_MAX = 4;
export const SEED_MAX = 4_294_967_294;
const IMAGES_MAX = 4;

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

export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('imagine') }),
  z.strictObject({ kind: z.literal('transform'), strength: z.number().min(0).max(1).optional() }),
]);
export type Task = z.infer<typeof taskSchema>;
export type TaskKind = Task['kind'];

export const jsonSchema: z.ZodType<Json> = z.json();

/** A picture that is still held by the platform. Only that platform reads `source` and downloads it. */
export const imageRefSchema = z.strictObject({ platform: z.string().min(1).max(32), source: jsonSchema });
export type ImageRef = z.infer<typeof imageRefSchema>;

/** Where the answer goes. `address` is read by its own adapter only. */
export const threadSchema = z.strictObject({ platform: z.string().min(1).max(32), address: jsonSchema });
export type Thread = z.infer<typeof threadSchema>;

export const requesterSchema = z.strictObject({ id: z.string().min(1).max(200), name: z.string().max(200).optional() });
export type Requester = z.infer<typeof requesterSchema>;

/** Letters, digits and inner hyphens, never only digits: what BullMQ, S3 keys and idempotency tokens all accept. */
export const requestIdSchema = z.string().regex(/^(?!\d+$)[A-Za-z0-9](?:-*[A-Za-z0-9]){2,119}$/);

/** What one person asked: immutable JSON, parsed by this schema going into the ledger and coming out. */
export const requestSchema = z.strictObject({
  version: z.literal(1),
  id: requestIdSchema,
  task: taskSchema,
  prompt: z.string().max(PROMPT_LENGTH_MAX),
  language: languageSchema,
  options: optionsSchema,
  modelId: z.string().min(1).max(64),
  images: z.array(imageRefSchema).max(IMAGES_MAX),
  thread: threadSchema,
  requester: requesterSchema,
  tenant: z.string().min(1).max(200),
  acceptedAt: z.int(),
  /** Epoch milliseconds after which waiting is given up and the person is told so. */
  notAfter: z.int(),
});
export type GenerationRequest = z.infer<typeof requestSchema>;
