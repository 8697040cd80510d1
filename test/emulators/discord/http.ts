import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Upload } from './files.ts';
import type { Json } from './json.ts';
import { violation, type ProblemError } from './problems.ts';

const BODY_BYTES_MAX = 120 * 1024 * 1024;

/** Reads a whole body; undefined when it is larger than anything that could be meant. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export interface Parsed {
  readonly body: Json | undefined;
  readonly sent: ReadonlyMap<number, Upload>;
}

function parseJson(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    throw violation(50109, 'a body that is not JSON');
  }
}

/** What a file calls itself and what it is sent as have to agree, or clients do not show it; a clip that begins otherwise plays nowhere. */
const ENDINGS: Readonly<Record<string, RegExp>> = {
  'image/png': /\.png$/i,
  'image/jpeg': /\.jpe?g$/i,
  'image/webp': /\.webp$/i,
  'video/mp4': /\.mp4$/i,
};

function checkFile({ filename, contentType, bytes }: Upload): void {
  const ending = ENDINGS[contentType];
  if (ending === undefined || !ending.test(filename)) throw badPart(`${filename} as ${contentType === '' ? 'nothing' : contentType}`);
  if (contentType === 'video/mp4' && new TextDecoder().decode(bytes.subarray(4, 8)) !== 'ftyp') throw badPart('a clip that is no clip');
}

const badPart = (what: string): ProblemError => violation(50035, `a multipart body with ${what}`);

async function parseMultipart(bytes: Buffer, contentType: string): Promise<Parsed> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw badPart('broken parts');
  });
  const sent = new Map<number, Upload>();
  let body: Json | undefined;
  for (const [name, value] of form) {
    const number = /^files\[(\d)\]$/.exec(name)?.[1];
    if (name === 'payload_json' && typeof value === 'string' && body === undefined) body = parseJson(value);
    else if (number === undefined || typeof value === 'string' || sent.has(Number(number))) throw badPart(`the part ${name}`);
    else sent.set(Number(number), { filename: value.name, contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  for (const upload of sent.values()) checkFile(upload);
  if (body !== undefined && !/^multipart\/form-data; ?boundary=[\w'()+,./:=?-]{1,70}$/.test(contentType)) {
    throw badPart('a boundary that is none');
  }
  if (body === undefined) throw badPart('no payload_json');
  return { body, sent };
}

/** The body as JSON and, where files came along, those by their numbers. Throws what Discord says to anything else. */
export async function parseBody(bytes: Buffer, contentType: string): Promise<Parsed> {
  if (contentType.startsWith('multipart/form-data')) return parseMultipart(bytes, contentType);
  if (bytes.byteLength === 0) return { body: undefined, sent: new Map() };
  if (!contentType.startsWith('application/json')) throw violation(50109, `a body of type ${contentType}`);
  return { body: parseJson(bytes.toString('utf8')), sent: new Map() };
}

/** Writes an answer; a body that is text goes as it is. */
export function send(response: ServerResponse, status: number, body: Json | undefined, headers: Readonly<Record<string, string>>): void {
  const isEmpty = body === undefined;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = isEmpty ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(isEmpty ? undefined : text);
}
