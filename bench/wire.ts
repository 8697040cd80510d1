import { Agent, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

/** Connections to one address that are kept for the next request, as a browser keeps them. */
export interface Wire {
  get(path: string): Promise<Reply>;
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  close(): void;
}

const REPLY_MAX_MS = 120_000;

/** Node's plain client: what the asking side spends is missing from the cores that are measured. */
export function openWire(origin: string): Wire {
  const agent = new Agent({ keepAlive: true });
  const send = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(path, origin), { agent, method, headers, timeout: REPLY_MAX_MS }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
        response.on('error', reject);
      });
      sent.on('error', reject).on('timeout', () => sent.destroy(new Error(`no reply from ${path} in time`)));
      sent.end(body);
    });
  return {
    get: async (path) => send('GET', path, {}),
    post: async (path, body, headers = {}) => send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}
