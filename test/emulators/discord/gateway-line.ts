import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { JsonObject } from './json.ts';

/** One connection as the emulator writes to it. */
export interface Line {
  send(frame: JsonObject): void;
  close(code: number, reason: string): void;
  /** Takes the connection away without a word. */
  cut(): void;
  isOpen(): boolean;
}

/** Text frames, or one zlib stream over all of them when the client asked for it. */
export function createLine(socket: WebSocket, compress: string | null): Line {
  const isOpen = (): boolean => socket.readyState === socket.OPEN;
  let write = (text: string): void => socket.send(text);
  if (compress === 'zlib-stream') {
    const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH });
    let chunks: Buffer[] = [];
    deflate.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      // A message ends where the stream was flushed.
      if (!chunk.subarray(-4).equals(Buffer.from([0, 0, 255, 255]))) return;
      if (isOpen()) socket.send(Buffer.concat(chunks));
      chunks = [];
    });
    write = (text) => void deflate.write(text);
  }
  return {
    send: (frame) => (isOpen() ? write(JSON.stringify(frame)) : undefined),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
    isOpen,
  };
}
