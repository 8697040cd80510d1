import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleManifest } from './sample-manifest.ts';
import { openSampleProduct, type Args, type SampleProduct } from './sample-product.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const words = (changes: object = {}) => ({
  type: 'input',
  block_id: 'prompt',
  label: plain('Prompt'),
  element: { type: 'plain_text_input', action_id: 'words', ...changes },
});
const option = (label: string) => ({ text: plain(label), value: label });
const ratio = {
  type: 'input',
  block_id: 'ratio',
  optional: true,
  label: plain('Ratio'),
  element: { type: 'static_select', action_id: 'ratio', options: [option('1:1'), option('16:9')], initial_option: option('1:1') },
};
const modal = (changes: object = {}) => ({
  type: 'modal',
  callback_id: 'edit',
  title: plain('Again'),
  submit: plain('Go'),
  close: plain('Cancel'),
  blocks: [words(), ratio],
  ...changes,
});
const home = { type: 'home', blocks: [{ type: 'header', text: plain('Your pictures') }] };

/** What came with the newest interaction. */
const last = ({ arrived }: SampleProduct, name: 'trigger_id' | 'response_url'): string =>
  String(arrived.findLast(({ payload }) => name in payload)?.payload[name]);

async function openModal(product: SampleProduct, view: object = modal()) {
  await product.slack.person('lan').usesShortcut('Imagine');
  return product.call('views.open', { trigger_id: last(product, 'trigger_id'), view });
}

