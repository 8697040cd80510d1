import { z } from 'zod';
import { instructionSchema, type InstructionTurn } from './instruction.ts';
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

const wishSchema = z.looseObject({ language: z.enum(['vi', 'en']).catch('en').default('en') });

/** What the last user turn asks for: a prompt, the meaning of an instruction, or words for a picture. */
export type Turn =
  | { readonly kind: 'prompt'; readonly envelope: Envelope }
  | { readonly kind: 'instruction'; readonly instruction: InstructionTurn }
  | { readonly kind: 'picture'; readonly language: 'vi' | 'en' };

/** Reads the last user turn: a JSON object between the tags of its kind, or else plain words. */
export function readTurn({ messages }: MessagesRequest): Turn {
  const words = userWords(messages.findLast(({ role }) => role === 'user')?.content ?? '');
  const [, tag, content = ''] = /<(user_prompt|user_instruction|picture_wish)>([\s\S]*)<\/\1>/.exec(words) ?? [];
  const json = parseObject(content);
  if (json !== undefined && tag === 'user_instruction') return { kind: 'instruction', instruction: instructionSchema.parse(json) };
  if (json !== undefined && tag === 'picture_wish') return { kind: 'picture', language: wishSchema.parse(json).language };
  return { kind: 'prompt', envelope: envelopeSchema.parse(json ?? { text: words }) };
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
