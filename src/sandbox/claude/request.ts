import { z } from 'zod';
import { EFFORTS } from './models.ts';

const cacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish();

const textBlock = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1, 'text content blocks must be non-empty'),
  cache_control: cacheControl,
  citations: z.unknown().optional(),
});

/** The service also takes pictures by address and by file id; the stand-in fetches nothing and keeps none. */
const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.strictObject({
    type: z.literal('base64'),
    media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    data: z.base64().min(1),
  }),
  cache_control: cacheControl,
});
export type ImageBlock = z.infer<typeof imageBlock>;

/** Taken from assistant turns only, where a client sends back what it was given. */
const thinkingBlock = z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() });
const documentBlock = z.looseObject({ type: z.literal('document') });

const contentBlock = z.discriminatedUnion('type', [textBlock, imageBlock, thinkingBlock, documentBlock]);

const message = z.strictObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string().min(1, 'text content blocks must be non-empty'), z.array(contentBlock).min(1)]),
});

const thinking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int(), display: z.enum(['summarized', 'omitted']).nullish() }),
  z.strictObject({ type: z.literal('adaptive'), display: z.enum(['summarized', 'omitted']).nullish() }),
  z.strictObject({ type: z.literal('disabled') }),
  z.strictObject({ type: z.literal('between_tools') }),
]);

const jsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof jsonObject>;

const outputConfig = z.strictObject({
  effort: z.enum(EFFORTS).nullish(),
  format: z.strictObject({ type: z.literal('json_schema'), schema: jsonObject }).nullish(),
});

/** The body of POST /v1/messages, as far as its form goes; what a model takes is checked after it. */
const requestSchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(0),
  messages: z.array(message).min(1, 'at least one message is required'),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  thinking: thinking.optional(),
  output_config: outputConfig.optional(),
  stop_sequences: z.array(z.string().regex(/\S/, 'each stop sequence must contain non-whitespace')).max(8191).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
  metadata: z.strictObject({ user_id: z.string().max(512).nullish() }).optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  stream: z.boolean().optional(),
  tools: z.array(jsonObject).optional(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']) }).optional(),
  cache_control: cacheControl,
  inference_geo: z.string().nullish(),
});
export type MessagesRequest = z.infer<typeof requestSchema>;

/** The request, or the service's words for the first thing that is wrong with it. */
export function parseRequest(body: unknown): MessagesRequest | string {
  const parsed = requestSchema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue === undefined ? 'Invalid request' : wordsFor(issue, []);
}

type Issue = z.core.$ZodIssue;

function wordsFor(issue: Issue, before: readonly PropertyKey[]): string {
  const path = [...before, ...issue.path];
  const at = path.map(String).join('.') || 'body';
  if (issue.code === 'unrecognized_keys')
    return `${[...path, ...issue.keys.slice(0, 1)].map(String).join('.')}: Extra inputs are not permitted`;
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the forms a member may have, the one that was meant is the one whose fault lies deepest.
    const [meant] = issue.errors.flat().toSorted((one, other) => other.path.length - one.path.length);
    if (meant !== undefined) return wordsFor(meant, path);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) return `${at}: Field required`;
  return `${at}: ${issue.message}`;
}
