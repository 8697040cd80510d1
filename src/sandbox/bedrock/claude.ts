import { z } from 'zod';
import { HTML_503, type Ask, type Reply } from '../http.ts';
import type { ClaudeAnswerer } from '../messages-api.ts';
import { errorReply, malformed, UNKNOWN_MODEL, validation, type ServiceError } from './errors.ts';

/** Passes a Claude call that came by way of Bedrock. */
export type AskClaude = (modelId: string, ask: Ask) => Promise<Reply>;

const US_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'us-east-2', 'us-west-2']);
const MODEL_ID = /^(us|global)\.anthropic\.(claude-[a-z0-9.-]+?)(-v\d+:\d+)?$/;
const CLASSIC_VERSION = 'bedrock-2023-05-31';
const CURRENT_VERSION = '2026-10-21';

/** Only inference profiles answer: `global.` from everywhere, `us.` from the United States. */
export function isClaude(modelId: string, region: string): boolean {
  const [, prefix] = MODEL_ID.exec(modelId) ?? [];
  return prefix === 'global' || (prefix === 'us' && US_REGIONS.has(region));
}

const bodySchema = z.looseObject({ anthropic_version: z.string(), anthropic_beta: z.array(z.string()).optional() });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** The difference between the two ways to Claude: model in the path, version in the body, and errors in Bedrock's form. */
export const createAskClaude =
  (answer: ClaudeAnswerer): AskClaude =>
  async (modelId, ask) => {
    const refuse = (error: ServiceError): Reply => errorReply(error, ask.requestId);
    const json = parseJson(ask.body);
    const body = bodySchema.safeParse(json);
    if (!body.success) return refuse(malformed('#: required key [anthropic_version] not found'));
    const extraneous = ['model', 'stream'].find((name) => name in body.data);
    if (extraneous !== undefined) return refuse(malformed(`#: extraneous key [${extraneous}] is not permitted`));
    const { anthropic_version: version, anthropic_beta: beta, ...rest } = body.data;
    const [, , name, suffix] = MODEL_ID.exec(modelId) ?? [];
    const known = version === CLASSIC_VERSION || (version === CURRENT_VERSION && suffix === undefined);
    if (!known) return refuse(validation(`The version "${version}" is not supported for this model.`));
    const headers = {
      ...ask.headers,
      'anthropic-version': version === CLASSIC_VERSION ? '2023-06-01' : version,
      'anthropic-beta': beta?.join(','),
    };
    const reply = await answer({ ...rest, model: name }, headers, ask.requestId);
    if (reply.status < 400 || reply === HTML_503) return { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': ask.requestId } };
    return { ...inBedrockForm(reply, ask.requestId), note: { ...reply.note } };
  };

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const TYPES: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  408: 'ModelTimeoutException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
  529: 'ServiceUnavailableException',
};

function inBedrockForm(reply: Reply, requestId: string): Reply {
  if (reply.status === 404) return errorReply(UNKNOWN_MODEL, requestId);
  const parsed = errorSchema.safeParse(parseJson(Buffer.from(reply.body)));
  const type = TYPES[reply.status] ?? 'InternalServerException';
  const status = reply.status === 529 ? 503 : reply.status;
  const message = parsed.success ? parsed.data.error.message : 'The model failed.';
  const retryAfter = reply.headers['retry-after'];
  return errorReply({ type, status, message }, requestId, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
}