describe('a modal', () => {
  it('is opened with a trigger, filled, and sent with what every field holds', async () => {
    await using product = await openSampleProduct();
    await openModal(product, modal({ private_metadata: '{"job":1}' }));
    await product.slack.person('lan').submits({ Prompt: 'con mèo' });
    expect(product.arrived.at(-1)?.payload).toMatchObject({
      type: 'view_submission',
      user: { name: 'lan' },
      view: {
        callback_id: 'edit',
        private_metadata: '{"job":1}',
        state: {
          values: {
            prompt: { words: { type: 'plain_text_input', value: 'con mèo' } },
            ratio: { ratio: { type: 'static_select', selected_option: { value: '1:1' } } },
          },
        },
      },
    });
    expect(product.slack.modalText('lan')).toBe('');
  });

  it.each<[name: string, blocks: object[], values: { readonly [field: string]: string }, says: string]>([
    ['a field that has to be filled', [words()], {}, 'please complete this required field'],
    ['more than a field takes', [words({ max_length: 3 })], { Prompt: 'abcd' }, 'at most 3'],
    ['less than a field takes', [words({ min_length: 3 })], { Prompt: 'ab' }, 'at least 3'],
    ['a choice that there is not', [ratio], { Ratio: '2:1' }, 'no choice “2:1”'],
    ['a field that there is not', [ratio], { Size: '1' }, 'no field Size'],
  ])('is not sent with %s', async (_name, blocks, values, says) => {
    await using product = await openSampleProduct();
    await openModal(product, modal({ blocks }));
    await expect(product.slack.person('lan').submits(values)).rejects.toThrow(says);
    expect(product.arrived).toHaveLength(1);
  });

  it('takes files of the person, and says too large above 10 MB', async () => {
    await using product = await openSampleProduct();
    const field = { ...words(), label: plain('Picture'), element: { type: 'file_input', action_id: 'file', max_files: 1 } };
    await openModal(product, modal({ blocks: [field] }));
    const lan = product.slack.person('lan');
    const heavy = lan.submits({ Picture: { files: [{ name: 'a.png', bytes: Buffer.alloc(10_000_001) }] } });
    await expect(heavy).rejects.toThrow('too large');
    await lan.submits({ Picture: { files: [{ name: 'cat.png', bytes: Buffer.from('x') }] } });
    expect(product.arrived.at(-1)?.payload).toMatchObject({
      view: {
        state: { values: { prompt: { file: { type: 'file_input', files: [{ name: 'cat.png', mimetype: 'image/png', size: 1 }] } } } },
      },
    });
    const file = [...product.slack.files.values()].at(-1);
    expect(await product.call('files.info', { file: file?.id })).toMatchObject({ ok: true });
    const headers = { authorization: `Bearer ${product.slack.botToken()}` };
    const address = `${product.slack.origin}/files-pri/${file?.teamId}-${file?.id}/cat.png`;
    expect(await (await fetch(address, { headers })).text()).toBe('x');
  });

  it('stays with its mistakes, becomes another one, gets one on top, or goes with all below it', async () => {
    await using product = await openSampleProduct();
    const { slack } = product;
    const lan = slack.person('lan');
    await openModal(product);
    product.says(() => ({ response_action: 'errors', errors: { prompt: 'Too short' } }));
    await lan.submits({ Prompt: 'x' });
    expect(slack.modalText('lan')).toContain('! prompt: Too short');
    product.says(() => ({ response_action: 'update', view: modal({ title: plain('Price') }) }));
    await lan.submits({ Prompt: 'x' });
    expect(slack.modalText('lan')).toContain('== Price ==');
    product.says(() => ({ response_action: 'push', view: modal({ title: plain('Sure?') }) }));
    await lan.submits({ Prompt: 'x' });
    await lan.closes();
    expect(slack.modalText('lan')).toContain('== Price ==');
    product.says(() => ({ response_action: 'clear' }));
    await lan.submits({ Prompt: 'x' });
    expect(slack.modalText('lan')).toBe('');
    expect(slack.violations).toEqual([]);
  });

  it.each<[name: string, response: Args]>([
    ['a mistake at a field that there is not', { response_action: 'errors', errors: { size: 'x' } }],
    ['no mistake among the mistakes', { response_action: 'errors', errors: {} }],
    ['an action that there is not', { response_action: 'close' }],
    ['something else', { text: 'thanks' }],
  ])('must not be answered with %s', async (_name, response) => {
    await using product = await openSampleProduct();
    await openModal(product);
    product.says(() => ({ ...response }));
    await product.slack.person('lan').submits({ Prompt: 'x' });
    expect(product.slack.violations).toHaveLength(1);
  });

  it('is opened once with a trigger, and within three seconds', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    await openModal(product);
    const again = { trigger_id: last(product, 'trigger_id'), view: modal() };
    expect(await call('views.open', again)).toMatchObject({ error: 'exchanged_trigger_id' });
    await slack.person('lan').usesShortcut('Imagine');
    slack.clock.advance(3000);
    expect(await call('views.open', { trigger_id: last(product, 'trigger_id'), view: modal() })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await call('views.open', { trigger_id: 'made-up', view: modal() })).toMatchObject({ error: 'invalid_trigger_id' });
    expect(slack.violations).toEqual([]);
  });

  it('has two others on top at most, each asked for from inside', async () => {
    await using product = await openSampleProduct();
    const { call } = product;
    const button = { type: 'button', text: plain('More'), action_id: 'more' };
    const view = modal({ blocks: [{ type: 'actions', elements: [button] }] });
    await openModal(product, view);
    const lan = product.slack.person('lan');
    const push = async () => {
      await lan.pressesInView('More');
      return call('views.push', { trigger_id: last(product, 'trigger_id'), view });
    };
    expect([await push(), await push(), await push()]).toMatchObject([{ ok: true }, { ok: true }, { error: 'push_limit_reached' }]);
    await lan.usesShortcut('Imagine');
    expect(await call('views.push', { trigger_id: last(product, 'trigger_id'), view })).toMatchObject({ error: 'not_found' });
  });

  it('is updated by its id or own name, unless it has changed meanwhile', async () => {
    await using product = await openSampleProduct();
    const { view } = z
      .object({ view: z.object({ id: z.string(), hash: z.string() }) })
      .parse(await openModal(product, modal({ external_id: 'job-1' })));
    const update = (args: Args) => product.call('views.update', { view: modal({ title: plain('New'), external_id: 'job-1' }), ...args });
    expect(await update({ view_id: view.id, hash: view.hash })).toMatchObject({ ok: true });
    expect(await update({ view_id: view.id, hash: view.hash })).toMatchObject({ error: 'hash_conflict' });
    expect(await update({ external_id: 'job-1' })).toMatchObject({ ok: true, view: { id: view.id } });
    expect(await update({ external_id: 'job-2' })).toMatchObject({ error: 'not_found' });
  });

  it('tells that it was closed when it was asked to', async () => {
    await using product = await openSampleProduct();
    await openModal(product, modal({ notify_on_close: true }));
    await product.slack.person('lan').closes();
    expect(product.arrived.at(-1)?.payload).toMatchObject({ type: 'view_closed', is_cleared: false, view: { callback_id: 'edit' } });
  });
});

