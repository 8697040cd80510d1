import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Stop } from '../core/platform.ts';

/** Rejects, or answers false, when what it looks at is not well. */
export type Check = () => Promise<boolean | void>;

/** Answers `GET /health` on the loopback: 200 when every check passes, 503 otherwise. */
export async function listenForHealth(port: number, checks: readonly Check[]): Promise<Stop> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const known = request.url === '/health';
    const well = known && (await isWell(checks));
    response.writeHead(known ? (well ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: well }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
  };
}

async function isWell(checks: readonly Check[]): Promise<boolean> {
  const results = await Promise.allSettled(checks.map(async (check) => check()));
  return results.every((result) => result.status === 'fulfilled' && result.value !== false);
}
