import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callRest, type Got } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { isObject, textOf, type JsonObject } from './json.ts';
import type { ChannelHandle } from './places.ts';

let discord: DiscordEmulator;
let art: ChannelHandle;
beforeAll(async () => {
  discord = await openDiscordEmulator();
  discord.limits.lift();
});
afterAll(() => discord.close());

let round = 0;
beforeEach(() => {
  round += 1;
  discord.violations.length = 0;
  art = discord.guild(`Studio ${round}`).channel('art');
});

const PNG = { name: 'cat.png', type: 'image/png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') };
const create = (body: unknown, files?: readonly (typeof PNG)[]): Promise<Got> =>
  callRest(discord, 'POST', `/channels/${art.id}/messages`, { body, ...(files !== undefined && { files }) });
const patch = (id: string, body: unknown, files?: readonly (typeof PNG)[]): Promise<Got> =>
  callRest(discord, 'PATCH', `/channels/${art.id}/messages/${id}`, { body, ...(files !== undefined && { files }) });
const idOf = ({ body }: Got): string => textOf(body['id']);

const button = (more: JsonObject = {}): JsonObject => ({ type: 2, style: 1, label: 'Again', custom_id: 'again', ...more });
const row = (...components: readonly JsonObject[]): JsonObject => ({ type: 1, components: [...components] });
const select = (more: JsonObject = {}): JsonObject => ({ type: 3, custom_id: 'style', options: [{ label: 'Ink', value: 'ink' }], ...more });
const text = (content: string): JsonObject => ({ type: 10, content });
const V2 = 1 << 15;
const gallery = (...urls: readonly string[]): JsonObject => ({ type: 12, items: urls.map((url) => ({ media: { url } })) });

/** The paths at which the answer finds fault, with the codes it finds there. */
function faultsIn({ body }: Got): readonly string[] {
  const visit = (node: JsonObject, path: string): readonly string[] =>
    Object.entries(node).flatMap(([name, value]) => {
      if (name === '_errors' && Array.isArray(value))
        return value.map((each: unknown) => `${path} ${isObject(each) ? textOf(each['code']) : ''}`);
      return isObject(value) ? visit(value, path === '' ? name : `${path}.${name}`) : [];
    });
  return visit(isObject(body['errors']) ? body['errors'] : {}, '');
}

