import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { openSlackEmulator, type SlackEmulator } from './emulator.ts';
import { isObject, parseJson, textOf, type JsonObject } from './json.ts';
import type { SlackOptions } from './options.ts';
import { sampleManifest } from './sample-manifest.ts';

export type Args = Readonly<{ [name: string]: string | number | boolean | object | undefined }>;

/** One payload as it arrived, with what came around it. */
export interface Arrived {
  readonly type: string;
  readonly payload: JsonObject;
  readonly attempt: number;
  readonly reason: string;
  /** Socket Mode: which connection it came over. */
  readonly connection: number;
  readonly headers: JsonObject;
}

/** What the product says to a payload; `silent` never acknowledges. */
export type Says = (arrived: Arrived) => JsonObject | 'silent' | { readonly status: number; readonly noRetry?: boolean } | undefined;

/** A product of a few lines, without the SDK: calls as the SDK encodes them, and takes what it is sent. */
export interface SampleProduct {
  readonly slack: SlackEmulator;
  readonly arrived: readonly Arrived[];
  call(method: string, args?: Args, token?: string): Promise<JsonObject>;
  /** The bare answer of a call. */
  post(method: string, args?: Args, token?: string): Promise<Response>;
  says(says: Says): void;
  /** Another connection in Socket Mode. */
  connect(): Promise<WebSocket>;
  /** Settles when so many payloads have arrived. */
  arrivals(count: number): Promise<readonly Arrived[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

const envelopeSchema = z.looseObject({
  type: z.string(),
  envelope_id: z.string().optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
  retry_attempt: z.int().optional(),
  retry_reason: z.string().optional(),
});

/** The way the SDK sends arguments: a form, with JSON in the fields that are not plain. */
export function encode(args: Args): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args)) {
    if (value !== undefined) form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return form.toString();
}

export async function openSampleProduct(
  options: Partial<SlackOptions> & { readonly mode?: 'socket' | 'http' } = {},
): Promise<SampleProduct> {
  const { mode = 'socket', ...rest } = options;
  const slack = await openSlackEmulator({
    manifest: sampleManifest(mode),
    clockRuns: false,
    shareDelayMs: 0,
    processingDelayMs: 0,
    ...rest,
  });
  const arrived: Arrived[] = [];
  const sockets: WebSocket[] = [];
  const waiters = new Set<() => void>();
  let says: Says = () => ({});

  function take(one: Arrived): ReturnType<Says> {
    arrived.push(one);
    for (const wake of waiters) wake();
    return says(one);
  }

  const post = (method: string, args: Args = {}, token = slack.botToken()): Promise<Response> =>
    fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(token !== '' && { authorization: `Bearer ${token}` }) },
      body: encode(args),
    });

  async function call(method: string, args?: Args, token?: string): Promise<JsonObject> {
    const answer: unknown = await (await post(method, args, token)).json();
    return isObject(answer) ? answer : {};
  }

  async function connect(): Promise<WebSocket> {
    const { url } = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(textOf(url) ?? '');
    const connection = sockets.push(socket) - 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.addEventListener('message', ({ data }) => {
      const envelope = envelopeSchema.parse(parseJson(String(data)));
      const { type, envelope_id: id, payload = {}, retry_attempt: attempt = 0, retry_reason: reason = '' } = envelope;
      if (type === 'hello') return resolve();
      if (type === 'disconnect') return void take({ type, payload: envelope, attempt, reason, connection, headers: {} });
      const answer = take({ type, payload, attempt, reason, connection, headers: {} });
      if (answer !== 'silent') socket.send(JSON.stringify({ envelope_id: id, payload: answer ?? {} }));
    });
    socket.addEventListener('close', () => resolve());
    await promise;
    return socket;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const json = parseJson(new URLSearchParams(body).get('payload') ?? body);
    const payload = isObject(json) ? json : Object.fromEntries(new URLSearchParams(body));
    const attempt = Number(request.headers['x-slack-retry-num'] ?? 0);
    const reason = String(request.headers['x-slack-retry-reason'] ?? '');
    const headers = { ...request.headers, body };
    const answer = take({ type: textOf(payload['type']) ?? 'slash_commands', payload, attempt, reason, connection: 0, headers });
    if (answer === 'silent') return;
    const status = isObject(answer) && typeof answer['status'] === 'number' ? answer['status'] : 200;
    const isEmpty = answer === undefined || Object.keys(answer).length === 0 || status !== 200;
    const noRetry = isObject(answer) && answer['noRetry'] === true ? { 'x-slack-no-retry': '1' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...noRetry }).end(isEmpty ? '' : JSON.stringify(answer));
  }

  const server = createServer((request, response) => void serve(request, response));
  if (mode === 'http') {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) slack.listensAt(`http://127.0.0.1:${address.port}/slack/events`);
  } else await connect();

  return {
    slack,
    arrived,
    post,
    call,
    connect,
    says(next) {
      says = next;
    },
    async arrivals(count) {
      while (arrived.length < count) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiters.add(resolve);
        await promise;
        waiters.delete(resolve);
      }
      return arrived;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.close();
      server.closeAllConnections();
      server.close();
      await slack.close();
    },
  };
}
