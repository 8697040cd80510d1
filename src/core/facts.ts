import { z } from 'zod';
import { clipSchema, describedSchema, pictureSchema } from './answer.ts';
import { REFUSAL_CODES } from './failure.ts';
import { aspectRatioSchema, jsonSchema, requestSchema, substitutedSchema, wordsSchema } from './request.ts';

/** What a finished step leaves in the ledger for whoever goes on. Each schema reads its own fact back. */
export const preparedSchema = z.strictObject({ keys: z.array(z.string()) });
export type Prepared = z.infer<typeof preparedSchema>;

const refusedSchema = z.strictObject({
  kind: z.literal('refused'),
  code: z.enum(REFUSAL_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What became of the prompt. What it cost is in the books and not here. */
export const enhancedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('enhanced'), prompt: wordsSchema }),
  refusedSchema,
]);

const understoodSchema = requestSchema.pick({ task: true, prompt: true, options: true, modelId: true, substituted: true });
export type Understood = z.infer<typeof understoodSchema>;

/** What an instruction was taken for: the parts of its request that are other than they were asked, or why nobody here can do it. */
export const meantSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('understood'), request: understoodSchema }),
  refusedSchema,
]);

/** A picture in words, or why there are none. */
export const lookedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), words: describedSchema.pick({ title: true, altText: true, prompts: true }) }),
  refusedSchema,
]);

/** What will be asked of the model, settled before the first call so that a repeated job asks for the same. */
export const planSchema = z.strictObject({ aspectRatio: aspectRatioSchema, seeds: z.array(z.int()).min(1) });
export type Plan = z.infer<typeof planSchema>;

const paintedSchema = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('picture'), picture: pictureSchema }), refusedSchema]);
export type Painted = z.infer<typeof paintedSchema>;

/** The one clip of a request: under which token it is asked for, and whether it may have been begun by now. */
export const filmCallSchema = z.strictObject({ token: z.string(), isBegun: z.boolean(), isBooked: z.boolean() });
export type FilmCall = z.infer<typeof filmCallSchema>;

/** What the clip is asked for by, and since when the service has it in the making. */
export const filmTicketSchema = z.strictObject({ ticket: jsonSchema, at: z.int() });
export type FilmTicket = z.infer<typeof filmTicketSchema>;

export const filmedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('clip'), clip: clipSchema, poster: pictureSchema }),
  refusedSchema,
]);
export type Filmed = z.infer<typeof filmedSchema>;

/** Who paints in the place of a model that could not be had, and who was asked before, the request's own model first. */
export const standInSchema = z.strictObject({ modelId: z.string(), because: substitutedSchema.shape.because, tried: z.array(z.string()) });
export type StandIn = z.infer<typeof standInSchema>;

/**
 * The paid calls for one picture: how many were begun, for how many of these the books are right, and what came of the last one. The key of a picture
 * that came is known, and written down, before its bytes are stored.
 */
export const callsSchema = z.strictObject({ begun: z.int(), booked: z.int(), painted: paintedSchema.optional() });
export type Calls = z.infer<typeof callsSchema>;
export const NO_CALLS: Calls = { begun: 0, booked: 0 };
