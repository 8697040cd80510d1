import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRest, type CallOptions, type Got } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { isObject, objectsOf, textOf, type JsonObject } from './json.ts';
import { openReady, type Listener } from './listener.ts';
import type { Person, Reaction } from './people.ts';
import type { ChannelHandle } from './places.ts';

let discord: DiscordEmulator;
let listener: Listener;
let art: ChannelHandle;
let lan: Person;

beforeEach(async () => {
  discord = await openDiscordEmulator();
  discord.limits.lift();
  art = discord.guild('Studio').channel('art');
  lan = discord.person('Lan', 'vi');
  listener = await openReady(discord);
  await callRest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, { body: COMMANDS });
});
afterEach(() => discord.close());

const COMMANDS: readonly JsonObject[] = [
  {
    name: 'imagine',
    description: 'Paint',
    integration_types: [0, 1],
    contexts: [0, 1, 2],
    options: [
      { type: 3, name: 'prompt', description: 'What', required: true, max_length: 100 },
      { type: 3, name: 'model', description: 'With', autocomplete: true },
      { type: 4, name: 'count', description: 'How many', choices: [{ name: 'one', value: 1 }], autocomplete: false },
      { type: 11, name: 'image', description: 'From', file_types: ['image'] },
    ],
  },
  { type: 3, name: 'Transform image' },
];

type Answers = (interaction: JsonObject) => Promise<unknown>;

/** Does what a person does and answers the interaction as the test says. */
async function when(act: () => Promise<Reaction>, answer: Answers): Promise<Reaction> {
  const before = listener.events('INTERACTION_CREATE').length;
  const reaction = act();
  await listener.frame(() => listener.events('INTERACTION_CREATE').length > before);
  await answer(listener.events('INTERACTION_CREATE')[before] ?? {});
  return reaction;
}

const callback =
  (body: unknown, options: CallOptions = {}, query = '') =>
  ({ id, token }: JsonObject): Promise<Got> =>
    callRest(discord, 'POST', `/interactions/${textOf(id)}/${textOf(token)}/callback${query}`, { ...options, body });
const hook = (method: string, token: string, rest: string, body?: unknown): Promise<Got> =>
  callRest(discord, method, `/webhooks/${discord.applicationId}/${token}${rest}`, { body });
const imagine = (): Promise<Reaction> => lan.slash('imagine', { prompt: 'a cat' }, art);
const last = (): JsonObject => listener.events('INTERACTION_CREATE').at(-1) ?? {};

