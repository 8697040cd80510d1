import { createHash, createHmac } from 'node:crypto';
import { decoded, type Ask } from './http.ts';

/** What a signature is made over, beside the request itself. */
export interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  /** `20261120T101500Z` */
  readonly time: string;
}

export const sha256Hex = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const uriEncode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Every service but S3 encodes the path once more, as it came: `%3A` is signed as `%253A`. */
function canonicalPath(path: string, service: string): string {
  const segments = path.split('/');
  return segments.map((segment) => uriEncode(service === 's3' ? (decoded(segment) ?? segment) : segment)).join('/');
}

/** The query as pairs, in the order in which they came. */
export function queryPairs(query: string): (readonly [name: string, value: string])[] {
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=');
    return [decoded(name) ?? name, decoded(value) ?? value];
  });
}

const before = (a: string, b: string): number => Number(a > b) - Number(a < b);

function canonicalQuery(query: string): string {
  const pairs = queryPairs(query).filter(([name]) => name !== 'X-Amz-Signature');
  const encoded = pairs.map(([name, value]) => [uriEncode(name), uriEncode(value)] as const);
  const inOrder = encoded.toSorted(([nameA, valueA], [nameB, valueB]) => before(nameA, nameB) || before(valueA, valueB));
  return inOrder.map(([name, value]) => `${name}=${value}`).join('&');
}

/** The signature that the owner of the secret makes over this request (AWS Signature Version 4), in hex. */
export function signatureOf(ask: Ask, scope: Scope, payload: string, secretAccessKey: string): string {
  const headers = scope.signedHeaders.map((name) => `${name}:${(ask.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`);
  const canonical = [
    ask.method,
    canonicalPath(ask.path, scope.service),
    canonicalQuery(ask.query),
    headers.join(''),
    scope.signedHeaders.join(';'),
    payload,
  ].join('\n');
  const parts = [scope.date, scope.region, scope.service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', scope.time, parts.join('/'), sha256Hex(canonical)].join('\n');
  const key = parts.reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  return hmac(key, toSign).toString('hex');
}
