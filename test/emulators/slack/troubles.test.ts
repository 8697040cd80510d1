import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Fault } from './faults.ts';
import { openSampleProduct, type SampleProduct } from './sample-product.ts';

const post = (product: SampleProduct, channel = 'general') =>
  product.post('chat.postMessage', { channel: product.slack.channel(channel).id, text: 'hello' });
const messages = ({ slack }: SampleProduct): number => slack.channel('general').messages().length;

describe('a fault', () => {
  it.each<[kind: Fault['kind'], done: number]>([
    ['drop-before', 0],
    ['drop-after', 1],
  ])('%s takes the connection away; %i messages were posted', async (kind, done) => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: 'chat.postMessage', kind });
    await expect(post(product)).rejects.toThrow('fetch failed');
    expect(messages(product)).toBe(done);
    expect((await post(product)).status).toBe(200);
    expect(messages(product)).toBe(done + 1);
  });

  it.each<[kind: Fault['kind'], status: number, done: number]>([
    ['http-500', 500, 0],
    ['http-500-after', 500, 1],
    ['http-503-html', 503, 0],
  ])('%s answers %i; %i messages were posted', async (kind, status, done) => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: '*', kind });
    expect((await post(product)).status).toBe(status);
    expect(messages(product)).toBe(done);
  });

  it.each<[kind: Fault['kind'], done: number]>([
    ['hang', 0],
    ['hang-after', 1],
  ])('%s says nothing; %i messages were posted', async (kind, done) => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: 'chat.postMessage', kind });
    const patience = new AbortController();
    const { slack } = product;
    const asking = fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken()}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ channel: slack.channel('general').id, text: 'hello' }).toString(),
      signal: patience.signal,
    });
    await expect.poll(() => slack.calls.at(-1)?.outcome).toContain('hanging');
    patience.abort();
    await expect(asking).rejects.toThrow('aborted');
    expect(messages(product)).toBe(done);
  });

  it('refuse says no in Slack’s way, as often as it was told to', async () => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: 'chat.postMessage', kind: 'refuse', error: 'fatal_error', times: 2 });
    const answers: unknown[] = [];
    for (let call = 0; call < 3; call += 1) answers.push(await (await post(product)).json());
    expect(answers).toMatchObject([{ error: 'fatal_error' }, { error: 'fatal_error' }, { ok: true }]);
  });

  it('malformed is no JSON, and slow comes when the clock has gone on', async () => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: 'chat.postMessage', kind: 'malformed' });
    await expect((await post(product)).json()).rejects.toThrow('JSON');
    product.slack.fault({ method: 'chat.postMessage', kind: 'slow', delayMs: 5000 });
    const answer = post(product);
    await expect.poll(() => product.slack.calls).toHaveLength(3);
    expect(messages(product)).toBe(1);
    product.slack.clock.advance(5000);
    expect((await answer).status).toBe(200);
  });
});

describe('a rate limit', () => {
  it('answers 429 with the seconds to wait, for one method of one workspace', async () => {
    await using product = await openSampleProduct({ limits: { 'chat.postMessage': 2 } });
    await post(product);
    await post(product);
    product.slack.clock.advance(10_000);
    const refused = await post(product);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '50',
      { ok: false, error: 'ratelimited' },
    ]);
    expect(await product.call('auth.test')).toMatchObject({ ok: true });
    product.slack.clock.advance(50_000);
    expect((await post(product)).status).toBe(200);
    expect(messages(product)).toBe(3);
  });

  it('of posts goes by the channel', async () => {
    await using product = await openSampleProduct({ limits: true });
    const statuses = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await post(product)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await post(product, 'studio')).status).toBe(200);
  });

  it('lets an app of the wrong kind read one page of fifteen a minute', async () => {
    await using product = await openSampleProduct({ readsSlowly: true });
    for (let posted = 0; posted < 20; posted += 1) await post(product);
    const channel = product.slack.channel('general').id;
    const read = () => product.post('conversations.history', { channel, limit: 100 });
    const page = z.object({ messages: z.array(z.unknown()), has_more: z.boolean() }).parse(await (await read()).json());
    expect([page.messages.length, page.has_more]).toEqual([15, true]);
    expect((await read()).status).toBe(429);
  });
});
