import { z } from 'zod';
import { toJsonSchema } from './schema.ts';

/** What Claude may choose from: the tasks on pictures, with what decides who can do them. */
export const CHOICES = [
  'erase',
  'erase-marked',
  'replace',
  'recolor',
  'inpaint',
  'outpaint',
  'remove-background',
  'restyle',
  'sketch',
  'structure',
  'enlarge',
  'enlarge-carefully',
  'enlarge-inventively',
  'transform',
  'describe',
] as const;
export type Choice = (typeof CHOICES)[number];

/** Every member is required, and says "nothing" with an empty one or 0: the service checks neither lengths nor ranges. `task` stands first, the rest follows from it. */
export const meaningSchema = z.object({
  task: z.enum(CHOICES),
  what: z.string(),
  result: z.string(),
  sides: z.array(z.enum(['left', 'right', 'up', 'down'])),
  pixels: z.number(),
  zoom: z.number(),
});
export type ClaudeMeaning = z.infer<typeof meaningSchema>;

export const MEANING_JSON_SCHEMA = toJsonSchema(meaningSchema);
