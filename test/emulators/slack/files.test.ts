import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FilePlan } from './files.ts';
import { openSampleProduct, type Args, type SampleProduct } from './sample-product.ts';

const PNG = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  Buffer.from([0, 0, 0, 13]),
  Buffer.from('IHDR'),
  Buffer.from([0, 0, 4, 0, 0, 0, 3, 0]),
]);
const given = z.object({ file_id: z.string(), upload_url: z.string() });
const shown = z.object({ file: z.looseObject({ url_private: z.string(), url_private_download: z.string().optional() }) });

async function ask(product: SampleProduct, length = PNG.byteLength) {
  return given.parse(await product.call('files.getUploadURLExternal', { filename: 'cat.png', length }));
}

async function upload(product: SampleProduct): Promise<string> {
  const { file_id: id, upload_url: url } = await ask(product);
  await fetch(url, { method: 'POST', body: PNG });
  return id;
}

const complete = (product: SampleProduct, id: string, args: Args = {}) =>
  product.call('files.completeUploadExternal', {
    files: [{ id, title: 'Cat' }],
    channel_id: product.slack.channel('general').id,
    ...args,
  });

describe('an upload', () => {
  it('appears in the channel later, and only by asking does the product learn where', async () => {
    await using product = await openSampleProduct({ shareDelayMs: 2000, processingDelayMs: 1000 });
    const { slack, call } = product;
    const id = await upload(product);
    const answer = await complete(product, id);
    expect(answer).toEqual({ ok: true, files: [{ id, title: 'Cat' }], response_metadata: undefined });
    expect(await call('files.info', { file: id })).toMatchObject({ file: { mimetype: '', shares: {} } });
    slack.clock.advance(1000);
    expect(await call('files.info', { file: id })).toMatchObject({
      file: { mimetype: 'image/png', original_w: 1024, original_h: 768, shares: {} },
    });
    expect(slack.channel('general').text()).toBe('#general');
    slack.clock.advance(1000);
    const channel = slack.channel('general');
    const ts = channel.messages()[0]?.ts;
    expect(await call('files.info', { file: id })).toMatchObject({ file: { shares: { public: { [channel.id]: [{ ts }] } } } });
    expect(channel.text()).toBe('#general\nhoami: (file cat.png 1024×768 “Cat”)');
    expect(slack.violations).toEqual([]);
  });

  it('takes the bytes as the SDK sends them, in a form with one file', async () => {
    await using product = await openSampleProduct();
    const { file_id: id, upload_url: url } = await ask(product);
    const form = new FormData();
    form.append('body', new Blob([new Uint8Array(PNG)]), 'Untitled');
    expect(await (await fetch(url, { method: 'POST', body: form })).text()).toBe(`OK - ${PNG.byteLength}`);
    expect(product.slack.files.get(id)?.bytes.equals(PNG)).toBe(true);
  });

  it.each<[name: string, act: (product: SampleProduct) => Promise<unknown>, about: string]>([
    [
      'bytes of another length',
      async (product) => fetch((await ask(product, 5)).upload_url, { method: 'POST', body: PNG }),
      'announced with 5',
    ],
    [
      'bytes without their length',
      async (product) => {
        const body = new ReadableStream({
          start: (stream) => {
            stream.enqueue(new Uint8Array(PNG));
            stream.close();
          },
        });
        const chunked: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
        await fetch((await ask(product)).upload_url, chunked);
      },
      'without its length',
    ],
    [
      'bytes a second time',
      async (product) => {
        const { upload_url: url } = await ask(product);
        await fetch(url, { method: 'POST', body: PNG });
        await fetch(url, { method: 'POST', body: PNG });
      },
      'a second time',
    ],
    [
      'an end of somebody else’s file',
      async (product) => {
        const { message } = await product.slack.person('lan').posts('look', { in: 'general', files: [{ name: 'a.png', bytes: PNG }] });
        expect(await complete(product, message.fileIds[0] ?? '')).toMatchObject({ error: 'access_denied' });
      },
      'somebody else’s',
    ],
    ['bytes to nowhere', async ({ slack }) => fetch(`${slack.origin}/upload/v1/none`, { method: 'POST', body: PNG }), 'nobody was given'],
    ['an end before the bytes', async (product) => complete(product, (await ask(product)).file_id), 'before its bytes'],
    [
      'an end with words and blocks, of which Slack takes the words',
      async (product) => complete(product, await upload(product), { initial_comment: 'x', blocks: [{ type: 'divider' }] }),
      'initial_comment and blocks',
    ],
    [
      'a markdown block',
      async (product) => {
        const answer = await complete(product, await upload(product), { blocks: [{ type: 'markdown', text: 'x' }] });
        expect(answer).toMatchObject({ ok: false, error: 'internal_error' });
      },
      'a markdown block breaks it',
    ],
  ])('is held against the product with %s', async (_name, act, about) => {
    await using product = await openSampleProduct();
    await act(product);
    expect(JSON.stringify(product.slack.violations)).toContain(about);
  });

  it.each([
    ['posts-again', 2, true],
    ['file_not_found', 1, false],
  ] as const)('that is completed twice is a mistake; when Slack says %s there are %i messages', async (secondCompletion, messages, ok) => {
    await using product = await openSampleProduct({ unconfirmed: { secondCompletion } });
    const id = await upload(product);
    await complete(product, id);
    expect(await complete(product, id)).toMatchObject({ ok });
    expect(product.slack.channel('general').messages()).toHaveLength(messages);
    expect(product.slack.violations).toMatchObject([{ rule: 'upload' }]);
  });

  it('needs the bot in the channel, whatever else it may do', async () => {
    await using product = await openSampleProduct();
    product.slack.team().app?.scopes.add('chat:write.public');
    const id = await upload(product);
    expect(await complete(product, id, { channel_id: product.slack.channel('garden').id })).toMatchObject({ error: 'not_in_channel' });
    expect(await complete(product, id, { channel_id: product.slack.channel('general').id })).toMatchObject({ ok: true });
  });

  it('may be said to be done and never appear', async () => {
    await using product = await openSampleProduct();
    product.slack.fault({ method: 'files.completeUploadExternal', kind: 'never-shared' });
    const id = await upload(product);
    expect(await complete(product, id)).toMatchObject({ ok: true });
    expect(product.slack.channel('general').messages()).toEqual([]);
  });

  it('with words beside it cannot be given blocks of another kind later', async () => {
    await using product = await openSampleProduct();
    await complete(product, await upload(product), { initial_comment: 'Here' });
    const channel = product.slack.channel('general');
    const ts = channel.messages()[0]?.ts;
    const blocks = [{ type: 'divider' }];
    expect(await product.call('chat.update', { channel: channel.id, ts, text: 'x', blocks })).toMatchObject({ error: 'block_mismatch' });
  });

  it('can be deleted by the bot, once', async () => {
    await using product = await openSampleProduct();
    const id = await upload(product);
    await complete(product, id);
    expect(await product.call('files.delete', { file: id })).toEqual({ ok: true });
    expect(await product.call('files.delete', { file: id })).toMatchObject({ error: 'file_deleted' });
    expect(product.slack.channel('general').text()).toContain('(a file that was deleted)');
  });

  it('shows in a block only when it is ready and shared', async () => {
    await using product = await openSampleProduct({ processingDelayMs: 1000 });
    const { slack, call } = product;
    const id = await upload(product);
    await complete(product, id);
    const post = () =>
      call('chat.postMessage', {
        channel: slack.channel('general').id,
        text: 'x',
        blocks: [{ type: 'image', alt_text: 'a cat', slack_file: { id } }],
      });
    expect(await post()).toMatchObject({ ok: false, error: 'invalid_blocks' });
    slack.clock.advance(1000);
    expect(await post()).toMatchObject({ ok: true });
    const { upload_url: url, file_id: unshared } = await ask(product);
    await fetch(url, { method: 'POST', body: PNG });
    await complete(product, unshared, { channel_id: undefined });
    slack.clock.advance(1000);
    const blocks = [{ type: 'image', alt_text: 'a cat', slack_file: { id: unshared } }];
    const channel = slack.channel('general').id;
    expect(await call('chat.postMessage', { channel, text: 'x', blocks })).toMatchObject({ error: 'invalid_blocks' });
    expect(slack.violations).toEqual([]);
  });
});

