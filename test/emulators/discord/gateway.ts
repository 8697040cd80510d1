import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { Backend, GatewayEvent } from './backend.ts';
import { createLine, type Line } from './gateway-line.ts';
import { createSessions, type GatewaySettings, type Session } from './gateway-sessions.ts';
import { areAllowed, areValid } from './intents.ts';

const OP = {
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;
/** Discord, "Gateway Close Event Codes". */
const CLOSE = {
  unknownOp: 4001,
  decode: 4002,
  notAuthenticated: 4003,
  wrongToken: 4004,
  twice: 4005,
  wrongSeq: 4007,
  rate: 4008,
  timeout: 4009,
  shard: 4010,
  intents: 4013,
  disallowed: 4014,
} as const;
const SENDS_MAX = 120;
const SENDS_WINDOW_MS = 60_000;
const IDENTIFY_WINDOW_MS = 5000;
const IDENTIFIES_A_DAY = 1000;
const FRAME_BYTES_MAX = 15_360;

const identifySchema = z.strictObject({
  token: z.string(),
  properties: z.looseObject({ os: z.string(), browser: z.string(), device: z.string() }),
  intents: z.number(),
  compress: z.boolean().optional(),
  large_threshold: z.int().min(50).max(250).optional(),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
  presence: z.looseObject({}).optional(),
});
const resumeSchema = z.strictObject({ token: z.string(), session_id: z.string(), seq: z.int().min(0) });
const frameSchema = z.looseObject({ op: z.int(), d: z.unknown() });

interface Connection {
  readonly line: Line;
  session: Session | undefined;
  readonly sends: number[];
  heartbeat: NodeJS.Timeout | undefined;
}

/** What a test does to the gateway. */
export interface GatewayControls {
  readonly settings: GatewaySettings;
  /** Breaks every connection without a word, as a network does. */
  drop(): void;
  /** Asks everybody to come back (opcode 7). Nothing more is told until they did. */
  reconnect(): void;
  /** Says that the session is no good (opcode 9) and, unless it may be resumed, forgets it. */
  invalidate(resumable: boolean): void;
  close(code: number): void;
  /** Stops, or goes on, answering heartbeats: a zombie. */
  setAcking(acking: boolean): void;
  /** Takes no connection until told otherwise. */
  setOpen(open: boolean): void;
  /** Tells the last event of that name once more, as Discord may. */
  repeat(name: string): void;
  /** Programs connected and identified at this moment; not one whose session another has just taken. */
  connected(): number;
  identifies(): number;
  resumes(): number;
}

export interface Gateway extends GatewayControls {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  publish(event: GatewayEvent): void;
  stop(): void;
}

export interface GatewayOptions {
  readonly backend: () => Backend;
  readonly token: () => string;
  /** Where a session is to be resumed. */
  readonly resumeUrl: () => string;
  readonly changed: () => void;
}

export function createGateway({ backend, token, resumeUrl, changed }: GatewayOptions): Gateway {
  const settings: GatewaySettings = {
    heartbeatMs: 41_250,
    sessionLifeMs: 180_000,
    replayMax: 1000,
    maxConcurrency: 1,
    shards: 1,
    remaining: IDENTIFIES_A_DAY,
  };
  const server = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const connections = new Set<Connection>();
  const sessions = createSessions({ backend, settings, resumeUrl });
  const identified = new Map<number, number>();
  const lastEvents = new Map<string, GatewayEvent>();
  const counts = { identifies: 0, resumes: 0 };
  let acking = true;
  let open = true;
  const now = (): number => backend().world.clock.now();
  const violate = (what: string): void => backend().violate(`gateway: ${what}`);

  function end(connection: Connection, code: number, reason: string, isViolation = true): void {
    if (isViolation) violate(`closed with ${code}: ${reason}`);
    if (connection.session !== undefined) connection.session.ended = true;
    connection.line.close(code, reason);
  }

  /** No heartbeat for long enough means that nobody is there any more. */
  function watch(connection: Connection): void {
    clearTimeout(connection.heartbeat);
    connection.heartbeat = setTimeout(() => {
      violate('no heartbeat in time');
      connection.line.close(CLOSE.timeout, 'Session timed out.');
    }, settings.heartbeatMs * 2);
    connection.heartbeat.unref();
  }

  function mayIdentify([shard]: readonly [number, number]): boolean {
    const key = shard % settings.maxConcurrency;
    const isTooSoon = now() < (identified.get(key) ?? -Infinity) + IDENTIFY_WINDOW_MS;
    if (!isTooSoon) identified.set(key, now());
    return !isTooSoon;
  }

  function identify(connection: Connection, data: unknown): void {
    if (connection.session !== undefined) return end(connection, CLOSE.twice, 'Already authenticated.');
    const parsed = identifySchema.safeParse(data);
    if (!parsed.success) return end(connection, CLOSE.decode, `identify: ${z.prettifyError(parsed.error).slice(0, 100)}`);
    const { intents, shard = [0, 1] } = parsed.data;
    if (parsed.data.token !== token()) return end(connection, CLOSE.wrongToken, 'Authentication failed.', false);
    if (shard[0] >= shard[1]) return end(connection, CLOSE.shard, 'Invalid shard.');
    if (!areValid(intents)) return end(connection, CLOSE.intents, 'Invalid intent(s).');
    if (!areAllowed(intents, backend().settings.messageContent)) return end(connection, CLOSE.disallowed, 'Disallowed intent(s).', false);
    if (!mayIdentify(shard)) return connection.line.send({ op: OP.invalid, d: false });
    counts.identifies += 1;
    settings.remaining -= 1;
    if (settings.remaining < 0) violate('more identifies than a day allows: Discord resets the token');
    connection.session = sessions.begin(connection.line, shard, intents);
    changed();
  }

  function resume(connection: Connection, data: unknown): void {
    if (connection.session !== undefined) return end(connection, CLOSE.twice, 'Already authenticated.');
    const parsed = resumeSchema.safeParse(data);
    if (!parsed.success) return end(connection, CLOSE.decode, 'resume with a wrong body');
    if (parsed.data.token !== token()) return end(connection, CLOSE.wrongToken, 'Authentication failed.', false);
    const { session_id: id, seq } = parsed.data;
    const session = sessions.find(id);
    // What is older than the oldest event that is kept cannot be replayed.
    const isLost = session === undefined || (session.told[0]?.seq ?? 1) > seq + 1;
    if (isLost) return connection.line.send({ op: OP.invalid, d: false });
    if (seq > session.seq) return end(connection, CLOSE.wrongSeq, 'Invalid seq.');
    counts.resumes += 1;
    session.line?.close(CLOSE.timeout, 'Session resumed elsewhere.');
    connection.session = session;
    sessions.resume(session, connection.line, seq);
    changed();
  }

  function isFlooding(connection: Connection): boolean {
    connection.sends.push(now());
    while ((connection.sends[0] ?? Infinity) < now() - SENDS_WINDOW_MS) connection.sends.shift();
    return connection.sends.length > SENDS_MAX;
  }

  function receive(connection: Connection, text: string): void {
    if (isFlooding(connection)) return end(connection, CLOSE.rate, 'You are being rate limited.');
    if (Buffer.byteLength(text) > FRAME_BYTES_MAX) return end(connection, CLOSE.decode, 'Payload too large.');
    const parsed = frameSchema.safeParse(parseText(text));
    if (!parsed.success) return end(connection, CLOSE.decode, 'Error while decoding payload.');
    const { op, d } = parsed.data;
    if (op === OP.heartbeat) {
      watch(connection);
      if (acking) connection.line.send({ op: OP.ack });
      return;
    }
    if (op === OP.identify) return identify(connection, d);
    if (op === OP.resume) return resume(connection, d);
    if (connection.session === undefined) return end(connection, CLOSE.notAuthenticated, 'Not authenticated.');
    if (op === OP.presence) return;
    return end(connection, CLOSE.unknownOp, `Unknown opcode ${op}.`);
  }

  /** From now on the session is told nothing over this connection: what happens waits for its resume. */
  function detach(connection: Connection, ended: boolean): void {
    const { session } = connection;
    connection.session = undefined;
    if (session !== undefined) Object.assign(session, { line: undefined, lostAt: now(), ended: session.ended || ended });
    changed();
  }

  function lose(connection: Connection, code: number): void {
    clearTimeout(connection.heartbeat);
    connections.delete(connection);
    const { session } = connection;
    if (session === undefined || session.line !== connection.line) return;
    session.line = undefined;
    session.lostAt = now();
    // Whoever says goodbye properly is offline at once.
    if (code === 1000 || code === 1001) session.ended = true;
    changed();
  }

  function accept(socket: WebSocket, query: URLSearchParams): void {
    const compress = query.get('compress');
    if (query.get('v') !== '10' || query.get('encoding') !== 'json')
      violate(`connected as ${query.toString()}: v=10 and encoding=json are wanted`);
    if (compress !== null && compress !== 'zlib-stream') violate(`compression ${compress} is not known here`);
    const connection: Connection = { line: createLine(socket, compress), session: undefined, sends: [], heartbeat: undefined };
    connections.add(connection);
    socket.on('message', (data: Buffer) => receive(connection, data.toString('utf8')));
    socket.on('close', (code) => lose(connection, code));
    socket.on('error', () => socket.terminate());
    connection.line.send({ op: OP.hello, d: { heartbeat_interval: settings.heartbeatMs, _trace: [] } });
    watch(connection);
  }

  const each = (work: (connection: Connection) => void): void => {
    for (const connection of connections) work(connection);
  };

  return {
    settings,
    publish(event) {
      lastEvents.set(event.name, event);
      sessions.publish(event);
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://emulator');
      if (!open || !['/', '/gateway', '/gateway/'].includes(url.pathname)) {
        if (open) violate(`no gateway at ${url.pathname}`);
        socket.destroy();
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => accept(client, url.searchParams));
    },
    drop: () => each(({ line }) => line.cut()),
    reconnect: () =>
      each((connection) => {
        detach(connection, false);
        connection.line.send({ op: OP.reconnect, d: null });
      }),
    invalidate: (resumable) =>
      each((connection) => {
        detach(connection, !resumable);
        connection.line.send({ op: OP.invalid, d: resumable });
      }),
    close: (code) => each(({ line }) => line.close(code, 'closed by the test')),
    setAcking(value) {
      acking = value;
    },
    setOpen(value) {
      open = value;
    },
    repeat(name) {
      const event = lastEvents.get(name);
      if (event === undefined) throw new Error(`nothing called ${name} was told yet`);
      sessions.publish(event);
    },
    connected: () => [...connections].filter(({ session, line }) => session?.line === line).length,
    identifies: () => counts.identifies,
    resumes: () => counts.resumes,
    stop() {
      each(({ line, heartbeat }) => {
        clearTimeout(heartbeat);
        line.cut();
      });
      server.close();
    },
  };
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
