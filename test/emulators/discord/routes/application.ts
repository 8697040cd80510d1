import { guildFor, idFrom } from '../access.ts';
import type { Backend } from '../backend.ts';
import { commandFaults } from '../bodies/command.ts';
import { isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from '../json.ts';
import { invalidForm, problem, violation, type Fault } from '../problems.ts';
import { inGuild } from '../permissions.ts';
import { NOTHING, ok, type Answer, type Call, type Route } from '../route.ts';
import { userJson } from '../wire.ts';

const SLASH_MAX = 100;
const MENU_MAX = 15;
const CREATED_A_DAY_MAX = 200;
const DAY_MS = 86_400_000;

/** What routes need to know of the application beside the world. */
export interface Portal {
  readonly publicKey: string;
  readonly gatewayUrl: () => string;
  readonly startLimit: () => {
    readonly total: number;
    readonly remaining: number;
    readonly maxConcurrency: number;
    readonly resetAfterMs: number;
  };
  readonly shards: () => number;
  endpointUrl: string | undefined;
  /** Tries a URL as Discord does before it takes it: what is wrong with it, or undefined. */
  readonly probe: (url: string) => Promise<string | undefined>;
}

const typeOf = (command: JsonObject): number => (typeof command['type'] === 'number' ? command['type'] : 1);

const keyOf = (command: JsonObject, guildId: string | undefined): string =>
  `${guildId ?? ''} ${typeOf(command)} ${textOf(command['name'])}`;

/** The commands of a guild, or those of everywhere. */
export const commandsIn = ({ commands }: Backend, guildId: string | undefined): readonly JsonObject[] =>
  [...commands.values()].filter((command) => (command['guild_id'] ?? undefined) === guildId);

const bits = (value: Json | undefined): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);

function stored(backend: Backend, command: JsonObject, guildId: string | undefined, earlier: JsonObject | undefined): JsonObject {
  const { world } = backend;
  const isGlobal = guildId === undefined;
  return {
    id: earlier?.['id'] ?? world.newId(),
    application_id: world.applicationId,
    version: world.newId(),
    default_member_permissions: bits(command['default_member_permissions']),
    type: typeOf(command),
    name: textOf(command['name']),
    name_localizations: command['name_localizations'] ?? null,
    description: textOf(command['description']),
    description_localizations: command['description_localizations'] ?? null,
    ...(isGlobal ? { dm_permission: command['dm_permission'] ?? true, contexts: command['contexts'] ?? null } : { guild_id: guildId }),
    integration_types: isGlobal ? (command['integration_types'] ?? [0]) : [0],
    nsfw: command['nsfw'] ?? false,
    ...(objectsOf(command['options']).length > 0 && { options: command['options'] ?? [] }),
  };
}

function tooMany(list: readonly JsonObject[]): readonly Fault[] {
  const count = (type: number): number => list.filter((command) => typeOf(command) === type).length;
  const over = [count(1) > SLASH_MAX, count(2) > MENU_MAX, count(3) > MENU_MAX].includes(true);
  const repeated = list.flatMap((command, index) =>
    list.findIndex((other) => keyOf(other, undefined) === keyOf(command, undefined)) < index ? [index] : [],
  );
  return [
    ...(over
      ? [{ path: [], code: 'APPLICATION_COMMAND_TOO_MANY', message: `At most ${SLASH_MAX} slash and ${MENU_MAX} menu commands of a kind` }]
      : []),
    ...repeated.map((index) => ({
      path: [index],
      code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
      message: 'Application command names must be unique',
    })),
  ];
}

const guildIn = ({ backend, params }: Call): string | undefined =>
  params['guild'] === undefined ? undefined : guildFor(backend, params['guild']).id;

function demandOwn({ backend, params }: Call): void {
  const isOwn = idFrom(params['application'], 'application_id') === backend.world.applicationId;
  if (!isOwn) throw violation(50001, 'commands of an application that is not the bot’s');
}

/** Counts new commands of the last day: more than 200 are refused. */
function createCounter(): (backend: Backend, guildId: string | undefined, fresh: number) => void {
  const made = new Map<string, number[]>();
  return ({ world }, guildId, fresh) => {
    const now = world.clock.now();
    const recent = (made.get(guildId ?? '') ?? []).filter((at) => at > now - DAY_MS);
    if (recent.length + fresh > CREATED_A_DAY_MAX) throw problem(30034);
    made.set(guildId ?? '', [...recent, ...Array<number>(fresh).fill(now)]);
  };
}

