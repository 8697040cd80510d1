import { createHash, createHmac } from 'node:crypto';
import type { Sandbox } from '#src/sandbox/sandbox.ts';

export interface RawRequest {
  readonly service: 'bedrock' | 's3';
  readonly method: string;
  /** As it goes over the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** What is signed instead of what is true. */
  readonly pretend?: { readonly path?: string; readonly service?: string; readonly region?: string; readonly leaveOut?: readonly string[] };
}

const hash = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** A request signed by hand, for what no SDK would send: written apart from the sandbox's own reading of signatures. */
export async function signedFetch(sandbox: Sandbox, request: RawRequest): Promise<Response> {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const body = request.body ?? '';
  const contentHash = request.headers?.['x-amz-content-sha256'] ?? hash(body);
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': time, 'x-amz-content-sha256': contentHash };
  const signable: Record<string, string> = { ...headers, host: new URL(sandbox.url).host };
  const names = Object.keys(signable)
    .filter((name) => !(request.pretend?.leaveOut ?? []).includes(name))
    .toSorted();
  const encodeAgain = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
  const signedPath = request.pretend?.path ?? (request.service === 's3' ? request.path : encodeAgain(request.path));
  const canonical = [request.method, signedPath, '', ...names.map((name) => `${name}:${signable[name]}`), '', names.join(';'), contentHash];
  const scope = [time.slice(0, 8), request.pretend?.region ?? sandbox.region, request.pretend?.service ?? request.service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${sandbox.credentials.secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), hash(canonical.join('\n'))].join('\n')).toString('hex');
  const credential = `${sandbox.credentials.accessKeyId}/${scope.join('/')}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return fetch(`${sandbox.url}${request.path}`, {
    method: request.method,
    headers: { ...headers, authorization },
    ...(request.method === 'GET' ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
}