describe('an interaction', () => {
  it('says who asks, where, in which language, under whose installation and with which rights', async () => {
    const image = { filename: 'x.png', contentType: 'image/png', bytes: Buffer.from('x') };
    await when(() => lan.slash('imagine', { prompt: 'a cat', count: 'one', image }, art), callback({ type: 5 }));
    const { data, ...about } = last();
    expect(about).toMatchObject({
      type: 2,
      version: 1,
      application_id: discord.applicationId,
      locale: 'vi',
      context: 0,
      guild_id: art.guildId,
      channel: { id: art.id, nsfw: false },
      member: { user: { id: lan.id } },
      authorizing_integration_owners: { 0: art.guildId },
      attachment_size_limit: 10_485_760,
    });
    expect(data).toMatchObject({ name: 'imagine', options: [{ value: 'a cat' }, { name: 'count', value: 1 }, { type: 11 }] });
    const resolved = isObject(data) && isObject(data['resolved']) ? data['resolved']['attachments'] : undefined;
    expect(Object.values(isObject(resolved) ? resolved : {})).toMatchObject([{ filename: 'x.png', ephemeral: true, size: 1 }]);
    expect(textOf(last()['app_permissions'])).toMatch(/^\d+$/);
  });

  it('waits three seconds and no longer', async () => {
    const reaction = imagine();
    await listener.event('INTERACTION_CREATE');
    discord.clock.advance(3001);
    expect((await reaction).kind).toBe('nothing');
    expect(await callback({ type: 5 })(last())).toMatchObject({ status: 404, body: { code: 10062 } });
    expect([discord.violations, discord.transcript().includes('did not respond')]).toEqual([[], true]);
  });

  it('is answered once', async () => {
    await when(imagine, callback({ type: 5 }));
    expect(await callback({ type: 5 })(last())).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it('is not known under another token', async () => {
    await when(imagine, async (interaction) => {
      expect((await callback({ type: 5 })({ ...interaction, token: 'another' })).body['code']).toBe(10062);
      await callback({ type: 5 })(interaction);
    });
  });

  it('shows what came of its answer to whoever asks for it', async () => {
    await when(imagine, async (interaction) => {
      const { body } = await callback({ type: 5, data: { flags: 64 } }, {}, '?with_response=true')(interaction);
      expect(body).toMatchObject({
        interaction: { id: interaction['id'], response_message_loading: true, response_message_ephemeral: true },
        resource: { type: 4, message: { flags: 192 } },
      });
    });
    expect(discord.violations).toEqual([]);
  });

  const WRONG: readonly (readonly [what: string, body: JsonObject])[] = [
    ['a deferral that says more than whether it is ephemeral', { type: 5, data: { content: 'soon' } }],
    ['a deferral with another flag', { type: 5, data: { flags: 4096 } }],
    ['an update of a message that is not there', { type: 7, data: { content: 'x' } }],
    ['choices for a command', { type: 8, data: { choices: [] } }],
    ['an answer of a type that nobody knows', { type: 99 }],
    ['an answer with a nonce', { type: 4, data: { content: 'x', nonce: 'x' } }],
    ['an empty answer', { type: 4, data: {} }],
    [
      'a modal with six fields',
      { type: 9, data: { custom_id: 'm', title: 'M', components: Array.from({ length: 6 }, (_, n) => field(`${n}`)) } },
    ],
    ['a modal with a title of 46 letters', { type: 9, data: { custom_id: 'm', title: 'x'.repeat(46), components: [field('a')] } }],
    ['a modal with one id twice', { type: 9, data: { custom_id: 'm', title: 'M', components: [field('a'), field('a')] } }],
    [
      'a modal that says more than its field holds',
      { type: 9, data: { custom_id: 'm', title: 'M', components: [field('a', { max_length: 3, value: 'four' })] } },
    ],
    [
      'a modal with a field that is off',
      {
        type: 9,
        data: {
          custom_id: 'm',
          title: 'M',
          components: [
            { type: 18, label: 'a', component: { type: 3, custom_id: 'a', disabled: true, options: [{ label: 'x', value: 'x' }] } },
          ],
        },
      },
    ],
    ['a modal with a label twice', { type: 9, data: { custom_id: 'm', title: 'M', components: [field('a', { label: 'again' })] } }],
  ];

  it.each(WRONG)('does not take %s, and can be answered rightly afterwards', async (_, body) => {
    const reaction = await when(imagine, async (interaction) => {
      expect((await callback(body)(interaction)).status).toBe(400);
      expect((await callback({ type: 4, data: { content: 'right' } })(interaction)).status).toBe(204);
    });
    expect(reaction.message()?.content).toBe('right');
    expect(discord.violations).toHaveLength(1);
  });

  it('must not be shown the bot’s token', async () => {
    await when(imagine, callback({ type: 5 }, { authorization: `Bot ${discord.token}` }));
    expect(discord.violations).toEqual([expect.stringContaining('token')]);
  });
});

const field = (id: string, more: JsonObject = {}): JsonObject => ({
  type: 18,
  label: id,
  component: { type: 4, custom_id: id, style: 1, ...more },
});

describe('the answer of an interaction', () => {
  it('is filled, edited, read and deleted by whoever holds the token, for fifteen minutes', async () => {
    const { token, message } = await when(imagine, callback({ type: 5 }));
    expect(message()?.isThinking).toBe(true);
    expect((await hook('PATCH', token, '/messages/@original', { content: 'here' })).body).toMatchObject({
      content: 'here',
      edited_timestamp: null,
    });
    expect((await hook('PATCH', token, '/messages/@original', { content: 'there' })).body['edited_timestamp']).not.toBeNull();
    expect((await hook('GET', token, '/messages/@original')).body['content']).toBe('there');
    discord.clock.advance(880_000);
    expect((await hook('DELETE', token, '/messages/@original')).status).toBe(204);
    expect((await hook('GET', token, '/messages/@original')).body['code']).toBe(10008);
    discord.clock.advance(20_001);
    expect(await hook('PATCH', token, '/messages/@original', { content: 'late' })).toMatchObject({ status: 401, body: { code: 50027 } });
    expect(discord.violations).toEqual([]);
  });

  it('has no place once its channel is gone', async () => {
    const { token } = await when(imagine, callback({ type: 5 }));
    art.delete();
    expect((await hook('PATCH', token, '/messages/@original', { content: 'x' })).body['code']).toBe(10003);
    expect(discord.violations).toEqual([]);
  });

  it('is unknown before there is one, and under another application', async () => {
    await when(imagine, async (interaction) => {
      expect((await hook('PATCH', textOf(interaction['token']), '/messages/@original', { content: 'x' })).body['code']).toBe(10015);
      await callback({ type: 5 })(interaction);
    });
    expect((await callRest(discord, 'GET', `/webhooks/1/${textOf(last()['token'])}/messages/@original`)).body['code']).toBe(10015);
  });

  it('stays for one person’s eyes when it was deferred so, and no route of the bot knows it', async () => {
    const { token, message, isEphemeral } = await when(imagine, callback({ type: 5, data: { flags: 64 } }));
    await hook('PATCH', token, '/messages/@original', { content: 'a secret' });
    expect([isEphemeral, message()?.onlyFor]).toEqual([true, 'Lan']);
    expect((await callRest(discord, 'GET', `/channels/${art.id}/messages/${message()?.id ?? ''}`)).body['code']).toBe(10008);
    expect(listener.events('MESSAGE_CREATE')).toEqual([]);
    expect(() => discord.person('An').deletes({ id: message()?.id ?? '' })).toThrow('not there for them');
  });

  it('is told to the gateway as the bot’s message, and mentions people alone unless told otherwise', async () => {
    art.allowBot('MENTION_EVERYONE');
    const { message } = await when(imagine, callback({ type: 4, data: { content: `<@${lan.id}> @everyone` } }));
    const heard = await listener.event('MESSAGE_CREATE');
    expect(heard).toMatchObject({ type: 20, interaction_metadata: { type: 2, user: { id: lan.id } }, webhook_id: discord.applicationId });
    expect(message()?.pings).toEqual(['Lan']);
  });

  it('is not mentioned by replies to it, so that their words stay unread', async () => {
    const { message } = await when(imagine, callback({ type: 4, data: { content: 'done' } }));
    const original = message();
    await lan.posts(art, 'make it blue', { replyTo: { id: original?.id ?? '' } });
    await listener.frame(() => listener.events('MESSAGE_CREATE').length === 2);
    const heard = listener.events('MESSAGE_CREATE').at(-1);
    expect(heard).toMatchObject({ content: '', mentions: [], message_reference: { message_id: original?.id } });
  });
});

describe('a follow-up', () => {
  it('is a message of its own, for everybody or for one', async () => {
    const { token } = await when(imagine, callback({ type: 4, data: { content: 'first' } }));
    expect((await hook('POST', token, '?wait=true', { content: 'second', flags: 64 })).body).toMatchObject({
      content: 'second',
      flags: 64,
    });
    const { body } = await hook('POST', token, '', { content: 'third' });
    expect((await hook('PATCH', token, `/messages/${textOf(body['id'])}`, { content: 'fourth' })).status).toBe(200);
    expect(art.messages().map(({ content, onlyFor }) => [content, onlyFor])).toEqual([
      ['first', undefined],
      ['second', 'Lan'],
      ['fourth', undefined],
    ]);
    expect(discord.violations).toEqual([]);
  });

  it('fills a deferred answer, which is not how it is done any more', async () => {
    const { token } = await when(imagine, callback({ type: 5 }));
    await hook('POST', token, '', { content: 'here' });
    expect(art.messages().map(({ content }) => content)).toEqual(['here']);
    expect(discord.violations).toEqual([expect.stringContaining('@original')]);
  });

  it('is no place for a nonce', async () => {
    const { token } = await when(imagine, callback({ type: 4, data: { content: 'first' } }));
    expect((await hook('POST', token, '', { content: 'x', nonce: 'a', enforce_nonce: true })).status).toBe(400);
  });

  it('comes five times at most where only the person installed the application', async () => {
    const elsewhere = discord.guild('Elsewhere', { bot: false }).channel('talk');
    lan.set({ installedApp: true });
    const { token } = await when(() => lan.slash('imagine', { prompt: 'x' }, elsewhere), callback({ type: 4, data: { content: 'first' } }));
    expect(last()).toMatchObject({ authorizing_integration_owners: { 1: lan.id }, context: 0 });
    const codes = [];
    for (let n = 0; n < 6; n += 1) codes.push((await hook('POST', token, '', { content: `${n}` })).body['code']);
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 40094]);
    expect((await callRest(discord, 'POST', `/channels/${elsewhere.id}/messages`, { body: { content: 'x' } })).body['code']).toBe(50001);
    expect(discord.violations).toEqual([]);
  });
});

