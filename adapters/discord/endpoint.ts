import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#src/core/log.ts';
import type { Stop } from '#src/core/platform.ts';
import type { Respond } from './callback.ts';
import { DISCORD_LIMITS } from './config.ts';

interface EndpointOptions {
  readonly host: string;
  readonly port: number;
  /** In hex, as the developer portal shows it. */
  readonly publicKey: string;
  readonly take: (interaction: unknown, respond: Respond) => Promise<void>;
  readonly log: Log;
}

const PING = 1;
const PONG = { type: 1 };
const STOP_MS = 3000;
const HEADERS_MS = 5000;

/**
 * Takes interactions by HTTP, at any path: each is signed by Discord, and answered in the response. Any number of replicas can do this.
 * Rejects with the system's error when the port cannot be had. Discord probes with wrong signatures and gives up on whoever believes them.
 */
export async function openEndpoint(options: EndpointOptions): Promise<{ readonly port: number; readonly stop: Stop }> {
  const key = readKey(options.publicKey);
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, key, options).catch((error: unknown) => {
      options.log.warn('discord-endpoint-failed', {}, error);
      end(outgoing, 500);
    });
  });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = HEADERS_MS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : options.port, stop: () => close(server) };
}

function readKey(hex: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') }, format: 'jwk' });
}

async function handle(incoming: IncomingMessage, outgoing: ServerResponse, key: KeyObject, { take }: EndpointOptions): Promise<void> {
  if (incoming.method !== 'POST') return end(outgoing, 405);
  const body = await readBody(incoming);
  if (body === undefined) return end(outgoing, 413);
  if (!isSigned(incoming, body, key)) return end(outgoing, 401);
  const interaction = parseJson(body);
  if (typeof interaction !== 'object' || interaction === null) return end(outgoing, 400);
  if ('type' in interaction && interaction.type === PING) return end(outgoing, 200, PONG);
  await take(interaction, async (callback) => end(outgoing, 200, callback));
  // Nothing was said: it was too late for an answer, or there is none.
  end(outgoing, 202);
}

function isSigned({ headers }: IncomingMessage, body: Buffer, key: KeyObject): boolean {
  const [signature, timestamp] = [headers['x-signature-ed25519'], headers['x-signature-timestamp']];
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || !/^[0-9a-f]{128}$/i.test(signature)) return false;
  return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    if (!(chunk instanceof Buffer)) continue;
    length += chunk.length;
    if (length > DISCORD_LIMITS.webhookBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function end(outgoing: ServerResponse, status: number, body?: object): void {
  if (outgoing.headersSent || outgoing.destroyed) return;
  outgoing.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  outgoing.end(body === undefined ? '' : JSON.stringify(body));
}

/** Lets what is being answered end, for a while. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await Promise.race([closed, sleep(STOP_MS, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}
