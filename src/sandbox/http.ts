import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

export type Headers = Readonly<Record<string, string | undefined>>;

/** One request as it arrived, with its body in memory. */
export interface Ask {
  readonly method: string;
  /** Still percent-encoded and without the query: signatures are made over it. */
  readonly path: string;
  readonly query: string;
  /** Names in lower case; over HTTP/2 the pseudo headers are among them. */
  readonly headers: Headers;
  readonly body: Buffer;
  /** The body went over the service's limit: it was read to its end and thrown away. */
  readonly bodyTooLarge: boolean;
  readonly requestId: string;
}

/** How an answer goes wrong on its way. Without one it arrives whole. */
export type Ending = 'reset' | 'hang' | 'close-midway' | 'stall-midway';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly ending?: Ending;
  /** What the record of calls says about this one, beside what is true of every call. */
  readonly note?: Readonly<Record<string, string | number>>;
}

export type Incoming = IncomingMessage | Http2ServerRequest;
export type Outgoing = ServerResponse | Http2ServerResponse;

export const jsonReply = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** What a gateway in front of a service says when there is nobody behind it. */
export const HTML_503: Reply = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>',
};

/** Percent-decoding that says undefined to a broken escape. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const flatHeaders = (request: Incoming): Headers =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]));

/** How many times the limit a body may have and still be answered. */
const PATIENCE = 4;

/**
 * Reads the whole request. A body over the limit is still read to its end, so that the client gets to see the answer; undefined when it goes
 * on for long after that.
 */
export async function readAsk(request: Incoming, requestId: string, bodyBytesMax: number): Promise<Ask | undefined> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax * PATIENCE) return undefined;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
  }
  const bodyTooLarge = bytes > bodyBytesMax;
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: flatHeaders(request),
    body: bodyTooLarge ? Buffer.alloc(0) : Buffer.concat(chunks),
    bodyTooLarge,
    requestId,
  };
}

/** One request and the place for its answer, over either version of the protocol. */
export interface Wire {
  readonly request: Incoming;
  readonly response: Outgoing;
  /** False once the client went away. */
  isOpen(): boolean;
  /** Takes the connection away without a word. */
  cut(): void;
}

/** To be called when a request arrives: a request that was given up no longer knows its connection. */
export function openWire(request: Incoming, response: Outgoing): Wire {
  if ('stream' in request) {
    const { stream } = request;
    const { session } = stream;
    return { request, response, isOpen: () => !stream.destroyed, cut: () => session?.destroy() };
  }
  const { socket } = request;
  return { request, response, isOpen: () => !socket.destroyed, cut: () => void socket.resetAndDestroy() };
}

function writeHead(response: Outgoing, status: number, headers: Readonly<Record<string, string>>): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function sendHalf({ response, cut }: Wire, bytes: Buffer, thenCut: boolean): void {
  const half = bytes.subarray(0, Math.ceil(bytes.byteLength / 2));
  const finish = (): void => (thenCut ? cut() : undefined);
  if ('stream' in response) response.write(half, finish);
  else response.write(half, finish);
}

/** Writes the answer, or lets it go wrong in the way that was asked for. */
export function send(wire: Wire, reply: Reply): void {
  if (reply.ending === 'hang' || !wire.isOpen()) return;
  if (reply.ending === 'reset') return wire.cut();
  const bytes = Buffer.from(reply.body);
  writeHead(wire.response, reply.status, { 'content-length': String(bytes.byteLength), ...reply.headers });
  if (reply.ending !== undefined) return sendHalf(wire, bytes, reply.ending === 'close-midway');
  const silent = wire.request.method === 'HEAD' || reply.status === 204;
  if (silent) wire.response.end();
  else wire.response.end(bytes);
}
