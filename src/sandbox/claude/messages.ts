import { createHash } from 'node:crypto';
import { answerFor } from './answer.ts';
import { readSchema, readTurn, type Turn } from './envelope.ts';
import { fillSchema } from './fill.ts';
import { readImages } from './images.ts';
import { meaningFor } from './instruction.ts';
import { wordsForPicture } from './look.ts';
import { findModel, type ModelRules } from './models.ts';
import { misbehave } from './quirks.ts';
import { parseRequest, type MessagesRequest } from './request.ts';
import { API_VERSIONS, checkRules } from './rules.ts';
import { countTokens, cutToTokens, usageOf } from './usage.ts';

export interface MessagesAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** How much a model thinks before such an answer, when it may. */
const THINKING_TOKENS = 160;
const WORDS_SHOWN_MAX = 200;

/**
 * POST /v1/messages of the Claude API as of version 2026-10-21, keys and transport aside: the strict rules for the request, and an answer
 * such as a model that follows the instructions would give, made from a table of phrases. Pure and deterministic; settles at once and
 * never rejects. What the service would refuse is status 400 or 404 with its error body.
 */
export async function answerMessages(body: unknown, headers: Readonly<Record<string, string | undefined>>): Promise<MessagesAnswer> {
  const requestId = `req_sandbox${digestOf(body).slice(0, 17)}`;
  const refuse = (status: number, type: string, message: string): MessagesAnswer => ({
    status,
    headers: { 'request-id': requestId },
    body: { type: 'error', error: { type, message }, request_id: requestId },
  });
  const invalid = (message: string): MessagesAnswer => refuse(400, 'invalid_request_error', message);

  const given = headers['anthropic-version'];
  if (given === undefined) return invalid('anthropic-version: header is required');
  const version = API_VERSIONS.find((each) => each === given);
  if (version === undefined) return invalid(`anthropic-version: "${given}" is not a valid version`);
  const request = parseRequest(body);
  if (typeof request === 'string') return invalid(request);
  const model = findModel(request.model);
  if (model === undefined) return refuse(404, 'not_found_error', `model: ${request.model}`);
  const fault = checkRules(request, model, version);
  if (fault !== undefined) return invalid(fault);
  const imageTokens = await readImages(request);
  if (typeof imageTokens === 'string') return invalid(imageTokens);
  return {
    status: 200,
    headers: { 'request-id': requestId },
    body: messageFor(request, model, { imageTokens, whole: await textFor(request) }),
  };
}

interface Given {
  readonly imageTokens: number;
  /** All that would be said, if there is room for it. */
  readonly whole: string;
}

function messageFor(request: MessagesRequest, model: ModelRules, { imageTokens, whole: said }: Given): unknown {
  const thinkingTokens = Math.min(thinks(request, model) ? THINKING_TOKENS : 0, request.max_tokens);
  const { text: whole, stoppedBy } = untilStopped(said, request.stop_sequences ?? []);
  const text = cutToTokens(whole, request.max_tokens - thinkingTokens);
  const thought = thinkingTokens === 0 ? [] : [{ type: 'thinking', thinking: '', signature: digestOf(whole) }];
  return {
    id: `msg_sandbox${digestOf(request).slice(0, 17)}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [...thought, ...(text === '' ? [] : [{ type: 'text', text, citations: null }])],
    container: null,
    stop_reason: text.length < whole.length ? 'max_tokens' : stoppedBy === null ? 'end_turn' : 'stop_sequence',
    stop_sequence: text.length < whole.length ? null : stoppedBy,
    stop_details: null,
    usage: usageOf(request, model, imageTokens, countTokens(text) + thinkingTokens, thinkingTokens),
  };
}

/** Low effort on so small a task means no thinking; elsewhere it comes first in the answer, before the text. */
function thinks({ thinking, output_config: output }: MessagesRequest, model: ModelRules): boolean {
  const on = thinking === undefined ? model.thinksByDefault : thinking.type === 'adaptive' || thinking.type === 'enabled';
  return on && output?.effort !== 'low';
}

function untilStopped(text: string, sequences: readonly string[]): { readonly text: string; readonly stoppedBy: string | null } {
  const [first] = sequences.filter((sequence) => text.includes(sequence)).toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
  return first === undefined ? { text, stoppedBy: null } : { text: text.slice(0, text.indexOf(first)), stoppedBy: first };
}

async function textFor(request: MessagesRequest): Promise<string> {
  const turn = readTurn(request);
  const schema = readSchema(request);
  if (schema !== undefined) return JSON.stringify(fillSchema(schema, await knownFor(turn, request)));
  const words = turn.kind === 'prompt' ? turn.envelope.text : turn.kind === 'instruction' ? turn.instruction.text : '';
  return `This is the sandbox, and there is no model here. You wrote: ${words.slice(0, WORDS_SHOWN_MAX)}`;
}

/** Without a picture there is nothing to be said of one, and what is left empty says so. */
async function knownFor(turn: Turn, request: MessagesRequest): Promise<unknown> {
  if (turn.kind === 'prompt') return misbehave(answerFor(turn.envelope), turn.envelope, request);
  return turn.kind === 'instruction' ? meaningFor(turn.instruction) : wordsForPicture(request, turn.language);
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
    .digest('hex');
}