function commandRoutes(base: string): readonly Route[] {
  const count = createCounter();

  function save(call: Call, command: JsonObject): { readonly json: JsonObject; readonly isNew: boolean } {
    const guildId = guildIn(call);
    const key = keyOf(command, guildId);
    const earlier = call.backend.commands.get(key);
    if (earlier === undefined) count(call.backend, guildId, 1);
    const json = stored(call.backend, command, guildId, earlier);
    call.backend.commands.set(key, json);
    call.backend.changed();
    return { json, isNew: earlier === undefined };
  }

  function find(call: Call): JsonObject {
    demandOwn(call);
    const command = commandsIn(call.backend, guildIn(call)).find(({ id }) => id === call.params['command']);
    if (command === undefined) throw problem(10063);
    return command;
  }

  function overwrite(call: Call): Answer {
    demandOwn(call);
    const wanted = call.list.filter(isObject);
    const faults = [...tooMany(wanted), ...wanted.flatMap((command, index) => commandFaults(command, [index]))];
    if (faults.length > 0) throw invalidForm(faults);
    const guildId = guildIn(call);
    const kept = new Set(wanted.map((command) => keyOf(command, guildId)));
    for (const key of call.backend.commands.keys()) {
      const isHere = (call.backend.commands.get(key)?.['guild_id'] ?? undefined) === guildId;
      if (isHere && !kept.has(key)) call.backend.commands.delete(key);
    }
    return ok(wanted.map((command) => save(call, command).json));
  }

  function create(call: Call): Answer {
    demandOwn(call);
    const faults = [
      ...commandFaults(call.body, []),
      ...tooMany([
        ...commandsIn(call.backend, guildIn(call)).filter((other) => keyOf(other, undefined) !== keyOf(call.body, undefined)),
        call.body,
      ]),
    ];
    if (faults.length > 0) throw invalidForm(faults);
    const { json, isNew } = save(call, call.body);
    return { status: isNew ? 201 : 200, body: json };
  }

  function change(call: Call): Answer {
    const before = find(call);
    const after = { ...before, ...call.body };
    const faults = commandFaults(after, []);
    if (faults.length > 0) throw invalidForm(faults);
    call.backend.commands.delete(keyOf(before, guildIn(call)));
    const json = stored(call.backend, after, guildIn(call), before);
    call.backend.commands.set(keyOf(json, guildIn(call)), json);
    return ok(json);
  }

  function list(call: Call): Answer {
    demandOwn(call);
    const all = commandsIn(call.backend, guildIn(call));
    const isFull = call.query.get('with_localizations') === 'true';
    return ok(isFull ? [...all] : all.map(withoutDictionaries));
  }

  function drop(call: Call): Answer {
    call.backend.commands.delete(keyOf(find(call), guildIn(call)));
    return NOTHING;
  }

  const gives = 'ApplicationCommandResponseSchema';
  return [
    { method: 'GET', path: base, auth: 'bot', asks: ['with_localizations'], givesEach: gives, handle: list },
    { method: 'PUT', path: base, auth: 'bot', takesEach: 'ApplicationCommandUpdateRequestSchema', givesEach: gives, handle: overwrite },
    { method: 'POST', path: base, auth: 'bot', takes: 'ApplicationCommandCreateRequestSchema', gives, handle: create },
    { method: 'GET', path: `${base}/:command`, auth: 'bot', gives, handle: (call) => ok(find(call)) },
    { method: 'PATCH', path: `${base}/:command`, auth: 'bot', takes: 'ApplicationCommandPatchRequestPartialSchema', gives, handle: change },
    { method: 'DELETE', path: `${base}/:command`, auth: 'bot', handle: drop },
  ];
}

const withoutDictionaries = (node: JsonObject): JsonObject => {
  const { name_localizations: _names, description_localizations: _descriptions, options, choices, ...rest } = node;
  return {
    ...rest,
    ...(isJsonArray(options) && { options: objectsOf(options).map(withoutDictionaries) }),
    ...(isJsonArray(choices) && { choices: objectsOf(choices).map(withoutDictionaries) }),
  };
};

