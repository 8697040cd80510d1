import { EFFORTS, type ModelRules } from './models.ts';
import type { MessagesRequest } from './request.ts';
import { checkSchema } from './schema-rules.ts';

/** The two API versions there are. Under the older one some models still take sampling parameters. */
export const API_VERSIONS = ['2023-06-01', '2026-10-21'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

const CACHE_BREAKPOINTS_MAX = 4;
const BUDGET_TOKENS_MIN = 1024;

type Rule = (request: MessagesRequest, model: ModelRules, version: ApiVersion) => string | undefined;

/** In the order in which the service complains. */
const RULES: readonly Rule[] = [
  checkTokens,
  checkSampling,
  checkMessages,
  checkThinking,
  checkEffort,
  checkCaching,
  checkTools,
  checkFormat,
  checkStream,
];

/** What the model of a well-formed request does not take, in the service's words (status 400), or undefined. */
export function checkRules(request: MessagesRequest, model: ModelRules, version: ApiVersion): string | undefined {
  return RULES.map((rule) => rule(request, model, version)).find((fault) => fault !== undefined);
}

function checkTokens({ max_tokens: tokens }: MessagesRequest, model: ModelRules): string | undefined {
  return tokens > model.tokensMax
    ? `max_tokens: ${tokens} > ${model.tokensMax}, which is the maximum allowed number of output tokens for ${model.id}`
    : undefined;
}

function checkSampling(request: MessagesRequest, model: ModelRules, version: ApiVersion): string | undefined {
  const given = (['temperature', 'top_p', 'top_k'] as const).find((name) => request[name] !== undefined);
  if (given === undefined || (model.sampling && version === '2023-06-01')) return undefined;
  return `${given}: this parameter is not supported`;
}

function checkMessages({ messages }: MessagesRequest, _model: ModelRules, version: ApiVersion): string | undefined {
  if (messages[0]?.role === 'assistant') return 'messages: first message must use the "user" role';
  if (messages.at(-1)?.role === 'assistant')
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  for (const [index, { role, content }] of messages.entries()) {
    if (typeof content === 'string') continue;
    for (const [place, block] of content.entries()) {
      const at = `messages.${index}.content.${place}`;
      if (block.type === 'image' && role !== 'user') return `${at}: image blocks are only allowed in user messages`;
      if (block.type === 'thinking' && role !== 'assistant') return `${at}: thinking blocks may only be in assistant messages`;
      if (block.type === 'document')
        return role === 'assistant' && version === '2026-10-21'
          ? `${at}: document blocks are not allowed in assistant messages`
          : `${at}: the sandbox reads no documents`;
      if (block.type === 'text' && block.citations !== undefined && role === 'user' && version === '2026-10-21')
        return `${at}.citations: Extra inputs are not permitted`;
    }
  }
  return undefined;
}

function checkThinking({ thinking, output_config: output, max_tokens: tokens }: MessagesRequest, model: ModelRules): string | undefined {
  if (thinking === undefined) return undefined;
  if (!model.thinking.includes(thinking.type))
    return `thinking.type: "${thinking.type}" is not supported for this model. Supported: ${model.thinking.join(', ')}`;
  if (thinking.type === 'enabled' && thinking.budget_tokens < BUDGET_TOKENS_MIN)
    return `thinking.enabled.budget_tokens: Input should be greater than or equal to ${BUDGET_TOKENS_MIN}`;
  if (thinking.type === 'enabled' && thinking.budget_tokens >= tokens) return '`max_tokens` must be greater than `thinking.budget_tokens`';
  const effort = output?.effort ?? model.effortDefault;
  const limit = model.effortMaxWithoutThinking;
  if (thinking.type !== 'disabled' || effort === undefined || limit === undefined || EFFORTS.indexOf(effort) <= EFFORTS.indexOf(limit))
    return undefined;
  return `thinking.type: "disabled" is not supported with effort "${effort}"`;
}

function checkEffort({ output_config: output }: MessagesRequest, model: ModelRules): string | undefined {
  return typeof output?.effort === 'string' && model.effortDefault === undefined
    ? 'output_config.effort: This model does not support the effort parameter.'
    : undefined;
}

function checkCaching({ system, messages, cache_control: automatic }: MessagesRequest): string | undefined {
  const blocks = [system, ...messages.map(({ content }) => content)].flatMap((content) => (Array.isArray(content) ? content : []));
  const marked = blocks.filter((block) => 'cache_control' in block && block.cache_control).length + (automatic ? 1 : 0);
  return marked > CACHE_BREAKPOINTS_MAX
    ? `A maximum of ${CACHE_BREAKPOINTS_MAX} blocks with cache_control may be provided. Found ${marked}.`
    : undefined;
}

/** The stand-in has answers of its own and calls no tools: it says so rather than ignore them. */
function checkTools({ tools, tool_choice: choice }: MessagesRequest, model: ModelRules): string | undefined {
  const forced = choice?.type === 'tool' || choice?.type === 'any';
  if (forced && !model.forcedTools) return 'tool_choice: this model does not support forcing tool use';
  return tools === undefined || tools.length === 0 ? undefined : 'tools: the sandbox calls no tools';
}

function checkFormat({ output_config: output }: MessagesRequest): string | undefined {
  return output?.format ? checkSchema(output.format.schema) : undefined;
}

function checkStream({ stream }: MessagesRequest): string | undefined {
  return stream === true ? 'stream: the sandbox does not stream' : undefined;
}
