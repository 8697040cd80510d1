/** The far end of a connection: where the engine's bytes go. */
export interface Peer {
  /** False when the bytes had to be kept: the engine writes no more until the line says `drained`. */
  readonly send: (bytes: Uint8Array) => boolean;
  /** Asks for no more bytes, or for bytes again. */
  readonly hold: (on: boolean) => void;
  /** Closes once what was sent has left. */
  readonly hangUp: () => void;
}

/** The near end: what the peer tells the engine. */
export interface Line {
  readonly receive: (bytes: Uint8Array) => void;
  readonly drained: () => void;
  readonly ended: () => void;
}

/** What the engine sees of one connection. */
export interface Connection {
  readonly line: Line;
  readonly isReadable: () => boolean;
  readonly isWritable: () => boolean;
  readonly hasEnded: () => boolean;
  /** Moves as many bytes as have arrived and fit; returns how many. */
  readonly take: (target: Uint8Array) => number;
  readonly put: (bytes: Uint8Array) => void;
  readonly hangUp: () => void;
}

/** What one peer may have sent ahead of the engine before it is asked to wait. */
const INBOX_MAX_BYTES = 1 << 20;

/** Keeps what has arrived until the engine takes it. `wake` is called when there is something for the engine to do. */
export function createConnection(peer: Peer, wake: () => void): Connection {
  const inbox: Uint8Array[] = [];
  let inboxBytes = 0;
  let held = false;
  let ended = false;
  let full = false;

  const holdIfFlooded = (): void => {
    const flooded = inboxBytes >= INBOX_MAX_BYTES;
    if (flooded === held) return;
    held = flooded;
    peer.hold(flooded);
  };

  return {
    line: {
      receive(bytes) {
        inbox.push(bytes);
        inboxBytes += bytes.length;
        holdIfFlooded();
        wake();
      },
      drained() {
        full = false;
        wake();
      },
      ended() {
        ended = true;
        wake();
      },
    },
    isReadable: () => inboxBytes > 0 || ended,
    isWritable: () => !full,
    hasEnded: () => ended,
    take(target) {
      const taken = moveBytes(inbox, target);
      inboxBytes -= taken;
      holdIfFlooded();
      // What is left must not wait for the clock: the engine reads once per connection and pass.
      if (inboxBytes > 0) wake();
      return taken;
    },
    put(bytes) {
      full = !peer.send(bytes);
    },
    hangUp: peer.hangUp,
  };
}

function moveBytes(from: Uint8Array[], target: Uint8Array): number {
  let moved = 0;
  for (let head = from[0]; head !== undefined && moved < target.length; head = from[0]) {
    const part = head.subarray(0, target.length - moved);
    target.set(part, moved);
    moved += part.length;
    if (part.length === head.length) from.shift();
    else from[0] = head.subarray(part.length);
  }
  return moved;
}
