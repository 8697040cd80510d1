import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Desk, Stop } from '#src/core/platform.ts';
import { createApp } from './app.ts';
import type { Assets } from './assets.ts';
import { WEB_LIMITS } from './config.ts';
import type { WebRoom } from './house.ts';

export interface OpenedServer {
  readonly port: number;
  readonly stop: Stop;
}

/** Opens the port. Rejects with the system's error (`EADDRINUSE`) when it cannot be had. */
export async function openServer(room: WebRoom, assets: Assets, desk: Desk): Promise<OpenedServer> {
  const { app, stop: stopApp } = createApp(room, assets, desk);
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    // A connection that is kept alive for a next request must not hold up a stop.
    outgoing.once('close', () => server.listening || server.closeIdleConnections());
    void answer(incoming, outgoing);
  });
  server.headersTimeout = WEB_LIMITS.headersMs;
  server.requestTimeout = WEB_LIMITS.requestMs;
  server.listen(room.port, room.host);
  await once(server, 'listening');
  const address = server.address();
  const stop = async (): Promise<void> => {
    await stopApp();
    await close(server);
  };
  return { port: typeof address === 'object' && address !== null ? address.port : room.port, stop };
}

/** Lets requests that are being answered end, for a while. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await Promise.race([closed, sleep(WEB_LIMITS.stopMs, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}
