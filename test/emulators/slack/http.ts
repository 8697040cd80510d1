import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request that was read to its end. */
export interface Ask {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<{ [name: string]: string | undefined }>;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<{ [name: string]: string }>;
  readonly body: string | Buffer;
  /** Instead of the whole answer: nothing ever, a connection that breaks, half of it. */
  readonly ending?: 'hang' | 'drop' | 'half';
}

const BODY_BYTES_MAX = 64_000_000;

export const jsonReply = (status: number, value: unknown, headers: Readonly<{ [name: string]: string }> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const htmlReply = (status: number, body: string, contentType = 'text/html; charset=utf-8'): Reply => ({
  status,
  headers: { 'content-type': contentType },
  body,
});

export async function readAsk(request: IncomingMessage, origin: string): Promise<Ask> {
  const body = await buffer(request);
  if (body.byteLength > BODY_BYTES_MAX) throw new Error(`a body of ${body.byteLength} bytes`);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return { method: request.method ?? 'GET', url: new URL(request.url ?? '/', origin), headers, body };
}

export function send(response: ServerResponse, { status, headers, body, ending }: Reply): void {
  if (ending === 'hang') return;
  if (ending === 'drop') return void response.socket?.resetAndDestroy();
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': String(bytes.byteLength) });
  if (ending === 'half') response.write(bytes.subarray(0, bytes.byteLength / 2), () => response.socket?.resetAndDestroy());
  else response.end(bytes);
}
