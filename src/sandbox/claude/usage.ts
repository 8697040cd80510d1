import type { ModelRules } from './models.ts';
import type { MessagesRequest } from './request.ts';

/** Roughly what a tokenizer makes of text: about three letters to a token, fewer where letters have marks. */
export function countTokens(text: string): number {
  const marked = text.match(/[^ -~\s]/g)?.length ?? 0;
  return Math.ceil((text.length + marked) / 3.2);
}

/** The longest beginning of a text that is at most so many tokens. */
export function cutToTokens(text: string, tokensMax: number): string {
  let end = Math.min(text.length, Math.ceil(tokensMax * 3.2));
  while (end > 0 && countTokens(text.slice(0, end)) > tokensMax) end -= 1;
  return text.slice(0, end);
}

const textOf = (content: MessagesRequest['system'] | MessagesRequest['messages'][number]['content']): string =>
  content === undefined
    ? ''
    : typeof content === 'string'
      ? content
      : content.map((block) => ('text' in block && typeof block.text === 'string' ? block.text : '')).join('\n');

export interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly thinking_tokens: number };
  readonly server_tool_use: null;
  readonly service_tier: 'standard';
  readonly inference_geo: null;
}

/**
 * Plausible numbers from lengths. The stand-in remembers nothing, so a marked system prompt is always a cache write and never a read:
 * a bill computed from it is never too low.
 */
export function usageOf(
  request: MessagesRequest,
  model: ModelRules,
  imageTokens: number,
  outputTokens: number,
  thinkingTokens: number,
): Usage {
  const { system } = request;
  const marks = Array.isArray(system) ? system.map(({ cache_control: mark }) => mark) : [];
  const end = marks.findLastIndex((mark) => Boolean(mark));
  const prefix = Array.isArray(system) && end >= 0 ? countTokens(textOf(system.slice(0, end + 1))) : 0;
  const written = prefix >= model.cachedPrefixTokensMin ? prefix : 0;
  const hour = marks[end]?.ttl === '1h' ? written : 0;
  const all =
    countTokens(textOf(system)) + request.messages.reduce((sum, { content }) => sum + countTokens(textOf(content)) + 4, 0) + imageTokens;
  const schema = request.output_config?.format ? countTokens(JSON.stringify(request.output_config.format.schema)) : 0;
  return {
    input_tokens: all + schema - written,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: written - hour, ephemeral_1h_input_tokens: hour },
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: thinkingTokens },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: null,
  };
}
