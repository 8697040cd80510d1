import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Stop } from '../core/platform.ts';

/** Rejects, or answers false, when what it looks at is not well. */
export type Check = () => Promise<boolean | void>;

/** Answers `GET /health` on the loopback: 200 when every check passes, 503 otherwise. */
export async function listenForHealth(port: number, checks: readonly Check[]): Promise<Stop> {
  const server = createServer((request, response) => {
    void isWell(checks).then((well) => {
      const known = request.url === '/health';
      response.writeHead(known ? (well ? 200 : 503) : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: known && well }));
    });
  });
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
