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
const CLOSED_MEANWHILE = 'the connection was closed meanwhile';

/** Node's plain client: what the asking side spends is missing from the cores that are measured. */
export function openWire(origin: string): Wire {
  const agent = new Agent({ keepAlive: true });
  const sendOnce = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(path, origin), { agent, method, headers, timeout: REPLY_MAX_MS }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
        response.on('error', reject);
      });
      sent.on('error', (error) => reject(sent.reusedSocket ? new Error(CLOSED_MEANWHILE, { cause: error }) : error));
      sent.on('timeout', () => sent.destroy(new Error(`no reply from ${path} in time`)));
      sent.end(body);
    });
  /** A server may close a kept connection in the moment in which it is used again; browsers then send once more, too. */
  const send: typeof sendOnce = async (...what) =>
    sendOnce(...what).catch(async (error: unknown) => {
      if (error instanceof Error && error.message === CLOSED_MEANWHILE) return sendOnce(...what);
      throw error;
    });
  return {
    get: async (path) => send('GET', path, {}),
    post: async (path, body, headers = {}) => send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
}
