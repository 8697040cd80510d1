import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callRest, type Got } from './caller.ts';
import { openDiscordEmulator, type DiscordEmulator } from './emulator.ts';
import { isObject, textOf, type JsonObject } from './json.ts';
import type { GuildHandle } from './places.ts';

let discord: DiscordEmulator;
let guild: GuildHandle;
let path: string;
beforeAll(async () => {
  discord = await openDiscordEmulator();
  discord.limits.lift();
  guild = discord.guild('Studio');
  path = `/applications/${discord.applicationId}/commands`;
});
afterAll(() => discord.close());
beforeEach(() => {
  discord.clock.advance(90_000_000);
  discord.violations.length = 0;
});

const put = (...body: readonly unknown[]): Promise<Got> => callRest(discord, 'PUT', path, { body });
const slash = (more: JsonObject = {}): JsonObject => ({ name: 'imagine', description: 'Paint', ...more });
const option = (more: JsonObject = {}): JsonObject => ({ type: 3, name: 'prompt', description: 'What', ...more });
const withOptions = (...options: readonly JsonObject[]): JsonObject => slash({ options: [...options] });

const WRONG: readonly (readonly [what: string, command: JsonObject, code: string])[] = [
  ['a capital letter in its name', slash({ name: 'Imagine' }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a space in its name', slash({ name: 'im agine' }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a capital letter in a translated name', slash({ name_localizations: { vi: 'Vẽ' } }), 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a language that nobody offers', slash({ name_localizations: { xx: 'paint' } }), 'ENUM_TYPE_COERCE'],
  ['no description', slash({ description: '' }), 'BASE_TYPE_REQUIRED'],
  ['a description of 101 letters', slash({ description: 'x'.repeat(101) }), 'BASE_TYPE_MAX_LENGTH'],
  ['26 options', withOptions(...Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` }))), 'BASE_TYPE_MAX_LENGTH'],
  [
    '26 choices',
    withOptions(option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })) })),
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a required option behind another',
    withOptions(option({ name: 'a' }), option({ name: 'b', required: true })),
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  ['one option twice', withOptions(option(), option()), 'APPLICATION_COMMAND_OPTIONS_NAME_EXISTS'],
  [
    'one option twice in one language',
    withOptions(option({ name: 'a', name_localizations: { vi: 'mẫu' } }), option({ name: 'b', name_localizations: { vi: 'mẫu' } })),
    'APPLICATION_COMMAND_OPTIONS_NAME_EXISTS',
  ],
  [
    'choices and completion',
    withOptions(option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })),
    'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
  ],
  ['a choice of 101 letters', withOptions(option({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })), 'BASE_TYPE_MAX_LENGTH'],
  [
    'one choice twice',
    withOptions(
      option({
        choices: [
          { name: 'a', value: 'a' },
          { name: 'a', value: 'b' },
        ],
      }),
    ),
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS',
  ],
  ['a subcommand beside a value', withOptions(option(), option({ type: 1, name: 'sub' })), 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
  [
    'over 8,000 letters',
    withOptions(
      ...Array.from({ length: 25 }, (_, n) =>
        option({ name: `o${n}`, choices: Array.from({ length: 25 }, (__, m) => ({ name: `${m}`.padEnd(20, 'x'), value: `${m}` })) }),
      ),
    ),
    'APPLICATION_COMMAND_TOO_LARGE',
  ],
  ['a kind of file that is none', withOptions(option({ type: 11, file_types: ['picture'] })), 'EMULATOR_FILE_TYPES'],
  ['a description for a menu', { type: 3, name: 'Transform image', description: 'x' }, 'APPLICATION_COMMAND_CONTEXT_MENU_FIELD'],
  ['a field that is not published', slash({ permission: true }), 'EMULATOR_UNKNOWN_FIELD'],
  ['two bounds that cross', withOptions(option({ min_length: 5, max_length: 4 })), 'EMULATOR_BOUNDS'],
];

describe('a command', () => {
  it.each(WRONG)('cannot have %s', async (_, command, code) => {
    const got = await put(command);
    expect([got.status, got.body['code']]).toEqual([400, 50035]);
    expect(JSON.stringify(got.body['errors'])).toContain(code);
    expect(discord.violations).toHaveLength(1);
  });

  it('may have all that is allowed, in two languages', async () => {
    const full = slash({
      name_localizations: { vi: 'vẽ' },
      description_localizations: { vi: 'Vẽ tranh' },
      nsfw: false,
      default_member_permissions: '0',
      integration_types: [0, 1],
      contexts: [0, 1, 2],
      options: [
        option({ required: true, max_length: 6000 }),
        option({ type: 11, name: 'image', file_types: ['image', '.heic'] }),
        option({ name: 'model', autocomplete: true }),
      ],
    });
    const { status, list } = await put(full, { type: 3, name: 'Transform image' });
    expect([status, list.map(({ name, type }) => [name, type])]).toEqual([
      200,
      [
        ['imagine', 1],
        ['Transform image', 3],
      ],
    ]);
    expect(list[0]).toMatchObject({ name_localizations: { vi: 'vẽ' }, default_member_permissions: '0', contexts: [0, 1, 2] });
    expect(discord.violations).toEqual([]);
  });

  it('keeps its id when it is written again, and goes when it is left out', async () => {
    const first = await put(slash(), slash({ name: 'other' }));
    const second = await put(slash({ description: 'Paint more' }));
    expect(second.list).toMatchObject([{ id: first.list[0]?.['id'], description: 'Paint more' }]);
    expect((await callRest(discord, 'GET', path)).list).toHaveLength(1);
  });

  it('is made, read, changed and taken away by itself', async () => {
    await put();
    const made = await callRest(discord, 'POST', path, { body: slash({ name_localizations: { vi: 'vẽ' } }) });
    const one = `${path}/${textOf(made.body['id'])}`;
    expect([made.status, (await callRest(discord, 'POST', path, { body: slash() })).status]).toEqual([201, 200]);
    expect((await callRest(discord, 'PATCH', one, { body: { name: 'paint' } })).body).toMatchObject({ id: made.body['id'], name: 'paint' });
    expect((await callRest(discord, 'GET', one)).body['name']).toBe('paint');
    expect([(await callRest(discord, 'DELETE', one)).status, (await callRest(discord, 'GET', one)).body['code']]).toEqual([204, 10063]);
    expect(discord.violations).toEqual([]);
  });

  it('lists its translations only to those who ask', async () => {
    await put(slash({ name_localizations: { vi: 'vẽ' } }));
    const [plain, full] = [await callRest(discord, 'GET', path), await callRest(discord, 'GET', `${path}?with_localizations=true`)];
    expect([plain.list[0]?.['name_localizations'], full.list[0]?.['name_localizations']]).toEqual([undefined, { vi: 'vẽ' }]);
  });

  it('comes a hundred times, its menu fifteen times, and two hundred new ones a day', async () => {
    const many = (count: number, more: JsonObject = {}): readonly JsonObject[] =>
      Array.from({ length: count }, (_, n) => slash({ name: `c${n}`, ...more }));
    const menus = (count: number): readonly JsonObject[] => Array.from({ length: count }, (_, n) => ({ type: 3, name: `Menu ${n}` }));
    expect([(await put(...many(100), ...menus(15))).status, (await put(...many(101))).status, (await put(...menus(16))).status]).toEqual([
      200, 400, 400,
    ]);
    await put();
    expect((await put(...Array.from({ length: 86 }, (_, n) => slash({ name: `d${n}` })))).body['code']).toBe(30034);
    await put();
  });

  it('of another application is none of ours', async () => {
    expect((await callRest(discord, 'GET', '/applications/1/commands')).status).toBe(403);
    expect(discord.violations).toHaveLength(1);
  });

  it('of one server is offered there alone', async () => {
    await put();
    await callRest(discord, 'PUT', `/applications/${discord.applicationId}/guilds/${guild.id}/commands`, { body: [slash()] });
    const lan = discord.person('Lan');
    await expect(lan.slash('imagine', {}, discord.guild('Second').channel('talk'))).rejects.toThrow('no command');
    discord.settings.responseMs = 10;
    expect((await lan.slash('imagine', {}, guild.channel('art'))).kind).toBe('nothing');
    await callRest(discord, 'PUT', `/applications/${discord.applicationId}/guilds/${guild.id}/commands`, { body: [] });
    discord.settings.responseMs = 3000;
  });
});

describe('whether a command is offered', () => {
  const offered = async (command: JsonObject, channel = guild.channel('art')): Promise<boolean> => {
    await put({ ...slash(), ...command });
    discord.settings.responseMs = 1;
    return discord
      .person('Lan')
      .slash('imagine', {}, channel)
      .then(
        () => true,
        () => false,
      );
  };

  it('depends on where, to whom, and how old one has to be', async () => {
    const direct = discord.person('Lan').direct();
    expect(await offered({})).toBe(true);
    expect(await offered({ contexts: [1] })).toBe(false);
    expect([await offered({ contexts: [0] }, direct), await offered({ contexts: [0, 1] }, direct)]).toEqual([false, true]);
    expect([await offered({ nsfw: true }), await offered({ default_member_permissions: '0' })]).toEqual([false, false]);
    guild.channel('late').set({ nsfw: true });
    expect(await offered({ nsfw: true }, guild.channel('late'))).toBe(true);
    guild.giveRole(discord.person('Lan').id, 'Keeper', ['MANAGE_GUILD']);
    expect(await offered({ default_member_permissions: String(1 << 5) })).toBe(true);
    guild.channel('quiet').denyEveryone('USE_APPLICATION_COMMANDS');
    expect(await offered({}, guild.channel('quiet'))).toBe(false);
    discord.settings.responseMs = 3000;
  });

  it('is the application’s to say of itself', async () => {
    const { body } = await callRest(discord, 'GET', '/applications/@me');
    expect(body).toMatchObject({ id: discord.applicationId, verify_key: discord.publicKey, flags: 0, bot: { id: discord.botId } });
    expect(isObject(body['integration_types_config'])).toBe(true);
  });
});
