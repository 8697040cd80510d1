import { expect, test } from 'vitest';
import { createBridge, type Bridge } from '#src/queue/embedded-bridge.ts';
import type { Peer } from '#src/queue/embedded-connection.ts';

const NONE = -1;
const memory = new ArrayBuffer(64);
const createTestBridge = (wake = (): void => {}): Bridge => createBridge({ memory: () => memory, wake });
const deafPeer: Peer = { send: () => true, hold() {}, hangUp() {} };

/** The engine's own call, by its name. */
const call = (bridge: Bridge, name: string, ...args: readonly number[]): number => {
  const imported = bridge.imports[name];
  if (imported === undefined) throw new Error(`the engine has no import ${name}`);
  return imported(...args);
};

test('turns away the connection that is one too many, and takes one again when another has left', () => {
  const bridge = createTestBridge();
  let taken = 0;
  while (bridge.connect(deafPeer) !== undefined) taken += 1;
  expect(taken).toBe(5000);
  call(bridge, 'close', call(bridge, 'accept'));
  expect(bridge.connect(deafPeer)).toBeDefined();
  expect(bridge.connect(deafPeer)).toBeUndefined();
});

test('holds a peer that sends faster than the engine reads, and lets it go on when the engine has caught up', () => {
  const holds: boolean[] = [];
  const bridge = createTestBridge();
  const line = bridge.connect({ ...deafPeer, hold: (on) => holds.push(on) });
  const descriptor = call(bridge, 'accept');
  const mebibyte = 1 << 20;
  line?.receive(new Uint8Array(mebibyte - 1));
  expect(holds).toEqual([]);
  line?.receive(new Uint8Array(2));
  expect(holds).toEqual([true]);
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(64);
  expect(holds).toEqual([true, false]);
});

test('wakes the engine again as long as it has left something unread', () => {
  let wakes = 0;
  const bridge = createTestBridge(() => {
    wakes += 1;
  });
  const line = bridge.connect(deafPeer);
  const descriptor = call(bridge, 'accept');
  line?.receive(new Uint8Array(65));
  wakes = 0;
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(64);
  expect(wakes).toBe(1);
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(1);
  expect(wakes).toBe(1);
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(NONE);
});

test('gives the engine what a peer said before it left, then the end, and hangs up once', () => {
  let hungUp = 0;
  const bridge = createTestBridge();
  const line = bridge.connect({
    ...deafPeer,
    hangUp() {
      hungUp += 1;
    },
  });
  const descriptor = call(bridge, 'accept');
  line?.receive(Buffer.from('bye'));
  line?.ended();
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(3);
  expect(Buffer.from(memory).toString('utf8', 0, 3)).toBe('bye');
  expect(call(bridge, 'read', descriptor, 0, 64)).toBe(0);
  expect(call(bridge, 'write', descriptor, 0, 1)).toBe(NONE);
  call(bridge, 'close', descriptor);
  call(bridge, 'close', descriptor);
  expect(hungUp).toBe(1);
});

test('keeps a copy of what the engine writes, because the engine uses the place again', () => {
  const sent: Uint8Array[] = [];
  const bridge = createTestBridge();
  bridge.connect({ ...deafPeer, send: (bytes) => sent.push(bytes) > 0 });
  const descriptor = call(bridge, 'accept');
  new Uint8Array(memory).fill(1);
  call(bridge, 'write', descriptor, 0, 2);
  new Uint8Array(memory).fill(2);
  expect(sent).toEqual([new Uint8Array([1, 1])]);
});