function applicationJson({ world, settings }: Backend, portal: Portal): JsonObject {
  // 1 << 19: the content of messages may be asked for, by an application that few servers use.
  const flags = settings.messageContent ? 1 << 19 : 0;
  const owner = [...world.users.values()].find(({ isBot }) => !isBot);
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    type: null,
    bot: userJson(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: portal.publicKey,
    flags,
    flags_new: String(flags),
    redirect_uris: [],
    interactions_endpoint_url: portal.endpointUrl ?? null,
    role_connections_verification_url: null,
    integration_types_config: { 0: {}, 1: {} },
    owner: userJson(owner ?? world.bot),
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: [...world.users.values()].filter(({ installedApp }) => installedApp).length,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    event_webhooks_types: [],
    eligible_oauth2_scopes: [],
  };
}

async function changeApplication({ backend, body }: Call, portal: Portal): Promise<Answer> {
  const strange = Object.keys(body).filter((name) => name !== 'interactions_endpoint_url');
  if (strange.length > 0) backend.violate(`changes of the application that the emulator does not know: ${strange.join(', ')}`);
  if (body['interactions_endpoint_url'] === null) portal.endpointUrl = undefined;
  const url = textOf(body['interactions_endpoint_url']);
  if (url === '') return ok(applicationJson(backend, portal));
  const wrong = await portal.probe(url);
  if (wrong !== undefined) {
    throw invalidForm(
      [
        {
          path: ['interactions_endpoint_url'],
          code: 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID',
          message: `The specified interactions endpoint url could not be verified: ${wrong}`,
        },
      ],
      true,
    );
  }
  portal.endpointUrl = url;
  return ok(applicationJson(backend, portal));
}

const GUILDS_PAGE_MAX = 200;

/** A page of the servers that the bot is in, by id, with what its roles allow in each. */
function ownGuilds({ backend: { world }, query }: Call): Answer {
  const [before, after] = [query.get('before'), query.get('after')];
  const limit = Number(query.get('limit') ?? GUILDS_PAGE_MAX);
  if (!Number.isInteger(limit) || limit < 1 || limit > GUILDS_PAGE_MAX) throw violation(50035, `a page of ${limit} servers`);
  const own = [...world.guilds.values()]
    .filter(({ id, members }) => members.has(world.bot.id) && (before === null || BigInt(id) < BigInt(before)))
    .filter(({ id }) => after === null || BigInt(id) > BigInt(after))
    .toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  return ok(
    own.slice(0, limit).map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      banner: null,
      owner: guild.ownerId === world.bot.id,
      permissions: String(inGuild(guild, world.bot.id)),
      features: [],
    })),
  );
}

export function applicationRoutes(portal: Portal): readonly Route[] {
  const gateway = ({ backend }: Call): Answer => {
    const { total, remaining, maxConcurrency, resetAfterMs } = portal.startLimit();
    const limit = { total, remaining, reset_after: resetAfterMs, max_concurrency: maxConcurrency };
    backend.changed();
    return ok({ url: portal.gatewayUrl(), shards: portal.shards(), session_start_limit: limit });
  };
  return [
    { method: 'GET', path: '/gateway/bot', auth: 'bot', gives: 'GatewayBotResponseSchema', handle: gateway },
    {
      method: 'GET',
      path: '/users/@me',
      auth: 'bot',
      handle: ({ backend }) => ok({ ...userJson(backend.world.bot), mfa_enabled: true, locale: 'en-US', verified: true, email: null }),
    },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      auth: 'bot',
      asks: ['before', 'after', 'limit', 'with_counts'],
      givesEach: 'MyGuildResponseSchema',
      handle: ownGuilds,
    },
    {
      method: 'GET',
      path: '/applications/@me',
      auth: 'bot',
      gives: 'PrivateApplicationResponseSchema',
      handle: ({ backend }) => ok(applicationJson(backend, portal)),
    },
    {
      method: 'PATCH',
      path: '/applications/@me',
      auth: 'bot',
      takes: 'ApplicationFormPartialSchema',
      handle: (call) => changeApplication(call, portal),
    },
    ...commandRoutes('/applications/:application/commands'),
    ...commandRoutes('/applications/:application/guilds/:guild/commands'),
  ];
}
