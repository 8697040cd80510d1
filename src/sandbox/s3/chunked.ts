export interface Chunked {
  readonly bytes: Buffer;
  /** Names in lower case. */
  readonly trailers: ReadonlyMap<string, string>;
}

const LINE_END = Buffer.from('\r\n');
const LINE_BYTES_MAX = 8192;

/** Takes the chunk framing of `aws-chunked` away: what is stored are the bytes inside. Undefined when the framing is broken or cut off. */
export function decodeChunked(body: Buffer): Chunked | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(body, at);
    const [, hex] = /^([0-9a-fA-F]{1,8})(?:;[^\r\n]*)?$/.exec(line ?? '') ?? [];
    if (line === undefined || hex === undefined) return undefined;
    at += line.length + LINE_END.length;
    const length = Number.parseInt(hex, 16);
    if (length === 0) break;
    const end = at + length;
    if (!body.subarray(end, end + LINE_END.length).equals(LINE_END)) return undefined;
    parts.push(body.subarray(at, end));
    at = end + LINE_END.length;
  }
  return { bytes: Buffer.concat(parts), trailers: readTrailers(body.subarray(at).toString('latin1')) };
}

function lineAt(body: Buffer, start: number): string | undefined {
  const end = body.indexOf(LINE_END, start);
  return end < 0 || end - start > LINE_BYTES_MAX ? undefined : body.toString('latin1', start, end);
}

function readTrailers(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
}
