import { z } from 'zod';
import type { FieldRule } from './fields.ts';

/** `photographic` and the rest, as the user guide lists them for all services together. */
const STYLES =
  '3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly modeling-compound neon-punk origami photographic pixel-art tile-texture';

/** The members that most services take, each with the same rule wherever it is taken. */
export const COMMON_FIELDS = {
  grow_mask: { kind: 'integer', min: 0, max: 20 },
  style_preset: { kind: 'choice', choices: STYLES.split(' ') },
  negative_prompt: { kind: 'text', lengthMax: 10_000 },
  seed: { kind: 'integer', min: 0, max: 4_294_967_294 },
  output_format: { kind: 'choice', choices: ['jpeg', 'png', 'webp'] },
} as const satisfies Record<string, FieldRule>;
export type CommonField = keyof typeof COMMON_FIELDS;

/** A sound body, with the defaults of the documents. */
export const serviceBodySchema = z.object({
  prompt: z.string().default(''),
  search_prompt: z.string().default(''),
  select_prompt: z.string().default(''),
  negative_prompt: z.string().default(''),
  seed: z.number().default(0),
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
  grow_mask: z.number().default(5),
  left: z.number().default(0),
  right: z.number().default(0),
  up: z.number().default(0),
  down: z.number().default(0),
  control_strength: z.number().default(0.7),
  fidelity: z.number().default(0.5),
  aspect_ratio: z.string().default('1:1'),
  style_strength: z.number().default(1),
  change_strength: z.number().default(0.9),
  creativity: z.number().optional(),
});
export type ServiceBody = z.infer<typeof serviceBodySchema>;
