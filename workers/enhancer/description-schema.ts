import { z } from 'zod';
import { toJsonSchema } from './schema.ts';

/** What Claude is asked to fill in about a picture that it looks at. */
export const descriptionSchema = z.object({ title: z.string(), alt_text: z.string(), prompts: z.array(z.string()), refused: z.boolean() });
export type ClaudeDescription = z.infer<typeof descriptionSchema>;

export const DESCRIPTION_JSON_SCHEMA = toJsonSchema(descriptionSchema);
