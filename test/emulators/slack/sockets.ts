import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { compact, parseJson, type JsonObject } from './json.ts';
import type { Record } from './record.ts';
import { acceptWebSocket, type WebSocketEnd } from './websocket.ts';

const CONNECTIONS_MAX = 10;
const ACK_MS = 3000;

export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

/** How one sending of a payload ended. */
export type Sent =
  | { readonly end: 'acknowledged'; readonly payload: JsonObject }
  | { readonly end: 'timeout' }
  | { readonly end: 'closed' }
  | { readonly end: 'nobody' };

interface Connection {
  readonly id: string;
  readonly end: WebSocketEnd;
  /** False from the moment the connection was told to go away. */
  takes: boolean;
}

interface Envelope {
  readonly connection: Connection;
  readonly type: EnvelopeType;
  readonly settle: (sent: Sent) => void;
}

/** Socket Mode: up to ten connections of one app, each payload goes to one of them. */
export interface Sockets {
  /** A URL that lets one connection in. */
  ticket(): string;
  /** Takes the upgrade of a connection that has a ticket; anybody else is sent away. */
  upgrade(request: IncomingMessage, socket: Duplex): void;
  send(type: EnvelopeType, payload: JsonObject, retry: { readonly attempt: number; readonly reason: string }): Promise<Sent>;
  count(): number;
  /** Settles when at least so many connections are open. */
  opened(count?: number): Promise<void>;
  /** Ten seconds' notice, and after it the end, as Slack does every few hours. */
  warn(): void;
  /** Tells every connection to come back: `refresh_requested`. */
  refresh(): void;
  /** Takes every connection away without a word. */
  drop(): void;
  /** The operator switched Socket Mode off. */
  disable(): void;
  close(): void;
}

const ackSchema = z.strictObject({ envelope_id: z.string(), payload: z.record(z.string(), z.unknown()).optional() });

export function createSockets(options: {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly record: Record;
  readonly appId: string;
  readonly address: () => string;
}): Sockets {
  const { ids, clock, record, appId } = options;
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  const envelopes = new Map<string, Envelope>();
  const finished = new Map<string, Sent['end']>();
  const waiters = new Set<() => void>();
  let turn = 0;
  let isDisabled = false;

  function acknowledge(connection: Connection, text: string): void {
    const ack = ackSchema.safeParse(parseJson(text));
    if (!ack.success) return record.violate('broken acknowledgement', text.slice(0, 500));
    const { envelope_id: id, payload = {} } = ack.data;
    const envelope = envelopes.get(id);
    if (envelope === undefined) {
      const end = finished.get(id);
      const late = end === 'timeout' ? 'after its three seconds' : 'twice';
      return record.violate('acknowledgement', end === undefined ? `of an unknown envelope ${id}` : late);
    }
    if (envelope.connection !== connection) return record.violate('acknowledgement', 'on another connection');
    if (envelope.type === 'events_api' && Object.keys(payload).length > 0) {
      record.violate('acknowledgement', `an event takes no payload: ${JSON.stringify(payload)}`);
    }
    envelope.settle({ end: 'acknowledged', payload });
  }

  function closed(connection: Connection): void {
    connections.splice(connections.indexOf(connection), 1);
    for (const envelope of envelopes.values()) if (envelope.connection === connection) envelope.settle({ end: 'closed' });
  }

  function welcome(request: IncomingMessage, socket: Duplex): void {
    const listener = {
      onText: (text: string) => acknowledge(connection, text),
      onClose: () => closed(connection),
      onBroken: (reason: string) => record.violate('broken WebSocket', reason),
    };
    const connection: Connection = { id: ids.next('S'), end: acceptWebSocket(request, socket, listener), takes: true };
    connections.push(connection);
    if (connections.length > CONNECTIONS_MAX) return goodbye(connection, 'too_many_websockets');
    const debug = { host: 'applink-emulator', build_number: 1, approximate_connection_time: 18_060 };
    const hello = { type: 'hello', num_connections: connections.length, debug_info: debug, connection_info: { app_id: appId } };
    connection.end.send(JSON.stringify(hello));
    for (const wake of waiters) wake();
  }

  function goodbye(connection: Connection, reason: string): void {
    connection.takes = false;
    connection.end.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-emulator' } }));
    // Slack closes by itself a little later; a product that waits for that loses those seconds.
    clock.after(10_000, () => connection.end.close(1000));
  }

  return {
    ticket() {
      const ticket = ids.secret('ticket');
      tickets.add(ticket);
      return `${options.address()}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade(request, socket) {
      const ticket = new URL(request.url ?? '/', 'http://emulator').searchParams.get('ticket') ?? '';
      if (tickets.delete(ticket) && !isDisabled) return welcome(request, socket);
      record.violate('socket', 'a connection without a fresh ticket');
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    },
    send(type, payload, { attempt, reason }) {
      const open = connections.filter(({ takes }) => takes);
      const connection = open[turn++ % Math.max(1, open.length)];
      if (connection === undefined) return Promise.resolve({ end: 'nobody' });
      const { promise, resolve } = Promise.withResolvers<Sent>();
      const id = randomUUID();
      const takeBack = clock.after(ACK_MS, () => settle({ end: 'timeout' }));
      const settle = (sent: Sent): void => {
        if (!envelopes.delete(id)) return;
        finished.set(id, sent.end);
        takeBack();
        resolve(sent);
      };
      envelopes.set(id, { connection, type, settle });
      const retry = type === 'events_api' ? { retry_attempt: attempt, retry_reason: reason } : {};
      connection.end.send(
        JSON.stringify(compact({ envelope_id: id, payload, type, accepts_response_payload: type !== 'events_api', ...retry })),
      );
      return promise;
    },
    count: () => connections.filter(({ takes }) => takes).length,
    async opened(count = 1) {
      while (connections.filter(({ takes }) => takes).length < count) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiters.add(resolve);
        await promise;
        waiters.delete(resolve);
      }
    },
    warn() {
      for (const connection of connections) {
        connection.end.send(JSON.stringify({ type: 'disconnect', reason: 'warning', debug_info: { host: 'applink-emulator' } }));
        clock.after(10_000, () => goodbye(connection, 'refresh_requested'));
      }
    },
    refresh() {
      for (const connection of connections.filter(({ takes }) => takes)) goodbye(connection, 'refresh_requested');
    },
    drop() {
      for (const connection of connections) connection.end.destroy();
    },
    disable() {
      isDisabled = true;
      for (const connection of connections) goodbye(connection, 'link_disabled');
    },
    close() {
      for (const connection of connections) connection.end.close(1001);
    },
  };
}