const WRONG: readonly (readonly [what: string, body: JsonObject, fault: string])[] = [
  ['a field that is not published', { content: 'x', ephemeral: true }, 'ephemeral EMULATOR_UNKNOWN_FIELD'],
  ['words of 2,001 letters', { content: 'x'.repeat(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
  [
    'a custom id of 101 letters',
    { components: [row(button({ custom_id: 'x'.repeat(101) }))], content: 'x' },
    'components.0.components.0.custom_id BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a label of 81 letters',
    { components: [row(button({ label: 'x'.repeat(81) }))], content: 'x' },
    'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
  ],
  [
    'one custom id twice',
    { components: [row(button(), button())], content: 'x' },
    'components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a button without words',
    { components: [row(button({ label: '' }))], content: 'x' },
    'components.0.components.0.label BUTTON_COMPONENT_INVALID_LABEL',
  ],
  [
    'a link with a custom id',
    { components: [row(button({ style: 5, url: 'https://a.test' }))], content: 'x' },
    'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    'a button without a custom id',
    { components: [row({ type: 2, style: 1, label: 'x' })], content: 'x' },
    'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
  ],
  [
    'six buttons in a row',
    { components: [row(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `b${n}` })))], content: 'x' },
    'components.0.components BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a select beside a button',
    { components: [row(select(), button())], content: 'x' },
    'components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    'six rows',
    { components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `b${n}` }))), content: 'x' },
    'components BASE_TYPE_BAD_LENGTH',
  ],
  [
    '26 choices',
    { components: [row(select({ options: Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` })) }))], content: 'x' },
    'components.0.components.0.options BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a choice twice',
    {
      components: [
        row(
          select({
            options: [
              { label: 'a', value: 'a' },
              { label: 'b', value: 'a' },
            ],
          }),
        ),
      ],
      content: 'x',
    },
    'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'more to choose than there is',
    { components: [row(select({ max_values: 2 }))], content: 'x' },
    'components.0.components.0.max_values SELECT_COMPONENT_MAX_VALUES',
  ],
  ['a component nobody knows', { components: [{ type: 99 }], content: 'x' }, 'components.0.type UNION_TYPE_CHOICES'],
  ['new components without their flag', { components: [text('hello')], content: 'x' }, 'components.0.type UNION_TYPE_CHOICES'],
  [
    'words beside new components',
    { components: [text('hello')], content: 'x', flags: V2 },
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'embeds beside new components',
    { components: [text('hello')], embeds: [{ title: 'x' }], flags: V2 },
    'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 components in all',
    {
      components: [
        { type: 17, components: Array.from({ length: 20 }, () => text('x')) },
        { type: 17, components: Array.from({ length: 19 }, () => text('x')) },
      ],
      flags: V2,
    },
    'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4,001 letters over all components',
    { components: [text('x'.repeat(2001)), text('x'.repeat(2000))], flags: V2 },
    'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'a gallery of a file that was not sent',
    { components: [gallery('attachment://dog.png')], flags: V2 },
    'components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'a file component that links',
    { components: [{ type: 13, file: { url: 'https://a.test/x.pdf' } }], flags: V2 },
    'components.0.file.url UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED',
  ],
  ['an embed title of 257 letters', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title BASE_TYPE_MAX_LENGTH'],
  [
    'embeds of 6,001 letters',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    'embeds MAX_EMBED_SIZE_EXCEEDED',
  ],
  ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds BASE_TYPE_MAX_LENGTH'],
  ['an embed of nothing', { embeds: [{ color: 1 }] }, 'embeds.0.description BASE_TYPE_REQUIRED'],
  ['a video in an embed', { embeds: [{ title: 'x', video: { url: 'https://a.test/x.mp4' } }] }, 'embeds.0.video EMULATOR_NOT_FOR_BOTS'],
  [
    'an embed of a file that was not sent',
    { embeds: [{ image: { url: 'attachment://dog.png' } }] },
    'embeds.0.image.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'all people and some people',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  ['an ephemeral message of its own', { content: 'x', flags: 64 }, 'flags EMULATOR_FLAG_NOT_SETTABLE'],
  ['a nonce of 26 letters', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
  ['nothing to enforce', { content: 'x', enforce_nonce: true }, 'nonce BASE_TYPE_REQUIRED'],
  [
    'an attachment whose file is missing',
    { content: 'x', attachments: [{ id: 0, filename: 'x.png' }] },
    'attachments.0.id ATTACHMENT_NOT_FOUND',
  ],
];

describe('the body of a message', () => {
  it.each(WRONG)('cannot hold %s', async (_, body, fault) => {
    const got = await create(body);
    expect([got.status, got.body['code']]).toEqual([400, 50035]);
    expect(faultsIn(got)).toContain(fault);
    expect(discord.violations).toHaveLength(1);
  });

  it('may hold the most that is allowed', async () => {
    const bodies: readonly JsonObject[] = [
      { content: 'x'.repeat(2000), nonce: 'x'.repeat(25), allowed_mentions: { parse: [], users: ['1'] }, flags: 4096 },
      {
        components: Array.from({ length: 5 }, (_, r) =>
          row(...Array.from({ length: 5 }, (__, n) => button({ custom_id: `${r}-${n}`.padEnd(100, 'x') }))),
        ),
        content: 'x',
      },
      {
        components: [
          row(button({ style: 5, url: 'https://a.test', custom_id: undefined, label: 'x'.repeat(80) })),
          row(select({ min_values: 0 })),
        ],
        content: 'x',
      },
      { embeds: [{ title: 'x'.repeat(256), description: 'y'.repeat(4096) }, { description: 'z'.repeat(1648) }] },
      {
        components: [
          {
            type: 17,
            accent_color: 1,
            components: [
              text('hello'),
              { type: 14, spacing: 2 },
              gallery('https://a.test/x.png'),
              row(button()),
              { type: 9, components: [text('x')], accessory: button({ custom_id: 'b' }) },
            ],
          },
        ],
        flags: V2,
      },
    ];
    for (const body of bodies) expect(await create(body), JSON.stringify(body).slice(0, 80)).toMatchObject({ status: 200 });
    expect(discord.violations).toEqual([]);
  });

  it('cannot be empty, nor no JSON, nor of two kinds', async () => {
    expect((await create({ content: ' ' })).body['code']).toBe(50006);
    const raw = await fetch(`${discord.apiUrl}/v10/channels/${art.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json', 'user-agent': 'DiscordBot (x, 1)' },
      body: '{',
    });
    expect(raw.status).toBe(400);
    expect(discord.violations).toHaveLength(2);
  });
});

describe('files of a message', () => {
  it('arrive by number, with name, description and spoiler mark, and are shown by embeds and components alone when those name them', async () => {
    const attachments = [
      { id: 0, description: 'a cat' },
      { id: 1, filename: 'dog.png', is_spoiler: true },
    ];
    const plain = await create({ content: 'x', attachments }, [PNG, PNG]);
    expect(plain.body['attachments']).toMatchObject([
      { filename: 'cat.png', description: 'a cat', content_type: 'image/png', size: 8 },
      { filename: 'dog.png', flags: 8 },
    ]);
    const shown = await create({ components: [gallery('attachment://cat.png')], flags: V2 }, [PNG]);
    expect(shown.body['attachments']).toEqual([]);
    expect(art.messages().at(-1)?.pictures).toMatchObject([{ filename: 'cat.png' }]);
    const embedded = await create({ embeds: [{ image: { url: 'attachment://cat.png' } }] }, [PNG]);
    expect([embedded.body['attachments'], art.messages().at(-1)?.pictures.length]).toEqual([[], 1]);
    expect(discord.violations).toEqual([]);
  });

  it('must be listed when any is listed', async () => {
    const got = await create({ content: 'x', attachments: [{ id: 0 }] }, [PNG, PNG]);
    expect(faultsIn(got)).toEqual(['attachments EMULATOR_FILE_NOT_NAMED']);
  });

  it('may have 10 MiB each, more in a boosted server, and 25 MiB together', async () => {
    const big = (mebibytes: number): typeof PNG => ({ ...PNG, bytes: Buffer.alloc(mebibytes * 1024 * 1024 + 1) });
    expect((await create({ content: 'x' }, [big(10)])).body['code']).toBe(40005);
    discord.guild(`Studio ${round}`).set({ premiumTier: 2 });
    expect((await create({ content: 'x' }, [big(10)])).status).toBe(200);
    expect(await create({ content: 'x' }, [big(10), big(10), big(5)])).toMatchObject({ status: 413, body: { code: 40005 } });
    expect(discord.violations).toEqual([]);
  });

  it('are kept, replaced or added by an edit as its list says', async () => {
    const id = idOf(await create({ content: 'x' }, [PNG]));
    const added = await patch(id, { content: 'y' }, [{ ...PNG, name: 'two.png' }]);
    const [first] = Array.isArray(added.body['attachments']) ? added.body['attachments'] : [];
    expect(art.messages().at(-1)?.pictures).toHaveLength(2);
    const kept = await patch(id, { attachments: [{ id: isObject(first) ? textOf(first['id']) : '' }, { id: 0 }] }, [
      { ...PNG, name: 'three.png' },
    ]);
    expect(kept.body['attachments']).toMatchObject([{ filename: 'cat.png' }, { filename: 'three.png' }]);
    const [link = ''] =
      art
        .messages()
        .at(-1)
        ?.pictures.map(({ url }) => url) ?? [];
    expect((await fetch(link)).status).toBe(200);
    expect((await patch(id, { attachments: [] })).body['attachments']).toEqual([]);
    expect((await fetch(link)).status).toBe(404);
    expect(discord.violations).toEqual([]);
  });

  it('cannot be shown by a component when an edit brings them', async () => {
    const id = idOf(await create({ components: [text('soon')], flags: V2 }));
    const got = await patch(id, { components: [gallery('attachment://cat.png')], flags: V2, attachments: [{ id: 0 }] }, [PNG]);
    expect(faultsIn(got)).toEqual(['components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND']);
  });
});

describe('an enforced nonce', () => {
  it('gives back its message for three minutes, also to two calls at once, and makes another afterwards', async () => {
    const said = { content: 'once', nonce: 'job', enforce_nonce: true };
    const [one, two] = await Promise.all([create(said), create(said)]);
    expect([idOf(one), art.messages().length]).toEqual([idOf(two), 1]);
    expect(idOf(await create({ ...said, content: 'other words' }))).toBe(idOf(one));
    discord.clock.advance(181_000);
    expect(idOf(await create(said))).not.toBe(idOf(one));
  });

  it('is not enforced unless that is asked for', async () => {
    await create({ content: 'x', nonce: 'same' });
    await create({ content: 'x', nonce: 'same' });
    expect(art.messages()).toHaveLength(2);
  });

  it('finds nothing where its message was deleted', async () => {
    const said = { content: 'x', nonce: 'gone', enforce_nonce: true };
    await callRest(discord, 'DELETE', `/channels/${art.id}/messages/${idOf(await create(said))}`);
    expect(await create(said)).toMatchObject({ status: 404, body: { code: 10008 } });
  });

  it('is free again when the call was refused', async () => {
    const lan = discord.person('Lan');
    lan.set({ dmsOpen: false });
    const to = (): Promise<Got> =>
      callRest(discord, 'POST', `/channels/${lan.direct().id}/messages`, { body: { content: 'x', nonce: 'dm', enforce_nonce: true } });
    expect((await to()).body['code']).toBe(50007);
    lan.set({ dmsOpen: true });
    expect((await to()).status).toBe(200);
    const reply = { content: 'x', nonce: 'reply', enforce_nonce: true };
    expect((await create({ ...reply, message_reference: { message_id: '1' } })).status).toBe(400);
    expect((await create(reply)).status).toBe(200);
  });
});

describe('a channel', () => {
  const STATES: readonly (readonly [what: string, arrange: () => void, body: JsonObject, files: boolean, status: number, code: number])[] =
    [
      ['is not seen', () => art.denyBot('VIEW_CHANNEL'), {}, false, 403, 50001],
      ['may not be written to', () => art.denyBot('SEND_MESSAGES'), {}, false, 403, 50013],
      ['takes no files', () => art.denyBot('ATTACH_FILES'), {}, true, 403, 50013],
      ['takes no embeds', () => art.denyBot('EMBED_LINKS'), { embeds: [{ title: 'x' }] }, false, 403, 50013],
      ['hides what came before', () => art.denyBot('READ_MESSAGE_HISTORY'), { message_reference: { message_id: '1' } }, false, 403, 160002],
      ['is gone', () => art.delete(), {}, false, 404, 10003],
      ['belongs to a server that threw the bot out', () => discord.guild(`Studio ${round}`).kickBot(), {}, false, 403, 50001],
      ['belongs to a server that is gone', () => discord.guild(`Studio ${round}`).delete(), {}, false, 404, 10003],
    ];

  it.each(STATES)('that %s says so, and nobody is to blame', async (_, arrange, body, files, status, code) => {
    arrange();
    expect(await create({ content: 'x', ...body }, files ? [PNG] : undefined)).toMatchObject({ status, body: { code } });
    expect([discord.violations, art.messages()]).toEqual([[], []]);
  });

  it('lists its newest fifty, or those around, before or after one, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(idOf(await create({ content: `${n}` })));
    const list = async (query: string): Promise<string> =>
      (await callRest(discord, 'GET', `/channels/${art.id}/messages${query}`)).list.map(({ content }) => textOf(content)).join('');
    expect([await list(''), await list('?limit=2'), await list(`?before=${ids[3]}&limit=2`)]).toEqual(['543210', '54', '21']);
    expect([await list(`?after=${ids[1]}&limit=2`), await list(`?around=${ids[3]}&limit=3`)]).toEqual(['32', '432']);
    expect(discord.violations).toEqual([]);
    expect((await callRest(discord, 'GET', `/channels/${art.id}/messages?limit=101`)).status).toBe(400);
    art.denyBot('READ_MESSAGE_HISTORY');
    expect(await list('')).toBe('');
  });

  it('shows a bot without the privileged intent only what it may read', async () => {
    const lan = discord.person('Lan');
    const { message } = await lan.posts(art, 'a secret', { files: [{ filename: 'x.png', contentType: 'image/png', bytes: PNG.bytes }] });
    const read = async (): Promise<JsonObject> => (await callRest(discord, 'GET', `/channels/${art.id}/messages/${message.id}`)).body;
    expect(await read()).toMatchObject({ content: '', attachments: [] });
    discord.settings.messageContent = true;
    expect(await read()).toMatchObject({ content: 'a secret', attachments: [{ filename: 'x.png' }] });
    discord.settings.messageContent = false;
  });
});

