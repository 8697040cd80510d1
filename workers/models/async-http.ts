import { SignatureV4 } from '@smithy/signature-v4';
import type { Agent } from 'undici';
import { z } from 'zod';
import { tagsOf, type AsyncCalls } from './async-calls.ts';
import type { Signing } from './bedrock-client.ts';

const startedSchema = z.object({ invocationArn: z.string().min(1) });
const stateSchema = z.object({
  status: z.enum(['InProgress', 'Completed', 'Failed']),
  failureMessage: z.string().optional(),
  outputDataConfig: z.object({ s3OutputDataConfig: z.object({ s3Uri: z.string() }) }),
});
const errorSchema = z.object({ message: z.string().optional(), Message: z.string().optional() }).catch({});

const CONNECT_MS = 5000;
/** Of an answer: none of them holds more than a few lines. */
const ANSWER_BYTES_MAX = 1_000_000;

/** Clips by requests of our own, signed as AWS wants them (Amazon Bedrock API reference, StartAsyncInvoke and GetAsyncInvoke). */
export function createHttpCalls(signing: Signing, timeoutMs: number): AsyncCalls {
  const times = { connectTimeout: CONNECT_MS, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
  let opened: Promise<Agent> | undefined;

  async function send(method: 'GET' | 'POST', path: string, body: string | undefined, signal: AbortSignal): Promise<unknown> {
    const { origin, host } = signing.address;
    const plain = { host, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const headers = await authorized(signing, method, path, plain, body);
    const dispatcher = await (opened ??= openAgent(times));
    const answer = await dispatcher.request({ origin, path, method, headers, signal, ...(body === undefined ? {} : { body }) });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw failureOf(answer.statusCode, answer.headers, text);
    return JSON.parse(text);
  }

  return {
    async start(call, signal) {
      const body = JSON.stringify({
        modelId: call.modelId,
        modelInput: call.modelInput,
        outputDataConfig: { s3OutputDataConfig: { s3Uri: call.uri } },
        clientRequestToken: call.token,
        tags: tagsOf(call),
      });
      return startedSchema.parse(await send('POST', '/async-invoke', body, signal)).invocationArn;
    },
    async state(arn, signal) {
      const answer = stateSchema.parse(await send('GET', `/async-invoke/${encodeURIComponent(arn)}`, undefined, signal));
      return { ...answer, failureMessage: answer.failureMessage, uri: answer.outputDataConfig.s3OutputDataConfig.s3Uri };
    },
    close: () => void opened?.then(async (dispatcher) => dispatcher.destroy()),
  };
}

/** Loaded where it is used: few go this way, and its hundred files are a good part of a start. */
async function openAgent(times: Agent.Options): Promise<Agent> {
  const { Agent: Dispatcher } = await import('undici');
  return new Dispatcher({ ...times, maxResponseSize: ANSWER_BYTES_MAX, pipelining: 0 });
}

type Headers = Readonly<Record<string, string>>;

/** With a bearer's key where there is one, else signed. The signer encodes the path once more, as the service does when it checks. */
async function authorized(signing: Signing, method: string, path: string, headers: Headers, body?: string): Promise<Headers> {
  const { region, credentials, sha256, address } = signing;
  const key = await signing.bearerKey();
  if (key !== undefined) return { ...headers, authorization: `Bearer ${key}` };
  const signer = new SignatureV4({ service: 'bedrock', region, credentials, sha256 });
  const { protocol, hostname } = address;
  const signed = await signer.sign({ method, protocol, hostname, path, query: {}, headers: { ...headers }, body });
  return signed.headers;
}

/** In the shape in which the SDK throws. The name of an error may come with a place behind it. */
function failureOf(statusCode: number, headers: Readonly<Record<string, string | string[] | undefined>>, text: string): Error {
  const said = errorSchema.parse(parsed(text));
  const name = /[A-Za-z]+/.exec(String(headers['x-amzn-errortype'] ?? ''))?.[0] ?? 'Unknown';
  const $metadata = { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] };
  const flat = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, String(value)]));
  return Object.assign(new Error(said.message ?? said.Message ?? ''), { name, $metadata, $response: { statusCode, headers: flat } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
