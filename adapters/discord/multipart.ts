import { randomUUID } from 'node:crypto';

/** A file on its way out, under the name that people see when they save it. */
export interface FileToSend {
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
  /** The bytes from the beginning, each time: what could not be sent is sent again. What comes in parts is never whole in memory. */
  open(): Promise<AsyncIterable<Uint8Array>>;
}

/** A body with files in it. Its length is known before a byte of it is read. */
export interface Form {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** The whole body from the beginning, each time. */
  read(): AsyncIterable<Uint8Array>;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
/** What would end a name early, or the line it stands in. */
const unquoted = (name: string): string => name.replaceAll(/["\r\n]/g, '_');

/** JSON and files as Discord wants them together: `payload_json`, and `files[n]` in the order of the attachments (Discord, "Uploading Files"). */
export function createForm(json: unknown, files: readonly FileToSend[]): Form {
  const boundary = `hoami-${randomUUID()}`;
  const part = (about: string, type: string): Uint8Array =>
    encode(`--${boundary}\r\nContent-Disposition: form-data; ${about}\r\nContent-Type: ${type}\r\n\r\n`);
  const lineEnd = encode('\r\n');
  const end = encode(`--${boundary}--\r\n`);
  const words = [part('name="payload_json"', 'application/json'), encode(JSON.stringify(json)), lineEnd];
  const parts = files.map((file, index) => ({
    file,
    head: part(`name="files[${index}]"; filename="${unquoted(file.name)}"`, file.type),
  }));
  const sizeBytes =
    [...words, end].reduce((sum, { length }) => sum + length, 0) +
    parts.reduce((sum, { file, head }) => sum + head.length + file.sizeBytes + lineEnd.length, 0);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes,
    async *read() {
      yield* words;
      for (const { file, head } of parts) {
        yield head;
        yield* await file.open();
        yield lineEnd;
      }
      yield end;
    },
  };
}

/** Bytes that are in memory anyway. */
export async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