describe('a message', () => {
  it('can be replied to while it is there, and otherwise only by those who say that they do not mind', async () => {
    const lan = discord.person('Lan');
    const { message } = await lan.posts(art, 'hello');
    const reply = (more: JsonObject = {}): Promise<Got> =>
      create({ content: 'hi', message_reference: { message_id: message.id, ...more } });
    expect((await reply()).body).toMatchObject({ type: 19, mentions: [{ id: lan.id }], referenced_message: { id: message.id } });
    lan.deletes(message);
    const got = await reply();
    expect([got.status, faultsIn(got)]).toEqual([400, ['message_reference REPLIES_UNKNOWN_MESSAGE']]);
    expect((await reply({ fail_if_not_exists: false })).body).toMatchObject({ type: 0 });
    expect(discord.violations).toEqual([]);
  });

  it('mentions whom it is allowed to', async () => {
    const lan = discord.person('Lan');
    const pings = async (allowed?: JsonObject): Promise<readonly string[] | undefined> => {
      await create({ content: `<@${lan.id}> @everyone`, ...(allowed !== undefined && { allowed_mentions: allowed }) });
      return art.messages().at(-1)?.pings;
    };
    art.allowBot('MENTION_EVERYONE');
    expect(await pings()).toEqual(['Lan', 'everyone']);
    expect(await pings({ parse: [] })).toEqual([]);
    expect(await pings({ parse: [], users: [lan.id] })).toEqual(['Lan']);
  });

  it('is edited by its author alone, three times when it is old, and not in an archived thread', async () => {
    const { message } = await discord.person('Lan').posts(art, 'mine');
    expect((await patch(message.id, { content: 'x' })).body['code']).toBe(50005);
    const id = idOf(await create({ content: 'x' }));
    expect((await patch(id, { content: 'y' })).body).toMatchObject({ content: 'y' });
    discord.clock.advance(3_700_000);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await patch(id, { content: `${n}` })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(discord.violations).toEqual([]);
  });

  it('cannot go back from new components', async () => {
    const id = idOf(await create({ components: [text('new')], flags: V2 }));
    expect(faultsIn(await patch(id, { content: 'old' }))).toEqual(['content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']);
  });

  it('is deleted by its author, or by whoever may manage messages', async () => {
    const { message } = await discord.person('Lan').posts(art, 'mine');
    const drop = (id: string): Promise<Got> => callRest(discord, 'DELETE', `/channels/${art.id}/messages/${id}`);
    expect((await drop(message.id)).body['code']).toBe(50013);
    art.allowBot('MANAGE_MESSAGES');
    expect([(await drop(message.id)).status, (await drop(message.id)).body['code']]).toEqual([204, 10008]);
  });
});
