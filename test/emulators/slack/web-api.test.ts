import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openSampleProduct, type Args } from './sample-product.ts';

const NOWHERE = 'C0NOWHERE00';

describe('a call of the Web API', () => {
  it.each([
    ['no token', '', 'not_authed'],
    ['a token that nobody gave out', 'xoxb-wrong', 'invalid_auth'],
    ['the app’s own token', 'app', 'not_allowed_token_type'],
  ])('with %s is refused', async (_name, token, error) => {
    await using product = await openSampleProduct();
    const given = token === 'app' ? product.slack.appToken : token;
    expect(await product.call('auth.test', {}, given)).toMatchObject({ ok: false, error });
  });

  it('says who the bot is, and which scopes it has, in the headers too', async () => {
    await using product = await openSampleProduct();
    const answer = await product.post('auth.test');
    expect(answer.headers.get('x-oauth-scopes')).toContain('chat:write');
    expect(await answer.json()).toMatchObject({ ok: true, team: 'nha', user: 'hoami', bot_id: product.slack.team().app?.botId });
  });

  it.each<[name: string, method: string, args: Args, about: string]>([
    ['an argument that Slack does not know', 'chat.postMessage', { channel: 'C', text: 'x', alt_text: 'y' }, 'unknown argument: alt_text'],
    ['a missing argument', 'chat.postMessage', { text: 'x' }, 'channel'],
    ['a ts that is none', 'chat.update', { channel: 'C', ts: '12', text: 'x' }, 'must be the ts of a message'],
    ['metadata that is no object', 'chat.postMessage', { channel: 'C', text: 'x', metadata: 'job' }, 'metadata'],
    ['a flag that is neither true nor false', 'chat.postMessage', { channel: 'C', text: 'x', unfurl_links: 'yes' }, 'unfurl_links'],
  ])('with %s is invalid and held against the product', async (_name, method, args, about) => {
    await using product = await openSampleProduct();
    const answer = await product.call(method, args);
    expect(answer).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(JSON.stringify(answer['response_metadata'])).toContain(about);
    expect(product.slack.violations).toMatchObject([{ rule: 'invalid_arguments' }]);
  });

  it('comes as a form that is posted, each field once', async () => {
    await using product = await openSampleProduct();
    const { slack } = product;
    const authorization = `Bearer ${slack.botToken()}`;
    const send = async (init: RequestInit) => (await fetch(`${slack.apiUrl}auth.test`, init)).json();
    const json = { 'content-type': 'application/json', authorization };
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization };
    expect(await send({ method: 'POST', headers: json, body: '{}' })).toEqual({ ok: false, error: 'invalid_post_type' });
    expect(await send({ headers: form })).toEqual({ ok: false, error: 'invalid_http_method' });
    expect(await send({ method: 'POST', headers: form, body: 'a=1&a=2' })).toEqual({ ok: false, error: 'duplicate_field_a' });
  });

  it('needs the scope of its method, and is told which', async () => {
    await using product = await openSampleProduct();
    product.slack.withoutScopes(['chat:write']);
    const answer = await product.call('chat.postMessage', { channel: product.slack.channel('general').id, text: 'x' });
    expect(answer).toMatchObject({ ok: false, error: 'missing_scope', needed: 'chat:write' });
    expect(String(answer['provided'])).toContain('files:write');
    expect(product.slack.violations).toEqual([]);
  });

  it('needs the scope for the kind of conversation, not for any', async () => {
    await using product = await openSampleProduct();
    product.slack.withoutScopes(['groups:history']);
    const channel = product.slack.channel('studio').id;
    const answer = await product.call('conversations.history', { channel });
    expect(answer).toMatchObject({ ok: false, error: 'missing_scope', needed: 'groups:history' });
    expect(await product.call('conversations.info', { channel: product.slack.channel('general').id })).toMatchObject({ ok: true });
  });

  it('names its own workspace when it names one, as Bolt’s clients do', async () => {
    await using product = await openSampleProduct();
    expect(await product.call('auth.test', { team_id: product.slack.team().id })).toMatchObject({ ok: true });
    expect(await product.call('auth.test', { team_id: 'T0OTHER' })).toMatchObject({ ok: false, error: 'team_not_found' });
  });

  it('ends when its token was revoked, or the workspace went away', async () => {
    await using product = await openSampleProduct();
    const token = product.slack.botToken();
    product.slack.revokeTokens(undefined, 'account_inactive');
    expect(await product.call('auth.test', {}, token)).toEqual({ ok: false, error: 'account_inactive' });
  });
});

