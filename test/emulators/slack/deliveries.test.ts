import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleManifest } from './sample-manifest.ts';
import { openSampleProduct, type SampleProduct } from './sample-product.ts';

const MINUTE_MS = 60_000;

/** Lets what is under way over real sockets come to rest before the clock is put forward. */
async function advance({ slack }: SampleProduct, byMs: number): Promise<void> {
  slack.clock.advance(byMs);
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const attempts = ({ arrived }: SampleProduct) => arrived.map(({ attempt, reason }) => `${attempt} ${reason}`.trim());
const eventIds = ({ arrived }: SampleProduct) => new Set(arrived.map(({ payload }) => payload['event_id']));

describe.each([
  ['socket', 'timeout', 'operation_timeout'],
  ['http', 'http_timeout', 'operation_timeout'],
] as const)('in %s mode', (mode, timeout, shown) => {
  it('an event that nobody acknowledges comes again at once, after one minute and after five, and never again', async () => {
    await using product = await openSampleProduct({ mode });
    product.says(() => 'silent');
    const posting = product.slack.person('lan').posts('hello', { in: 'general' });
    await product.arrivals(1);
    await advance(product, 3000);
    expect((await posting).deliveries).toMatchObject([{ acknowledged: false, error: timeout }]);
    await product.arrivals(2);
    await advance(product, 3000);
    await settle(product, 3);
    await settle(product, 4);
    expect(attempts(product)).toEqual(['0', `1 ${timeout}`, `2 ${timeout}`, `3 ${timeout}`]);
    expect(eventIds(product).size).toBe(1);
    await advance(product, 3000);
    await expect.poll(() => product.slack.story()).toContain('was given up');
    await advance(product, 60 * MINUTE_MS);
    expect(product.arrived).toHaveLength(4);
  });

  /** Puts the clock forward until the next sending has arrived. */
  async function settle(product: SampleProduct, count: number): Promise<void> {
    await expect
      .poll(async () => {
        await advance(product, MINUTE_MS);
        return product.arrived.length;
      })
      .toBeGreaterThanOrEqual(count);
  }

  it('an event whose acknowledgement was lost comes again, as the same event', async () => {
    await using product = await openSampleProduct({ mode });
    product.slack.loseAcknowledgements(1);
    await product.slack.person('lan').posts('hello', { in: 'general' });
    await product.arrivals(2);
    expect(attempts(product)).toEqual(['0', `1 ${timeout}`]);
    expect(eventIds(product).size).toBe(1);
    const again = await product.slack.person('lan').posts('hello again', { in: 'general' });
    expect(again.deliveries).toMatchObject([{ acknowledged: true }]);
  });

  it('a command that nobody acknowledges within three seconds is over, and comes once', async () => {
    await using product = await openSampleProduct({ mode });
    product.says(() => 'silent');
    const typing = product.slack.person('lan').types('/imagine a cat', { in: 'general' });
    await product.arrivals(1);
    await advance(product, 2999);
    await advance(product, 1);
    expect(await typing).toMatchObject({ acknowledged: false, shown });
    await advance(product, 10 * MINUTE_MS);
    expect(product.arrived).toHaveLength(1);
  });

  it('a post that mentions the bot is two events of one message, of which either may be lost', async () => {
    await using product = await openSampleProduct({ mode });
    const lan = product.slack.person('lan');
    const { message } = await lan.posts('@hoami hi', { in: 'general' });
    const events = product.arrived.map(({ payload }) => payload['event']);
    expect(events).toHaveLength(2);
    for (const type of ['app_mention', 'message']) expect(events).toContainEqual(expect.objectContaining({ type, ts: message.ts }));
    expect(eventIds(product).size).toBe(2);
    await lan.posts('@hoami hi', { in: '@bot' });
    expect(product.arrived.slice(2)).toMatchObject([{ payload: { event: { type: 'message', channel_type: 'im' } } }]);
    await lan.posts('@hoami hi', { in: 'general', lost: 'app_mention' });
    await lan.posts('@hoami hi', { in: 'general', lost: 'message' });
    expect(product.arrived.slice(3).map(({ payload }) => payload['event'])).toMatchObject([{ type: 'message' }, { type: 'app_mention' }]);
  });

  it('what the manifest does not ask for, or no scope allows, or happens where the bot is not, is not told', async () => {
    const manifest = sampleManifest(mode, { settings: { event_subscriptions: { bot_events: ['message.channels', 'message.im'] } } });
    await using product = await openSampleProduct({ mode, manifest });
    product.slack.withoutScopes(['channels:history']);
    const lan = product.slack.person('lan');
    await lan.posts('hello', { in: 'general' });
    await lan.posts('hello', { in: 'secret' });
    await lan.posts('@hoami hello', { in: 'garden' });
    await lan.posts('@hoami hello', { in: 'studio' });
    expect(product.arrived).toEqual([]);
    await lan.posts('hello', { in: '@bot' });
    expect(product.arrived).toMatchObject([{ payload: { event: { type: 'message', channel_type: 'im' } } }]);
  });

  it('the bot hears of its own messages, of edits and of deletions', async () => {
    await using product = await openSampleProduct({ mode });
    const channel = product.slack.channel('general').id;
    const answer = await product.call('chat.postMessage', { channel, text: 'first' });
    await product.call('chat.update', { channel, ts: String(answer['ts']), text: 'second' });
    await product.call('chat.delete', { channel, ts: String(answer['ts']) });
    await product.arrivals(3);
    const botId = product.slack.team().app?.botId;
    expect(product.arrived.map(({ payload }) => payload['event'])).toMatchObject([
      { type: 'message', bot_id: botId, text: 'first' },
      { subtype: 'message_changed', message: { text: 'second' }, previous_message: { text: 'first' } },
      { subtype: 'message_deleted', deleted_ts: answer['ts'] },
    ]);
  });

  it('an uninstall is told, and no token works afterwards', async () => {
    await using product = await openSampleProduct({ mode });
    const token = product.slack.botToken();
    await product.slack.uninstalls();
    expect(product.arrived.map(({ payload }) => payload['event'])).toMatchObject([{ type: 'tokens_revoked' }, { type: 'app_uninstalled' }]);
    expect(await product.call('auth.test', {}, token)).toMatchObject({ error: 'account_inactive' });
  });
});

describe('Socket Mode', () => {
  it('sends each payload to one of the connections', async () => {
    await using product = await openSampleProduct();
    await product.connect();
    for (let post = 0; post < 4; post += 1) await product.slack.person('lan').posts('hello', { in: 'general' });
    expect(product.arrived.map(({ connection }) => connection)).toEqual([0, 1, 0, 1]);
  });

  it('has ten connections of an app at most', async () => {
    await using product = await openSampleProduct();
    for (let more = 0; more < 10; more += 1) await Promise.race([product.connect(), product.arrivals(1)]);
    expect(product.arrived).toMatchObject([{ type: 'disconnect', payload: { reason: 'too_many_websockets' } }]);
    expect(product.slack.sockets.count()).toBe(10);
  });

  it('lets a connection in once for each URL', async () => {
    await using product = await openSampleProduct();
    const { url } = await product.call('apps.connections.open', {}, product.slack.appToken);
    const connect = () =>
      new Promise((resolve) => {
        const socket = new WebSocket(String(url));
        socket.addEventListener('open', () => resolve('in'));
        socket.addEventListener('error', () => resolve('out'));
      });
    expect([await connect(), await connect()]).toEqual(['in', 'out']);
    expect(product.slack.violations).toMatchObject([{ rule: 'socket' }]);
  });

  it('asks connections to come back: nothing goes to them from then on, and they are closed ten seconds later', async () => {
    await using product = await openSampleProduct();
    const fresh = await product.connect();
    const closed = new Promise((resolve) => {
      fresh.addEventListener('close', resolve);
    });
    product.slack.sockets.refresh();
    await product.arrivals(2);
    expect(product.arrived).toMatchObject([{ payload: { reason: 'refresh_requested' } }, { payload: { reason: 'refresh_requested' } }]);
    await product.connect();
    await product.slack.person('lan').posts('hello', { in: 'general' });
    expect(product.arrived.at(-1)?.connection).toBe(2);
    product.slack.clock.advance(10_000);
    await closed;
  });

  it('warns ten seconds before', async () => {
    await using product = await openSampleProduct();
    product.slack.sockets.warn();
    await product.arrivals(1);
    product.slack.clock.advance(10_000);
    await product.arrivals(2);
    expect(product.arrived.map(({ payload }) => payload['reason'])).toEqual(['warning', 'refresh_requested']);
  });

  it('keeps an event that happened while no connection was open, and loses a command', async () => {
    await using product = await openSampleProduct();
    const lan = product.slack.person('lan');
    product.slack.sockets.drop();
    await expect.poll(() => product.slack.sockets.count()).toBe(0);
    await lan.posts('hello', { in: 'general' });
    expect(await lan.types('/imagine a cat', { in: 'general' })).toMatchObject({ acknowledged: false, shown: 'dispatch_failed' });
    await product.connect();
    expect(product.arrived).toEqual([]);
    product.slack.clock.advance(MINUTE_MS);
    await product.arrivals(1);
    expect(product.arrived).toMatchObject([{ attempt: 2, payload: { event: { text: 'hello' } } }]);
  });

  it('sends an event again over another connection when the first one broke before the acknowledgement', async () => {
    await using product = await openSampleProduct();
    product.says(({ connection }) => (connection === 0 ? 'silent' : {}));
    const posting = product.slack.person('lan').posts('hello', { in: 'general' });
    await product.arrivals(1);
    await product.connect();
    product.says(() => ({}));
    product.slack.sockets.drop();
    await posting;
    await product.connect();
    product.slack.clock.advance(MINUTE_MS);
    await product.arrivals(2);
    expect(eventIds(product).size).toBe(1);
  });

  it('holds wrong acknowledgements against the product', async () => {
    await using product = await openSampleProduct();
    const socket = await product.connect();
    const say = async (text: string, rule: string) => {
      socket.send(text);
      await expect.poll(() => product.slack.violations.at(-1)?.rule).toBe(rule);
    };
    await say('hello', 'broken acknowledgement');
    await say('{"envelope_id":"never-sent"}', 'acknowledgement');
    product.says(() => ({ text: 'an event takes none' }));
    await product.slack.person('lan').posts('hello', { in: 'general' });
    expect(product.slack.violations.at(-1)?.detail).toContain('an event takes no payload');
  });

  it('answers with what the person is to see, and with nothing where nothing is shown', async () => {
    await using product = await openSampleProduct();
    const lan = product.slack.person('lan');
    product.says(({ type }) => (type === 'events_api' ? {} : { text: 'Here', response_type: 'in_channel' }));
    expect(await lan.types('/imagine a cat', { in: 'general' })).toMatchObject({ shown: 'Here' });
    expect(product.slack.channel('general').text('sam')).toContain('hoami: Here');
    await lan.usesShortcut('Imagine');
    expect(product.slack.violations).toMatchObject([{ rule: 'acknowledgement' }]);
  });
});

describe('HTTP mode', () => {
  it('signs the bytes that it sends, with the time', async () => {
    await using product = await openSampleProduct({ mode: 'http' });
    await product.slack.person('lan').types('/imagine con mèo & <b>', { in: 'general' });
    const { headers, payload } = z.object({ headers: z.record(z.string(), z.unknown()), payload: z.unknown() }).parse(product.arrived[0]);
    const base = `v0:${String(headers['x-slack-request-timestamp'])}:${String(headers['body'])}`;
    const signature = createHmac('sha256', product.slack.signingSecret).update(base).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${signature}`);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(payload).toMatchObject({ text: 'con mèo & <b>', is_enterprise_install: 'false' });
  });

  it.each([
    ['http_error', { status: 500 }],
    ['http_error', { status: 404 }],
  ])('an event that was answered with %s comes again: %o', async (reason, answer) => {
    await using product = await openSampleProduct({ mode: 'http' });
    product.says(({ attempt }) => (attempt === 0 ? answer : {}));
    await product.slack.person('lan').posts('hello', { in: 'general' });
    await product.arrivals(2);
    expect(attempts(product)).toEqual(['0', `1 ${reason}`]);
    product.slack.clock.advance(10 * MINUTE_MS);
    expect(product.arrived).toHaveLength(2);
  });

  it('an event is not sent again when the product says so', async () => {
    await using product = await openSampleProduct({ mode: 'http' });
    product.says(() => ({ status: 503, noRetry: true }));
    for (const text of ['one', 'two', 'three']) await product.slack.person('lan').posts(text, { in: 'general' });
    expect(attempts(product)).toEqual(['0', '0', '0']);
  });

  it('a new address has to give the challenge back', async () => {
    await using product = await openSampleProduct({ mode: 'http' });
    product.says(({ payload }) => ({ challenge: payload['challenge'] }));
    expect(await product.slack.verifiesUrl()).toBe(true);
    product.says(() => ({}));
    expect(await product.slack.verifiesUrl()).toBe(false);
  });

  it('nobody listening is a failed connection, and the event comes later', async () => {
    await using product = await openSampleProduct({ mode: 'http' });
    const { slack } = product;
    slack.listensAt('http://127.0.0.1:9/');
    const { deliveries } = await slack.person('lan').posts('hello', { in: 'general' });
    expect(deliveries).toMatchObject([{ acknowledged: false, error: 'connection_failed' }]);
  });
});
