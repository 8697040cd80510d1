import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MESSAGE_BYTES_MAX = 4_000_000;
const OPCODES = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** The server's end of one WebSocket (RFC 6455): text messages, pings and the closing handshake; no fragments, no extensions. */
export interface WebSocketEnd {
  send(text: string): void;
  ping(): void;
  /** Says goodbye and closes. */
  close(code: number): void;
  /** Takes the connection away without a word. */
  destroy(): void;
}

export interface WebSocketListener {
  onText(text: string): void;
  onClose(): void;
  /** The client broke the protocol; the connection is being closed. */
  onBroken(reason: string): void;
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly bytes: number;
}

function frame(opcode: number, payload: Buffer): Buffer {
  const length = payload.byteLength;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** The first frame in the bytes, nothing when it is not all there yet, or what is wrong with it. */
function readFrame(bytes: Buffer): Frame | 'incomplete' | { readonly broken: string } {
  if (bytes.byteLength < 2) return 'incomplete';
  const [first = 0, second = 0] = bytes;
  if ((first & 0x70) !== 0) return { broken: 'a reserved bit is set' };
  if ((first & 0x80) === 0) return { broken: 'a fragment' };
  if ((second & 0x80) === 0) return { broken: 'a client’s frame without a mask' };
  const short = second & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.byteLength < head + 4) return 'incomplete';
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > MESSAGE_BYTES_MAX) return { broken: `a message of ${length} bytes` };
  const end = head + 4 + length;
  if (bytes.byteLength < end) return 'incomplete';
  const mask = bytes.subarray(head, head + 4);
  const payload = Buffer.from(bytes.subarray(head + 4, end).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { opcode: first & 0x0f, payload, bytes: end };
}

/** Answers the upgrade of an HTTP connection. */
export function acceptWebSocket(request: IncomingMessage, socket: Duplex, listener: WebSocketListener): WebSocketEnd {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1')
    .update(key + KEY_SUFFIX)
    .digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let waiting: Buffer = Buffer.alloc(0);
  let saidGoodbye = false;
  let isClosed = false;
  const write = (opcode: number, payload: Buffer): void => {
    if (socket.writable) socket.write(frame(opcode, payload));
  };
  const close = (code: number): void => {
    const reason = Buffer.alloc(2);
    reason.writeUInt16BE(code);
    if (!saidGoodbye) write(OPCODES.close, reason);
    saidGoodbye = true;
  };
  const closed = (): void => {
    if (!isClosed) listener.onClose();
    isClosed = true;
  };
  const take = ({ opcode, payload }: Frame): void => {
    if (opcode === OPCODES.text) listener.onText(payload.toString());
    else if (opcode === OPCODES.ping) write(OPCODES.pong, payload);
    else if (opcode === OPCODES.close) {
      close(1000);
      socket.end();
    } else if (opcode !== OPCODES.pong) broken(`the opcode ${opcode}`);
  };
  const broken = (reason: string): void => {
    listener.onBroken(reason);
    close(1002);
    socket.end();
  };

  socket.on('data', (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (let next = readFrame(waiting); next !== 'incomplete'; next = readFrame(waiting)) {
      if ('broken' in next) return broken(next.broken);
      waiting = waiting.subarray(next.bytes);
      take(next);
    }
  });
  socket.on('close', closed);
  socket.on('end', () => socket.end());
  // A client that resets its connection is its own business.
  socket.on('error', () => socket.destroy());
  return {
    send: (text) => write(OPCODES.text, Buffer.from(text)),
    ping: () => write(OPCODES.ping, Buffer.from('Ping from applink')),
    close,
    destroy: () => socket.destroy(),
  };
}