describe('an application that only the person installed', () => {
  it('speaks to that person alone where the server wants it so', async () => {
    const guild = discord.guild('Elsewhere', { bot: false });
    guild.setEveryone(['VIEW_CHANNEL', 'SEND_MESSAGES', 'USE_APPLICATION_COMMANDS']);
    lan.set({ installedApp: true });
    const { isEphemeral } = await when(
      () => lan.slash('imagine', { prompt: 'x' }, guild.channel('talk')),
      callback({ type: 4, data: { content: 'x' } }),
    );
    expect(isEphemeral).toBe(true);
  });

  it('is there among friends, where no bot can ever write', async () => {
    const friends = discord.group('friends', [lan, discord.person('An')]);
    await expect(lan.slash('imagine', { prompt: 'x' }, friends)).rejects.toThrow('no command');
    lan.set({ installedApp: true });
    await when(() => lan.slash('imagine', { prompt: 'x' }, friends), callback({ type: 5 }));
    expect(last()).toMatchObject({ context: 2, authorizing_integration_owners: { 1: lan.id }, user: { id: lan.id } });
    expect((await callRest(discord, 'POST', `/channels/${friends.id}/messages`, { body: { content: 'x' } })).body['code']).toBe(50001);
  });
});

describe('buttons, selects and forms', () => {
  const parts: readonly JsonObject[] = [
    {
      type: 1,
      components: [
        { type: 2, style: 1, label: 'Again', custom_id: 'again' },
        { type: 2, style: 5, label: 'Web', url: 'https://a.test' },
        { type: 2, style: 2, label: 'Off', custom_id: 'off', disabled: true },
      ],
    },
    { type: 1, components: [{ type: 3, custom_id: 'style', placeholder: 'Style', options: [{ label: 'Ink', value: 'ink' }] }] },
  ];
  let id: string;
  beforeEach(async () => {
    const { body } = await callRest(discord, 'POST', `/channels/${art.id}/messages`, { body: { content: 'result', components: parts } });
    id = textOf(body['id']);
  });

  it('carry the whole message, and change it or answer to it', async () => {
    const pressed = await when(() => lan.presses('Again', { id }), callback({ type: 7, data: { content: 'changed', components: [] } }));
    expect(last()).toMatchObject({ type: 3, data: { custom_id: 'again', component_type: 2 }, message: { id, content: 'result' } });
    expect([pressed.kind, discord.message(id)?.content, discord.message(id)?.buttons]).toEqual(['updated', 'changed', []]);
    expect(discord.violations).toEqual([]);
  });

  it('are kept when the answer is deferred, and the message is what @original means', async () => {
    const { kind, token } = await when(() => lan.chooses('Style', ['Ink'], { id }), callback({ type: 6 }));
    expect(last()).toMatchObject({ data: { custom_id: 'style', values: ['ink'] } });
    await hook('PATCH', token, '/messages/@original', { content: 'in ink' });
    expect([kind, discord.message(id)?.content]).toEqual(['kept', 'in ink']);
  });

  it('work only while they are there, on and for this person', async () => {
    await expect(lan.presses('Off', { id })).rejects.toThrow('no Off to press');
    await expect(lan.presses('Web', { id })).rejects.toThrow('no Web to press');
    await expect(lan.presses('Never', { id })).rejects.toThrow('no Never');
    await expect(lan.chooses('Style', ['Oil'], { id })).rejects.toThrow('does not offer');
  });

  it('open forms that hold what was prefilled, check what is filled in, and come back with it', async () => {
    const components = [
      { type: 10, content: 'Say what is to change.' },
      field('Prompt', { value: 'a cat', max_length: 20 }),
      {
        type: 18,
        label: 'Strength',
        component: {
          type: 3,
          custom_id: 'strength',
          required: false,
          options: [
            { label: 'Low', value: 'low', default: true },
            { label: 'High', value: 'high' },
          ],
        },
      },
      { type: 18, label: 'Mask', component: { type: 19, custom_id: 'mask', required: false, max_values: 1, file_types: ['image'] } },
    ];
    const opened = await when(
      () => lan.presses('Again', { id }),
      callback({ type: 9, data: { custom_id: 'form', title: 'Edit', components } }),
    );
    expect(opened.modal).toMatchObject({
      title: 'Edit',
      fields: [{ value: 'a cat' }, { options: [{ chosen: true }, {}] }, { required: false }],
    });
    await expect(lan.submits({ Prompt: '' })).rejects.toThrow('0 letters');
    await expect(lan.submits({ Prompt: 'x'.repeat(21) })).rejects.toThrow('21 letters');
    await expect(lan.submits({ Colour: 'red' })).rejects.toThrow('no field called Colour');
    await expect(lan.submits({ Mask: [{ filename: 'x.pdf', contentType: 'image/png', bytes: Buffer.from('x') }] })).rejects.toThrow(
      'x.pdf',
    );
    const mask = { filename: 'x.png', contentType: 'image/png', bytes: Buffer.from('x') };
    const sent = await when(() => lan.submits({ Mask: [mask] }), callback({ type: 4, data: { content: 'thanks' } }));
    const { data, message } = last();
    const filled = objectsOf(isObject(data) ? data['components'] : undefined).map(({ component }) => component);
    expect(filled).toMatchObject([
      undefined,
      { custom_id: 'Prompt', value: 'a cat' },
      { values: ['low'] },
      { type: 19, values: [expect.stringMatching(/^\d+$/)] },
    ]);
    expect([sent.kind, isObject(message) && message['id']]).toEqual(['message', id]);
    await expect(lan.submits({})).rejects.toThrow('no form is open');
    expect(discord.violations).toEqual([]);
  });

  it('do not open a form from a form', async () => {
    const modal = { type: 9, data: { custom_id: 'form', title: 'Edit', components: [field('a')] } };
    await when(() => lan.presses('Again', { id }), callback(modal));
    await when(
      () => lan.submits({ a: 'x' }),
      async (interaction) => {
        expect((await callback(modal)(interaction)).status).toBe(400);
        await callback({ type: 6 })(interaction);
      },
    );
    expect(discord.violations).toHaveLength(1);
  });
});

