import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stop } from '#src/core/platform.ts';
import { SLACK_LIMITS } from './config.ts';

const HEADERS_MS = 10_000;

/** Listens for Slack. Rejects with the system's error (`EADDRINUSE`) when the port cannot be had. */
export async function openHttpServer(
  { host, port }: { readonly host: string; readonly port: number },
  listener: RequestListener,
  now: () => number,
): Promise<{ readonly port: number; readonly stop: Stop }> {
  const server = createServer((request, response) => {
    // A connection that is kept alive for a next request must not hold up a stop.
    response.once('close', () => server.listening || server.closeIdleConnections());
    if (request.method === 'GET' && request.url === '/health') return void response.writeHead(200).end('ok');
    if (!isTimely(request, now())) return void response.writeHead(401).end();
    try {
      listener(request, response);
    } catch {
      // A path that nobody has asked for.
      response.writeHead(404).end();
    }
  });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = HEADERS_MS;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await Promise.race([closed, sleep(SLACK_LIMITS.stopMs, undefined, { ref: false })]);
    server.closeAllConnections();
  };
  return { port: typeof address === 'object' && address !== null ? address.port : port, stop };
}

/** The SDK turns away what was signed too long ago, but not what was signed for later: a signature that leaks would last until then. */
function isTimely({ headers }: IncomingMessage, nowMs: number): boolean {
  const signedAt = Number(headers['x-slack-request-timestamp'] ?? 0);
  return Number.isFinite(signedAt) && signedAt * 1000 <= nowMs + SLACK_LIMITS.clockAheadMs;
}