describe('writing to a channel', () => {
  it.each([
    ['garden', 'a public one that it is not in', 'not_in_channel'],
    ['secret', 'a private one that it is not in', 'channel_not_found'],
    ['attic', 'one that was archived', 'is_archived'],
  ])('#%s, %s', async (name, _what, error) => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const channel = [...slack.parts.world.channels.values()].find((known) => known.name === name)?.id;
    expect(await call('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: false, error });
    expect(slack.violations).toEqual([]);
  });

  it('goes once the bot has joined, or when it may write to public ones from outside', async () => {
    await using product = await openSampleProduct();
    const channel = product.slack.channel('garden').id;
    product.slack.team().app?.scopes.add('chat:write.public');
    expect(await product.call('chat.postMessage', { channel, text: 'x' })).toMatchObject({ ok: true });
    expect(await product.call('chat.postEphemeral', { channel, text: 'x', user: product.slack.person('lan').id })).toMatchObject({
      error: 'not_in_channel',
    });
    expect(await product.call('conversations.join', { channel })).toMatchObject({ ok: true, channel: { is_member: true } });
    expect(await product.call('conversations.join', { channel })).toMatchObject({ ok: true, warning: 'already_in_channel' });
    const shown = await product.call('chat.postEphemeral', { channel, text: 'only you', user: product.slack.person('lan').id });
    expect(shown).toMatchObject({ ok: true });
    expect(product.slack.channel('garden').text('sam')).not.toContain('only you');
    expect(product.slack.channel('garden').text('lan')).toContain('only you');
  });

  it('joins nothing private and nothing archived', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    expect(await call('conversations.join', { channel: slack.channel('studio').id })).toMatchObject({
      error: 'method_not_supported_for_channel_type',
    });
    expect(await call('conversations.join', { channel: slack.channel('attic').id })).toMatchObject({ error: 'is_archived' });
    expect(await call('conversations.join', { channel: NOWHERE })).toMatchObject({ error: 'channel_not_found' });
  });

  it('reaches a person through the conversation that it opens with them', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const opened = await call('conversations.open', { users: slack.person('lan').id });
    const { id } = z.object({ id: z.string() }).parse(opened['channel']);
    expect(await call('chat.postMessage', { channel: id, text: 'Chào Lan' })).toMatchObject({ ok: true, channel: id });
    expect(slack.direct('lan').text()).toContain('hoami: Chào Lan');
    expect(await call('conversations.open', { users: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });
});

describe('a message of the bot', () => {
  async function posted(args: Args = {}) {
    const product = await openSampleProduct();
    const channel = product.slack.channel('general').id;
    const answer = await product.call('chat.postMessage', { channel, text: 'first', ...args });
    return { product, channel, ts: String(answer['ts']), [Symbol.asyncDispose]: product[Symbol.asyncDispose] };
  }

  it('can be found again by its metadata, which is shown only to those who ask', async () => {
    await using made = await posted({ metadata: { event_type: 'job', event_payload: { id: 'r1' } } });
    const { product, channel, ts } = made;
    const whole = await product.call('conversations.replies', { channel, ts, include_all_metadata: true });
    expect(whole).toMatchObject({ messages: [{ ts, metadata: { event_payload: { id: 'r1' } } }] });
    const bare = await product.call('conversations.replies', { channel, ts });
    expect(JSON.stringify(bare)).not.toContain('r1');
  });

  it('loses its blocks when only text is said, and keeps its text when only blocks are', async () => {
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'block' } }];
    await using made = await posted({ blocks });
    const { product, channel, ts } = made;
    expect(await product.call('chat.update', { channel, ts, text: 'second' })).toMatchObject({ ok: true, text: 'second' });
    expect(product.slack.channel('general').text()).toBe('#general\nhoami: second (edited)');
    await product.call('chat.update', { channel, ts, text: 'second', blocks });
    expect(product.slack.channel('general').text()).toBe('#general\nhoami: block (edited)');
  });

  it.each<[name: string, args: Args, error: string]>([
    ['nothing', {}, 'no_text'],
    ['more than 4,000 characters', { text: 'x'.repeat(4001) }, 'msg_too_long'],
  ])('cannot be changed into %s', async (_name, args, error) => {
    await using made = await posted();
    const { product, channel, ts } = made;
    expect(await product.call('chat.update', { channel, ts, ...args })).toMatchObject({ ok: false, error });
    expect(product.slack.violations).not.toEqual([]);
  });

  it('is changed and deleted by nobody else, and gone when it was deleted', async () => {
    await using made = await posted();
    const { product, channel, ts } = made;
    const { message } = await product.slack.person('lan').posts('mine', { in: 'general' });
    expect(await product.call('chat.update', { channel, ts: message.ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' });
    expect(await product.call('chat.delete', { channel, ts: message.ts })).toMatchObject({ error: 'cant_delete_message' });
    expect(await product.call('chat.delete', { channel, ts })).toMatchObject({ ok: true });
    expect(await product.call('chat.delete', { channel, ts })).toMatchObject({ error: 'message_not_found' });
    expect(await product.call('chat.getPermalink', { channel, message_ts: ts })).toMatchObject({ error: 'message_not_found' });
  });

  it('cannot be answered in its thread when it was deleted, and a reply is no thread', async () => {
    await using made = await posted();
    const { product, channel, ts } = made;
    const reply = await product.call('chat.postMessage', { channel, text: 'reply', thread_ts: ts });
    await product.call('chat.postMessage', { channel, text: 'below', thread_ts: String(reply['ts']) });
    expect(product.slack.violations).toMatchObject([{ rule: 'thread_ts' }]);
    expect(product.slack.channel('general').text()).toBe('#general\nhoami: first\n  ↳ hoami: reply\n  ↳ hoami: below');
    await product.call('chat.delete', { channel, ts });
    expect(await product.call('chat.postMessage', { channel, text: 'late', thread_ts: ts })).toMatchObject({ error: 'thread_not_found' });
  });

  it('shows what the app is doing until it answers, or for two minutes', async () => {
    await using made = await posted();
    const { product, channel, ts } = made;
    const { slack, call } = product;
    const status = { channel_id: channel, thread_ts: ts, status: 'is painting' };
    await call('assistant.threads.setStatus', status);
    slack.clock.advance(119_000);
    expect(slack.channel('general').text()).toContain('… is painting');
    slack.clock.advance(2000);
    expect(slack.channel('general').text()).not.toContain('…');
    await call('assistant.threads.setStatus', status);
    await call('chat.postMessage', { channel, text: 'done', thread_ts: ts });
    expect(slack.channel('general').text()).not.toContain('…');
    expect(await call('assistant.threads.setStatus', { ...status, thread_ts: '1700000000.000000' })).toMatchObject({
      error: 'invalid_thread_ts',
    });
  });

  it.each<[name: string, args: Args, rule: string]>([
    ['calls everybody', { text: 'look <!channel>' }, 'calls everybody'],
    ['calls everybody through typed names', { text: 'look @here', link_names: true }, 'calls everybody'],
    [
      'calls everybody from a block',
      { text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!everyone>' } }] },
      'calls everybody',
    ],
    ['has a bare angle bracket', { text: 'a <b> c' }, 'unescaped text'],
    ['has a bare ampersand', { text: 'salt & pepper' }, 'unescaped text'],
    ['has blocks and no text', { text: undefined, blocks: [{ type: 'divider' }] }, 'no fallback text'],
    ['is longer than what people read', { text: 'x'.repeat(4001) }, 'text too long'],
  ])('is held against the product when it %s', async (_name, args, rule) => {
    await using made = await posted(args);
    const { product } = made;
    expect(product.slack.violations.map((violation) => violation.rule)).toEqual([rule]);
  });

  it('may quote, link and mention one person', async () => {
    await using made = await posted({ text: '&gt; quoted\n> shown as a quote <https://a.example|link> <@U0LAN000000>: a &amp; b' });
    const { product } = made;
    expect(product.slack.violations).toEqual([]);
    expect(product.slack.mentions).toEqual([{ target: 'U0LAN000000', where: 'chat.postMessage' }]);
  });
});

describe('people as the app sees them', () => {
  it('have a language when it asks for it', async () => {
    await using product = await openSampleProduct();
    const user = product.slack.person('lan').id;
    expect(await product.call('users.info', { user, include_locale: true })).toMatchObject({ user: { locale: 'vi-VN', is_admin: false } });
    expect(JSON.stringify(await product.call('users.info', { user }))).not.toContain('vi-VN');
    expect(await product.call('users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });
});

describe('smaller questions', () => {
  it('where a message is, what it was given, and which channels the bot is in', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const channel = slack.channel('general').id;
    const { ts } = await call('chat.postMessage', { channel, text: 'x' });
    const link = await call('chat.getPermalink', { channel, message_ts: String(ts) });
    expect(link['permalink']).toBe(`https://nha.slack.example/archives/${channel}/p${String(ts).replace('.', '')}`);
    const eyes = { channel, timestamp: String(ts), name: 'eyes' };
    expect([await call('reactions.add', eyes), await call('reactions.add', eyes)]).toMatchObject([
      { ok: true },
      { error: 'already_reacted' },
    ]);
    expect(slack.channel('general').text()).toContain(':eyes:');
    expect(await call('users.conversations', { types: 'public_channel' })).toMatchObject({
      channels: [{ name: 'general' }, { name: 'attic', is_archived: true }],
    });
    expect(await call('users.conversations', { types: 'private_channel' })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:read',
    });
    const botId = slack.team().app?.botId;
    expect(await call('bots.info', { bot: botId })).toMatchObject({ bot: { name: 'hoami', app_id: slack.parts.world.appId } });
    expect(await call('bots.info', { bot: 'B0OTHER' })).toMatchObject({ error: 'bot_not_found' });
  });

  it('a message in an archived channel stays as it is', async () => {
    await using product = await openSampleProduct();
    const { slack, call } = product;
    const { id: channel, channel: general } = slack.channel('general');
    const { ts } = await call('chat.postMessage', { channel, text: 'x' });
    general.isArchived = true;
    expect(await call('chat.update', { channel, ts: String(ts), text: 'y' })).toMatchObject({ error: 'is_inactive' });
  });

  it('a message for one person goes to nobody who is not there', async () => {
    await using product = await openSampleProduct({ channels: [{ name: 'den', members: ['lan'] }] });
    const { slack, call } = product;
    const sam = slack.person('sam').id;
    const channel = slack.channel('den').id;
    expect(await call('chat.postEphemeral', { channel, user: sam, text: 'x' })).toMatchObject({ error: 'user_not_in_channel' });
  });

  it('a token ends when the app gives it back', async () => {
    await using product = await openSampleProduct();
    const token = product.slack.botToken();
    expect(await product.call('auth.revoke', { test: true }, token)).toEqual({ ok: true, revoked: false });
    expect(await product.call('auth.revoke', {}, token)).toEqual({ ok: true, revoked: true });
    expect(await product.call('auth.test', {}, token)).toEqual({ ok: false, error: 'token_revoked' });
    expect(product.slack.secretValues()).toContain(token);
  });
});

describe('two workspaces', () => {
  const people = (name: string) => [{ name, locale: 'en-US' }];
  const teams = [
    { name: 'one', people: people('ann'), channels: [{ name: 'first' }] },
    { name: 'two', people: people('bob'), channels: [{ name: 'second' }] },
  ];

  it('see nothing of each other', async () => {
    await using product = await openSampleProduct({ teams });
    const { slack, call, arrived } = product;
    const token = slack.botToken('two');
    expect(await call('chat.postMessage', { channel: slack.channel('first', 'one').id, text: 'x' }, token)).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await call('users.info', { user: slack.person('ann').id }, token)).toMatchObject({ error: 'user_not_visible' });
    await slack.person('ann').usesShortcut('Imagine');
    const trigger = String(arrived.at(-1)?.payload['trigger_id']);
    const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [{ type: 'divider' }] };
    expect(await call('views.open', { trigger_id: trigger, view }, token)).toMatchObject({ error: 'invalid_trigger_id' });
  });
});