describe('the app’s home', () => {
  it('is asked for when a person opens it, and is theirs alone', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const lan = slack.person('lan');
    await lan.opensHome();
    expect(product.arrived.at(-1)?.payload['event']).toMatchObject({ type: 'app_home_opened', tab: 'home', user: lan.id });
    expect(await call('views.publish', { user_id: lan.id, view: home })).toMatchObject({ ok: true, view: { type: 'home' } });
    expect([slack.homeText('lan'), slack.homeText('sam')]).toEqual(['== Home ==\n# Your pictures', '']);
    await lan.opensHome();
    expect(product.arrived.at(-1)?.payload['event']).toMatchObject({ view: { type: 'home' } });
  });

  it('is not there when the manifest has none', async () => {
    const manifest = sampleManifest('socket', { features: { app_home: { home_tab_enabled: false } } });
    await using product = await openSampleProduct({ manifest });
    expect(await product.call('views.publish', { user_id: product.slack.person('lan').id, view: home })).toMatchObject({
      error: 'not_enabled',
    });
  });
});

describe('a button on a message', () => {
  const elements = [{ type: 'button', text: plain('Again'), action_id: 'again', value: 'job-1', style: 'primary' }];
  const blocks = [{ type: 'actions', block_id: 'row', elements }];

  async function posted(product: SampleProduct) {
    const { slack, call } = product;
    const answer = await call('chat.postMessage', { channel: slack.channel('general').id, text: 'done', blocks });
    return String(answer['ts']);
  }

  it('tells which one it was, on which message, with a trigger and an address to answer', async () => {
    await using product = await openSampleProduct();
    const ts = await posted(product);
    await product.slack.person('sam').presses('Again');
    expect(product.arrived.at(-1)?.payload).toMatchObject({
      type: 'block_actions',
      user: { username: 'sam' },
      container: { type: 'message', message_ts: ts, is_ephemeral: false },
      message: { ts, text: 'done' },
      actions: [{ action_id: 'again', block_id: 'row', value: 'job-1', type: 'button', text: { text: 'Again' } }],
    });
  });

  it('cannot be pressed by somebody who does not see it, nor after it is gone', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const ts = await posted(product);
    await expect(slack.person('lan').presses('Delete')).rejects.toThrow('only Again');
    await call('chat.delete', { channel: slack.channel('general').id, ts });
    await expect(slack.person('lan').presses('Again')).rejects.toThrow('nothing to press');
  });

  it('of a message that only one person sees tells no more than where it was', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const lan = slack.person('lan');
    await call('chat.postEphemeral', { channel: slack.channel('general').id, user: lan.id, text: 'sure?', blocks });
    await expect(slack.person('sam').presses('Again')).rejects.toThrow('nothing to press');
    await lan.presses('Again');
    expect(product.arrived.at(-1)?.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(product.arrived.at(-1)?.payload).not.toHaveProperty('message');
  });
});