describe('a file of a person', () => {
  async function posted(plan: Partial<FilePlan> = {}, channel = 'general') {
    const product = await openSampleProduct();
    const { message } = await product.slack.person('lan').posts('look', { in: channel, files: [{ name: 'cat.png', bytes: PNG, ...plan }] });
    const file = product.slack.files.get(message.fileIds[0] ?? '');
    if (file === undefined) throw new Error('the message has no file');
    const address = `${product.slack.origin}/files-pri/${file.teamId}-${file.id}/cat.png`;
    const get = (token: string | undefined, init: RequestInit = {}) =>
      fetch(address, { ...init, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
    return { product, file, get, [Symbol.asyncDispose]: product[Symbol.asyncDispose] };
  }

  it('comes with a message, with all that Slack knows of it', async () => {
    await using made = await posted();
    const { product, file } = made;
    const event = product.arrived.find(({ payload }) => JSON.stringify(payload).includes('file_share'))?.payload['event'];
    expect(event).toMatchObject({
      subtype: 'file_share',
      channel_type: 'channel',
      files: [{ id: file.id, mimetype: 'image/png', original_w: 1024 }],
    });
    expect(event).not.toHaveProperty('team');
  });

  it('is read with a token that may see it', async () => {
    await using made = await posted();
    const { product, get } = made;
    const answer = await get(product.slack.botToken());
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
  });

  it.each<[name: string, plan: Partial<FilePlan>, token: 'none' | 'bot', contentType: string]>([
    ['without a token', {}, 'none', 'text/html; charset=utf-8'],
    ['when Slack wants somebody to log in', { download: 'login-page' }, 'bot', 'text/html; charset=utf-8'],
  ])('is a login page with 200 %s', async (_name, plan, token, contentType) => {
    await using made = await posted(plan);
    const { product, get } = made;
    const answer = await get(token === 'none' ? undefined : product.slack.botToken());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, contentType]);
    expect(await answer.text()).toContain('Login');
  });

  it('is a login page that calls itself a picture when the scope is missing', async () => {
    await using made = await posted();
    const { product, get } = made;
    product.slack.withoutScopes(['files:read']);
    const answer = await get(product.slack.botToken());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await answer.text()).toContain('Login');
  });

  it('leads elsewhere, where a token has no business', async () => {
    await using made = await posted({ download: 'redirect-elsewhere' });
    const { product, get } = made;
    const answer = await get(product.slack.botToken(), { redirect: 'manual' });
    expect(answer.status).toBe(302);
    await fetch(answer.headers.get('location') ?? '');
    expect(product.slack.violations).toEqual([]);
    await fetch(answer.headers.get('location') ?? '', { headers: { authorization: 'Bearer secret' } });
    expect(product.slack.violations).toMatchObject([{ rule: 'token sent elsewhere' }]);
    expect(product.slack.elsewhere).toHaveLength(2);
  });

  it('breaks off in its middle, or is gone', async () => {
    await using cut = await posted({ download: 'cut' });
    await expect(cut.get(cut.product.slack.botToken()).then((answer) => answer.arrayBuffer())).rejects.toThrow('terminated');
    await using gone = await posted({ download: 'gone' });
    expect((await gone.get(gone.product.slack.botToken())).status).toBe(404);
  });

  it('may lie about what it is, be too fresh to say, or live outside of Slack', async () => {
    await using lying = await posted({ name: 'cat.png', bytes: Buffer.from('<html>'), mimetype: 'image/png' });
    expect(await lying.product.call('files.info', { file: lying.file.id })).toMatchObject({ file: { mimetype: 'image/png', size: 6 } });
    await using fresh = await posted({ isFresh: true });
    expect(await fresh.product.call('files.info', { file: fresh.file.id })).toMatchObject({ file: { mimetype: '', filetype: '' } });
    await using outside = await posted({ mode: 'external' });
    const { file } = shown.parse(await outside.product.call('files.info', { file: outside.file.id }));
    expect(file).toMatchObject({ mode: 'external', is_external: true });
    expect(file.url_private_download).toBeUndefined();
  });

  it('is not found once it was deleted, and was never there in a channel that the bot is not in', async () => {
    await using made = await posted();
    const { product, file, get } = made;
    product.slack.person('lan').removesFile(file);
    expect(await product.call('files.info', { file: file.id })).toMatchObject({ error: 'file_deleted' });
    expect((await get(product.slack.botToken())).status).toBe(404);
    await using hidden = await posted({}, 'secret');
    expect(await hidden.product.call('files.info', { file: hidden.file.id })).toMatchObject({ error: 'file_not_found' });
    expect(await (await hidden.get(hidden.product.slack.botToken())).text()).toContain('Login');
  });
});

