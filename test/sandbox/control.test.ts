import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { bedrockClient, failureOf, http1, invoke, SD35 } from './clients.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0 });
});
afterAll(() => sandbox.stop());

const control = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
const ask = (): Promise<unknown> => invoke(bedrockClient(sandbox, { requestHandler: http1() }), SD35, { prompt: 'a cat', seed: 3 });

describe('the control over HTTP', () => {
  it('adds faults and takes them away', async () => {
    const rule = { service: 'bedrock', kind: 'throttle' };
    expect(await (await control('POST', 'faults', rule)).json()).toEqual({ added: 1 });
    expect(await failureOf(ask())).toMatchObject({ status: 429 });
    expect((await control('DELETE', 'faults')).status).toBe(204);
    expect(await ask()).toMatchObject({ seeds: [3] });
  });

  it.each([
    ['a kind that the service does not have', { service: 's3', kind: 'filter-prompt' }],
    ['a service that is not there', { service: 'gpu', kind: 'throttle' }],
    ['a member it does not know', { service: 's3', kind: 'throttle', often: true }],
    ['a probability above 1', [{ service: 's3', kind: 'throttle', probability: 2 }]],
    ['a word', 'throttle'],
  ])('refuses %s', async (_name, rule) => {
    expect((await control('POST', 'faults', rule)).status).toBe(400);
  });

  it('shows the bill and the calls', async () => {
    await ask();
    const charges = await (await control('GET', 'charges')).json();
    expect(charges).toEqual({ totalMicros: sandbox.charges().totalMicros, calls: sandbox.charges().calls });
    const { calls } = JSON.parse(await (await control('GET', 'calls')).text());
    expect(calls.at(-1)).toMatchObject({ service: 'bedrock', status: 200, note: { model: SD35, prompt: 'a cat', seed: 3 } });
  });

  it('is not for web pages', async () => {
    expect((await control('GET', 'charges', undefined, { origin: 'http://example.com' })).status).toBe(403);
    expect((await control('POST', 'faults', { service: 's3', kind: 'throttle' }, { origin: 'null' })).status).toBe(403);
  });

  it('is not for names that only happen to lead here', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = get(`${sandbox.url}/_sandbox/calls`, { headers: { host: 'attacker.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      );
      request.on('error', reject);
    });
    expect(status).toBe(403);
  });

  it('answers a body that is too large, and hangs up on one that does not end', async () => {
    expect((await control('POST', 'faults', 'x'.repeat(2_000_000))).status).toBe(400);
    expect((await failureOf(control('POST', 'faults', 'x'.repeat(5_000_000)))).name).toBe('TypeError');
  });

  it('knows nothing else', async () => {
    expect((await control('GET', 'keys')).status).toBe(404);
  });
});

describe('a sandbox', () => {
  it('has keys of its own every time, or those it is given', async () => {
    const another = await startSandbox();
    expect(another.credentials.secretAccessKey).not.toBe(sandbox.credentials.secretAccessKey);
    const { credentials, bearerToken, claudeKey } = another;
    const same = await startSandbox({ keys: { credentials, bearerToken, claudeKey } });
    expect(same).toMatchObject({ credentials, bearerToken, claudeKey });
    await Promise.all([another.stop(), same.stop()]);
  });

  it('stops at once, even in the middle of a picture', async () => {
    const slow = await startSandbox({ modelTimeMs: 600_000 });
    const call = failureOf(invoke(bedrockClient(slow, { requestHandler: http1() }), SD35, { prompt: 'a cat' }));
    await expect.poll(() => slow.charges().totalMicros).toBe(80_000);
    await slow.stop();
    expect((await call).status).toBeUndefined();
    expect((await failureOf(fetch(slow.url))).name).toBe('TypeError');
  });

  it('takes the preface of HTTP/2 in pieces, and survives a caller that says nothing sensible', async () => {
    const port = Number(new URL(sandbox.url).port);
    const talk = async (...pieces: string[]): Promise<string> => {
      const socket = connect(port, '127.0.0.1').setNoDelay(true);
      socket.on('error', () => undefined);
      for (const piece of pieces) {
        socket.write(piece);
        await sleep(30);
      }
      const answer: unknown = await new Promise((resolve) => {
        socket.once('data', resolve);
        socket.once('close', resolve);
      });
      socket.destroy();
      return Buffer.isBuffer(answer) ? answer.toString('latin1') : '';
    };
    // The answer to the preface is a SETTINGS frame: type 4 on stream 0.
    expect((await talk('PRI * HT', 'TP/2.0\r\n\r\nSM\r\n\r\n', '\0\0\0\x04\0\0\0\0\0')).charCodeAt(3)).toBe(4);
    expect(await talk('P', 'UT /sandbox/x HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\n\r\n')).toContain('403');
    expect(await talk('what?\r\n\r\n')).toContain('400');
    expect(await ask()).toMatchObject({ seeds: [3] });
  });
});
