import { createHmac } from 'node:crypto';

/** The headers by which a product in HTTP mode knows that a request is Slack's. */
export function signedHeaders(secret: string, body: string, nowMs: number): { readonly [header: string]: string } {
  const timestamp = String(Math.floor(nowMs / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}
