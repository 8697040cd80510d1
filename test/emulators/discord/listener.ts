import { setTimeout as pause } from 'node:timers/promises';
import { createInflate, constants } from 'node:zlib';
import { WebSocket } from 'ws';
import type { DiscordEmulator } from './emulator.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';

/** A bare client of the gateway: says what it is told to and keeps what it hears. */
export interface Listener {
  readonly frames: readonly JsonObject[];
  /** What was dispatched under a name, in order. */
  events(name: string): readonly JsonObject[];
  send(frame: JsonObject | string): void;
  identify(extra?: JsonObject): void;
  resume(sessionId: string, seq: number): void;
  /** The frame that fits, now or soon. */
  frame(fits: (frame: JsonObject) => boolean): Promise<JsonObject>;
  event(name: string): Promise<JsonObject>;
  /** The code with which the other side closed. */
  readonly closed: Promise<number>;
  close(code?: number): void;
  seq(): number;
}

const PATIENCE_MS = 5000;
export const PLAIN_INTENTS = (1 << 0) | (1 << 9) | (1 << 10) | (1 << 12) | (1 << 13);

/** Connects and waits for HELLO. */
export async function openListener(emulator: DiscordEmulator, query = 'v=10&encoding=json'): Promise<Listener> {
  const socket = new WebSocket(`${emulator.apiUrl.replace('http', 'ws').replace('/api', '/gateway')}?${query}`);
  const frames: JsonObject[] = [];
  const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
  const take = (text: string): void => {
    const value: Json = JSON.parse(text);
    if (isObject(value)) frames.push(value);
  };
  inflate.on('data', (chunk: Buffer) => take(chunk.toString('utf8')));
  socket.on('message', (data: Buffer, isBinary) => (isBinary ? void inflate.write(data) : take(data.toString('utf8'))));
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  const isNamed = (name: string) => (heard: JsonObject) => heard['t'] === name;

  async function frame(fits: (heard: JsonObject) => boolean): Promise<JsonObject> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const found = frames.find(fits);
      if (found !== undefined) return found;
      await pause(5);
    }
    throw new Error(`no such frame among ${JSON.stringify(frames.map(({ op, t }) => [op, t]))}`);
  }

  const dataOf = ({ d }: JsonObject): JsonObject => (isObject(d) ? d : {});
  const send = (value: JsonObject | string): void => socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  await frame(({ op }) => op === 10);
  return {
    frames,
    events: (name) => frames.filter(isNamed(name)).map(dataOf),
    send,
    identify: (extra = {}) =>
      send({
        op: 2,
        d: { token: emulator.token, properties: { os: 'linux', browser: 'test', device: 'test' }, intents: PLAIN_INTENTS, ...extra },
      }),
    resume: (sessionId, seq) => send({ op: 6, d: { token: emulator.token, session_id: sessionId, seq } }),
    frame,
    event: async (name) => dataOf(await frame(isNamed(name))),
    closed,
    close: (code = 4200) => socket.close(code),
    seq: () => Math.max(0, ...frames.map(({ s }) => (typeof s === 'number' ? s : 0))),
  };
}

/** A bare client that is identified and ready. */
export async function openReady(emulator: DiscordEmulator, extra: JsonObject = {}): Promise<Listener & { readonly sessionId: string }> {
  const listener = await openListener(emulator);
  listener.identify(extra);
  const ready = await listener.event('READY');
  return { ...listener, sessionId: textOf(ready['session_id']) };
}
