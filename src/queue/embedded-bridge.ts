import { createConnection, type Connection, type Line, type Peer } from './embedded-connection.ts';

/** The engine's view of the network. Its descriptors, masks and answers are those of its `host` imports. */
export interface Bridge {
  readonly imports: Readonly<Record<string, (...args: readonly number[]) => number>>;
  /** Undefined when the engine holds as many connections as it can. */
  readonly connect: (peer: Peer) => Line | undefined;
  readonly hangUpAll: () => void;
}

export interface BridgeOptions {
  /** The engine's memory as it is now: it is another buffer after every growth. */
  readonly memory: () => ArrayBuffer;
  /** Called when there is something for the engine to do. */
  readonly wake: () => void;
}

/** The engine numbers network descriptors from here, and its table ends at 10,128. */
const FIRST_DESCRIPTOR = 4096;
const DESCRIPTORS_MAX = 5000;
const READABLE = 1;
const WRITABLE = 2;
const NONE = -1;
const END_OF_STREAM = 0;
/** A poll record: a descriptor and a mask, 32 bits each. */
const RECORD_BYTES = 8;

/** Carries bytes between peers and the engine. Descriptors are used again, so the number of connections over time has no limit. */
export function createBridge({ memory, wake }: BridgeOptions): Bridge {
  const descriptors = createDescriptors();
  const connections = new Map<number, Connection>();
  const arrivals: number[] = [];
  let listener = NONE;

  const readiness = (descriptor: number): number => {
    if (descriptor === listener) return arrivals.length > 0 ? READABLE : 0;
    const connection = connections.get(descriptor);
    if (connection === undefined) return 0;
    return (connection.isReadable() ? READABLE : 0) | (connection.isWritable() ? WRITABLE : 0);
  };

  const listen = (descriptor = NONE): number => {
    listener = descriptor;
    return 0;
  };

  const read = (descriptor = NONE, pointer = 0, length = 0): number => {
    const connection = connections.get(descriptor);
    if (connection === undefined) return NONE;
    const taken = connection.take(new Uint8Array(memory(), pointer, length));
    if (taken > 0) return taken;
    return connection.hasEnded() ? END_OF_STREAM : NONE;
  };

  const write = (descriptor = NONE, pointer = 0, length = 0): number => {
    const connection = connections.get(descriptor);
    if (connection === undefined || connection.hasEnded()) return NONE;
    // A copy, because the engine uses the place again before the bytes have left.
    connection.put(new Uint8Array(memory(), pointer, length).slice());
    return length;
  };

  const close = (descriptor = NONE): number => {
    connections.get(descriptor)?.hangUp();
    if (connections.delete(descriptor)) descriptors.giveBack(descriptor);
    return 0;
  };

  const poll = (interests = 0, count = 0, fired = 0, firedMax = 0): number =>
    reportReady(new DataView(memory()), { interests, count, fired, firedMax }, readiness);

  const connect = (peer: Peer): Line | undefined => {
    const descriptor = descriptors.take();
    if (descriptor === undefined) return undefined;
    const connection = createConnection(peer, wake);
    connections.set(descriptor, connection);
    arrivals.push(descriptor);
    wake();
    return connection.line;
  };

  return {
    imports: { socket: () => descriptors.take() ?? NONE, listen, accept: () => arrivals.shift() ?? NONE, read, write, close, poll },
    connect,
    hangUpAll() {
      for (const descriptor of connections.keys()) close(descriptor);
    },
  };
}

interface PollCall {
  /** Where the records begin that say what the engine waits for, and where those go that say what has come. */
  readonly interests: number;
  readonly fired: number;
  readonly count: number;
  readonly firedMax: number;
}

/** Answers one poll; returns how many records it wrote. */
function reportReady(view: DataView, { interests, count, fired, firedMax }: PollCall, readiness: (descriptor: number) => number): number {
  let found = 0;
  for (let index = 0; index < count && found < firedMax; index += 1) {
    const interest = interests + index * RECORD_BYTES;
    const descriptor = view.getInt32(interest, true);
    const ready = readiness(descriptor) & view.getInt32(interest + 4, true);
    if (ready === 0) continue;
    view.setInt32(fired + found * RECORD_BYTES, descriptor, true);
    view.setInt32(fired + found * RECORD_BYTES + 4, ready, true);
    found += 1;
  }
  return found;
}

function createDescriptors(): { readonly take: () => number | undefined; readonly giveBack: (descriptor: number) => void } {
  const free: number[] = [];
  let next = FIRST_DESCRIPTOR;
  return {
    take: () => free.pop() ?? (next < FIRST_DESCRIPTOR + DESCRIPTORS_MAX ? next++ : undefined),
    giveBack: (descriptor) => {
      free.push(descriptor);
    },
  };
}