describe('what a command completes and what a menu shows', () => {
  it('completes with choices of the field’s kind, 25 at most', async () => {
    const type = (): Promise<Reaction> => lan.types('imagine', { model: 'ul' }, 'model', art);
    const choice = (value: string | number): JsonObject => ({ type: 8, data: { choices: [{ name: 'Ultra', value }] } });
    const { choices } = await when(type, async (interaction) => {
      expect(interaction).toMatchObject({ type: 4, data: { options: [{ name: 'model', value: 'ul', focused: true }] } });
      expect((await callback({ type: 4, data: { content: 'x' } })(interaction)).status).toBe(400);
      expect((await callback(choice(1))(interaction)).status).toBe(400);
      expect(
        (
          await callback({ type: 8, data: { choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) } })(
            interaction,
          )
        ).status,
      ).toBe(400);
      await callback(choice('ultra'))(interaction);
    });
    expect(choices).toEqual([{ name: 'Ultra', value: 'ultra' }]);
  });

  it('shows the message of a menu in full, whoever wrote it', async () => {
    const file = { filename: 'x.png', contentType: 'image/png', bytes: Buffer.from('x') };
    const { message } = await discord.person('An').posts(art, 'unseen', { files: [file] });
    await when(() => lan.usesMenu('Transform image', message), callback({ type: 5, data: { flags: 64 } }));
    expect(last()).toMatchObject({
      data: {
        type: 3,
        target_id: message.id,
        resolved: { messages: { [message.id]: { content: 'unseen', attachments: [{ filename: 'x.png' }] } } },
      },
    });
  });

  it.each([
    ['leaves out what is required', {}, 'must be filled in'],
    ['names a field that is not there', { prompt: 'x', colour: 'red' }, 'no field called colour'],
    ['writes too much', { prompt: 'x'.repeat(101) }, 'letters'],
    ['chooses what is not offered', { prompt: 'x', count: 2 }, 'offers no 2'],
    ['attaches something else', { prompt: 'x', image: { filename: 'x.pdf', contentType: 'image/png', bytes: Buffer.from('x') } }, 'x.pdf'],
  ])('is not sent when somebody %s', async (_, values, words) => {
    await expect(lan.slash('imagine', values, art)).rejects.toThrow(words);
  });
});
