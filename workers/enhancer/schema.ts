import { z } from 'zod';

const REFUSAL_REASONS = [
  'none',
  'sexual_minor',
  'sexual',
  'hate',
  'violence',
  'real_person',
  'self_harm',
  'illegal',
  'not_image',
  'other',
] as const;

/**
 * What Claude is asked to fill in. Every member is required and none has a length, since the service checks neither;
 * `language` and `constraints` stand first so that the model commits to them before it writes. Changing anything here recompiles the grammar.
 */
export const answerSchema = z.object({
  language: z.enum(['vi', 'en', 'mixed', 'other']),
  constraints: z.array(
    z.object({
      kind: z.enum(['count', 'color', 'text', 'name', 'position', 'style', 'exclude', 'other']),
      source: z.string(),
      english: z.string(),
    }),
  ),
  english_prompt: z.string(),
  negative_prompt: z.string(),
  short_prompt: z.string(),
  title: z.string(),
  alt_text: z.string(),
  refused: z.boolean(),
  refusal_reason: z.enum(REFUSAL_REASONS),
});
export type ClaudeAnswer = z.infer<typeof answerSchema>;

/** As JSON Schema, every object closed as structured output demands, without the name of its dialect, which the service does not take. */
export function toJsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const members = Object.entries(z.toJSONSchema(schema, { target: 'draft-07' })).filter(([name]) => name !== '$schema');
  return Object.freeze(Object.fromEntries(members));
}

export const ANSWER_JSON_SCHEMA = toJsonSchema(answerSchema);