describe('a file of another workspace in a shared channel', () => {
  const teams = [
    { name: 'guests', people: [{ name: 'mai', locale: 'vi-VN' }], channels: [], hasApp: false },
    { name: 'nha', people: [{ name: 'lan' }], channels: [{ name: 'bridge', sharedWith: ['guests'] }] },
  ];

  it.each([
    ['is shown by files.info', false],
    ['may be denied', true],
  ])('is only a name in the event, and %s', async (_name, isDenied) => {
    await using product = await openSampleProduct({ teams });
    const { slack, call, arrived } = product;
    const token = slack.botToken('nha');
    const { message } = await slack.person('mai').posts('look', { in: 'bridge', files: [{ name: 'cat.png', bytes: PNG, isDenied }] });
    const [id = ''] = message.fileIds;
    expect(arrived[0]?.payload).toMatchObject({
      is_ext_shared_channel: true,
      event: { files: [{ id, mode: 'file_access', file_access: 'check_file_info' }] },
    });
    expect(arrived.some(({ payload }) => JSON.stringify(payload).includes('file_shared'))).toBe(false);
    const answer = await call('files.info', { file: id }, token);
    expect(answer).toMatchObject(isDenied ? { ok: false, error: 'access_denied' } : { ok: true, file: { mode: 'hosted' } });
  });
});