describe('a response_url', () => {
  const respond = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  it('speaks five times, to the one person or to all', async () => {
    await using product = await openSampleProduct();
    const lan = product.slack.person('lan');
    await lan.types('/imagine a cat', { in: 'garden' });
    const url = last(product, 'response_url');
    for (const response_type of ['ephemeral', 'in_channel', 'ephemeral', 'ephemeral', 'ephemeral']) {
      expect((await respond(url, { text: response_type, response_type })).status).toBe(200);
    }
    const sixth = await respond(url, { text: 'once more' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(product.slack.channel('garden').text('sam')).toBe('#garden\nhoami: in_channel');
  });

  it('ends after thirty minutes', async () => {
    await using product = await openSampleProduct();
    await product.slack.person('lan').types('/imagine a cat', { in: 'general' });
    product.slack.clock.advance(30 * 60_000);
    const answer = await respond(last(product, 'response_url'), { text: 'late' });
    expect([answer.status, await answer.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('replaces or deletes the message whose button was pressed', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const blocks = [{ type: 'actions', elements: [{ type: 'button', text: plain('Cancel'), action_id: 'cancel' }] }];
    await call('chat.postMessage', { channel: slack.channel('general').id, text: 'painting', blocks });
    await slack.person('lan').presses('Cancel');
    await respond(last(product, 'response_url'), { replace_original: true, text: 'Cancelled' });
    expect(slack.channel('general').text()).toBe('#general\nhoami: Cancelled (edited)');
    await respond(last(product, 'response_url'), { delete_original: true });
    expect(slack.channel('general').text()).toBe('#general');
  });

  it('shows no file of Slack, not even one that a message could show', async () => {
    await using product = await openSampleProduct();
    const { slack } = product;
    const lan = slack.person('lan');
    const { message } = await lan.posts('look', { in: 'general', files: [{ name: 'cat.png', bytes: Buffer.from('x') }] });
    const blocks = [{ type: 'image', alt_text: 'a cat', slack_file: { id: message.fileIds[0] } }];
    await lan.types('/imagine a cat', { in: 'general' });
    expect((await respond(last(product, 'response_url'), { text: 'x', blocks })).status).toBe(400);
    const channel = slack.channel('general').id;
    expect(await product.call('chat.postMessage', { channel, text: 'x', blocks })).toMatchObject({ ok: true });
  });

  it.each<[name: string, body: object, status: number]>([
    ['a member that there is not', { text: 'x', colour: 'red' }, 404],
    ['nothing', {}, 404],
  ])('takes no %s', async (_name, body, status) => {
    await using product = await openSampleProduct();
    await product.slack.person('lan').types('/imagine a cat', { in: 'general' });
    expect((await respond(last(product, 'response_url'), body)).status).toBe(status);
    expect(product.slack.channel('general').text()).toBe('#general');
  });
});

describe('people', () => {
  it('cannot do what Slack’s window does not let them', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const lan = slack.person('lan');
    await expect(lan.types('/paint a cat', { in: 'general' })).rejects.toThrow('not a valid command');
    await expect(lan.posts('hello', { in: 'attic' })).rejects.toThrow('cannot write');
    await expect(lan.usesShortcut('Delete')).rejects.toThrow('no global shortcut Delete');
    await call('chat.postMessage', { channel: slack.channel('general').id, text: 'the bot’s' });
    const [message] = slack.channel('general').messages();
    if (message === undefined) throw new Error('there is no message');
    expect(() => lan.deletes(message)).toThrow('admins');
    slack.person('sam').deletes(message);
    expect(slack.channel('general').messages()).toEqual([]);
  });

  it('invite the bot and remove it', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const channel = slack.channel('garden').id;
    slack.person('lan').invitesBot('garden');
    expect(await call('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: true });
    slack.person('lan').removesBot('garden');
    expect(await call('chat.postMessage', { channel, text: 'x' })).toMatchObject({ error: 'not_in_channel' });
  });

  it('and everything around them can be looked at as plain JSON, which says when it changed', async () => {
    await using product = await openSampleProduct();
    let changes = 0;
    const stop = product.slack.onChange(() => {
      changes += 1;
    });
    await product.slack.person('lan').posts('hello', { in: 'general' });
    expect(changes).toBeGreaterThan(0);
    stop();
    const before = changes;
    await openModal(product);
    expect(changes).toBe(before);
    const view: unknown = JSON.parse(JSON.stringify(product.slack.view()));
    expect(view).toMatchObject({
      teams: [{ name: 'nha', hasApp: true }],
      channels: expect.arrayContaining([
        expect.objectContaining({ name: 'general', messages: [expect.objectContaining({ text: 'hello' })] }),
      ]),
      people: expect.arrayContaining([
        expect.objectContaining({ name: 'lan', modals: [expect.objectContaining({ callback_id: 'edit' })] }),
      ]),
    });
  });
});
