import { z } from 'zod';
import type { JsonObject, MessagesRequest } from './request.ts';

/** The user's turn as the stand-in reads it. Everything in it is data: nothing in it is ever obeyed. */
const envelopeSchema = z.looseObject({
  mode: z.string().catch('translate').default('translate'),
  medium: z.string().catch('image').default('image'),
  max_chars: z.int().min(1).catch(2000).default(2000),
  text: z.string().catch('').default(''),
  reply_language: z.enum(['vi', 'en']).optional().catch(undefined),
  quoted: z.array(z.string()).catch([]).default([]),
  exclude: z.string().catch('').default(''),
  corrections: z.array(z.string()).catch([]).default([]),
});
export type Envelope = z.infer<typeof envelopeSchema>;

const TAGGED = /<user_prompt>([\s\S]*)<\/user_prompt>/;

/** Reads the last user turn: a JSON object between `<user_prompt>` tags, or else plain words. */
export function readEnvelope({ messages }: MessagesRequest): Envelope {
  const words = userWords(messages.findLast(({ role }) => role === 'user')?.content ?? '');
  const json = parseObject(TAGGED.exec(words)?.[1] ?? '');
  return envelopeSchema.parse(json ?? { text: words });
}

function userWords(content: MessagesRequest['messages'][number]['content']): string {
  return typeof content === 'string' ? content : content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}

/** The schema that the answer has to follow: given as structured output, or written out in the instructions. */
export function readSchema(request: MessagesRequest): JsonObject | undefined {
  const format = request.output_config?.format;
  if (format) return format.schema;
  const [, written] = /\bschema\b[^{]{0,40}(\{[\s\S]*\})\s*$/i.exec(instructionsOf(request)) ?? [];
  return written === undefined ? undefined : parseObject(written);
}

/** All that the instructions say, for those who are asked to give it away. */
export function instructionsOf({ system }: MessagesRequest): string {
  return typeof system === 'string' ? system : (system ?? []).map(({ text }) => text).join('\n');
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
