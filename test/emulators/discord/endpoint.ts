import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { parseBody } from './http.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Sent } from './posting.ts';

/** Interactions sent to a URL of the product, signed, instead of over the gateway. */
export interface Endpoint {
  /** In hexadecimal, as the portal shows it. */
  readonly publicKey: string;
  /** What is wrong with a URL, or undefined: it must answer a ping and refuse a bad signature. */
  probe(url: string): Promise<string | undefined>;
  /** Hands an interaction over. Undefined: taken, and to be answered by a callback. Throws when the other side did not take it. */
  deliver(url: string, interaction: JsonObject, timeoutMs: number): Promise<{ readonly body: JsonObject; readonly sent: Sent } | undefined>;
}

const USER_AGENT = 'Discord-Interactions/1.0 (+https://discord.com)';
const PROBE_TIMEOUT_MS = 5000;

export function createEndpoint(now: () => number): Endpoint {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = createPrivateKey(privateKey);

  function call(url: string, body: JsonObject, timeoutMs: number, isGood = true): Promise<Response> {
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(now() / 1000));
    const signature = sign(null, Buffer.from(timestamp + (isGood ? text : 'something else')), key).toString('hex');
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        'x-signature-ed25519': signature,
        'x-signature-timestamp': timestamp,
      },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  const ping = { id: '1', application_id: '1', type: 1, token: 'ping', version: 1 };

  return {
    publicKey: publicKey.subarray(-32).toString('hex'),
    async probe(url) {
      try {
        const bad = await call(url, ping, PROBE_TIMEOUT_MS, false);
        if (bad.status !== 401) return `answered a bad signature with ${bad.status}`;
        const good = await call(url, ping, PROBE_TIMEOUT_MS);
        const answer: unknown = await good.json().catch(() => undefined);
        return good.status === 200 && isObject(answer) && answer['type'] === 1 ? undefined : `answered a ping with ${good.status}`;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    async deliver(url, interaction, timeoutMs) {
      const response = await call(url, interaction, timeoutMs);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status === 202) return undefined;
      if (response.status !== 200) throw new Error(`the endpoint answered ${response.status}`);
      const { body, sent } = await parseBody(bytes, response.headers.get('content-type') ?? '');
      return { body: isObject(body) ? body : {}, sent };
    },
  };
}
