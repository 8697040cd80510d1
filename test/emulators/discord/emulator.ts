import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createAsking } from './asking.ts';
import type { Backend, Settings } from './backend.ts';
import type { RawCall } from './calls.ts';
import { createCdn, type Visit } from './cdn.ts';
import { createClock, type Clock } from './clock.ts';
import { createEndpoint } from './endpoint.ts';
import { compileAll } from './bodies/published.ts';
import { CALLBACK_SCHEMAS } from './interactions.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFiles } from './files.ts';
import { createGateway, type GatewayControls } from './gateway.ts';
import { createLimits, type Limits } from './limits.ts';
import { addPerson, createPerson, type Person } from './people.ts';
import { addGuild, channelHandle, guildHandle, type ChannelHandle, type GuildHandle, type GuildSettings } from './places.ts';
import { createRest } from './rest.ts';
import { nameOf } from './route.ts';
import { applicationRoutes, type Portal } from './routes/application.ts';
import { addChannel, channelRoutes } from './routes/channels.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { createStory } from './story.ts';
import { messageView, viewOf, type MessageView, type View } from './view.ts';
import { createWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const MEBIBYTE = 1024 * 1024;
const CALLS_MAX = 20_000;
const UNTIL_MS = 30_000;
const LOOK_MS = 25;

export interface EmulatorOptions {
  /** Ports to listen on; without them free ones. */
  readonly ports?: { readonly api?: number; readonly cdn?: number; readonly media?: number };
  /** The bot's token; without it a new one. */
  readonly token?: string;
  /** The privileged intent for the content of messages was switched on in the portal. */
  readonly messageContent?: boolean;
  /** Compiles every schema before anything is answered, for whoever measures. Without it each is compiled when first needed. */
  readonly warm?: boolean;
  /** How long a signed CDN link works: a day. */
  readonly linkLifeMs?: number;
  /** How long a file that came with a command is kept: an hour. */
  readonly ephemeralLifeMs?: number;
}

/** A Discord on loopback ports: REST, gateway, CDN, and the people in it. */
export interface DiscordEmulator {
  /** What an SDK takes as its `api`: the version is appended by the SDK. */
  readonly apiUrl: string;
  readonly cdnUrl: string;
  readonly mediaUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  /** For interactions over HTTP, in hexadecimal. */
  readonly publicKey: string;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly gateway: GatewayControls;
  /** The server of that name, made when it is asked for first. */
  guild(name: string, settings?: GuildSettings): GuildHandle;
  /** A person, made when asked for first, and a member of every server there is. */
  person(name: string, locale?: string): Person;
  /** A private channel of several people, which no bot is ever in. */
  group(name: string, people: readonly Person[]): ChannelHandle;
  channel(id: string): ChannelHandle;
  message(id: string): MessageView | undefined;
  /** Every message by the bot that is there, in every channel, in order. */
  botMessages(): readonly MessageView[];
  /** Where interactions go instead of the gateway; tried as Discord does. Rejects with what is wrong with it. */
  useEndpoint(url: string | undefined): Promise<void>;
  /** A new token for the bot: the old one is refused from now on. */
  resetToken(): string;
  /** What no correct program does. A test that means to break a rule empties it. */
  readonly violations: string[];
  calls(): readonly RawCall[];
  visits(): readonly Visit[];
  /** The story so far. */
  transcript(): string;
  view(): View;
  /** Calls back whenever something that can be seen has changed. The returned function ends that. */
  onChange(listener: () => void): () => void;
  /** Resolves with what `look` gives as soon as it gives something; rejects, with the story, when the real time is up. */
  until<T>(look: () => T | undefined | false | null, withinMs?: number): Promise<T>;
  close(): Promise<void>;
}

interface Site {
  readonly server: Server;
  readonly origin: string;
}

async function listen(port: number): Promise<Site> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the emulator has no port');
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A token as Discord makes them: whose it is, when, and a secret. */
const newToken = (applicationId: string): string =>
  `${Buffer.from(applicationId).toString('base64url')}.${randomBytes(4).toString('base64url')}.${randomBytes(28).toString('base64url')}`;

/** Opens the whole service. Nothing in it is known to anybody but the caller, who must close it. */
export async function openDiscordEmulator(options: EmulatorOptions = {}): Promise<DiscordEmulator> {
  const clock = createClock();
  const world = createWorld(clock);
  const [api, cdn, media] = await Promise.all([
    listen(options.ports?.api ?? 0),
    listen(options.ports?.cdn ?? 0),
    listen(options.ports?.media ?? 0),
  ]);
  const violations: string[] = [];
  const calls: RawCall[] = [];
  const visits: Visit[] = [];
  const listeners = new Set<() => void>();
  const limits = createLimits(clock, () => routeNames);
  const faults = createFaults(() => routeNames);
  const endpoint = createEndpoint(clock.now);
  let token = options.token ?? newToken(world.applicationId);
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const gateway = createGateway({
    backend: () => backend,
    token: () => token,
    resumeUrl: () => `${api.origin.replace('http', 'ws')}/gateway`,
    changed,
  });
  const backend: Backend = {
    world,
    files: createFiles({
      clock,
      newId: world.newId,
      linkLifeMs: options.linkLifeMs ?? 24 * HOUR_MS,
      ephemeralLifeMs: options.ephemeralLifeMs ?? HOUR_MS,
      hosts: { cdn: cdn.origin, media: media.origin },
    }),
    story: createStory(clock, () => world),
    settings: {
      messageContent: options.messageContent ?? false,
      nonceWindowMs: 180_000,
      responseMs: 3000,
      tokenLifeMs: 900_000,
      fileBytesMax: 10 * MEBIBYTE,
      requestBytesMax: 25 * MEBIBYTE,
      replaysInteractions: true,
    },
    interactions: new Map(),
    commands: new Map(),
    nonces: new Map(),
    publish: gateway.publish,
    changed,
    violate(what) {
      violations.push(what);
      changed();
    },
  };
  const portal: Portal = {
    publicKey: endpoint.publicKey,
    gatewayUrl: () => `${api.origin.replace('http', 'ws')}/gateway`,
    shards: () => gateway.settings.shards,
    startLimit: () => ({
      total: 1000,
      remaining: Math.max(gateway.settings.remaining, 0),
      maxConcurrency: gateway.settings.maxConcurrency,
      resetAfterMs: 14_400_000,
    }),
    endpointUrl: undefined,
    probe: endpoint.probe,
  };
  const ask = createAsking({ backend, endpoint, endpointUrl: () => portal.endpointUrl });
  const record =
    <Entry>(list: Entry[]) =>
    (entry: Entry): void => {
      if (list.length >= CALLS_MAX) list.shift();
      list.push(entry);
    };
  // Literal paths come before those with parameters.
  const routes = [...applicationRoutes(portal), ...messageRoutes, ...channelRoutes, ...interactionRoutes];
  const routeNames = new Set([...routes.map(nameOf), 'GET cdn']);
  const rest = createRest({ backend, routes, limits, faults, token: () => token, record: record(calls) });
  const files: (request: IncomingMessage, response: ServerResponse) => void = createCdn({ backend, faults, record: record(visits) });
  api.server.on('request', rest);
  api.server.on('upgrade', gateway.upgrade);
  for (const { server } of [cdn, media]) server.on('request', files);
  const people = new Map<string, Person>();
  if (options.warm === true) {
    compileAll([
      ...routes
        .flatMap(({ takes, takesEach, gives, givesEach }) => [takes, takesEach, gives, givesEach])
        .filter((name) => name !== undefined),
      ...CALLBACK_SCHEMAS,
    ]);
  }

  return {
    apiUrl: `${api.origin}/api`,
    cdnUrl: cdn.origin,
    mediaUrl: media.origin,
    get token() {
      return token;
    },
    applicationId: world.applicationId,
    botId: world.bot.id,
    publicKey: endpoint.publicKey,
    clock,
    settings: backend.settings,
    limits,
    faults,
    gateway,
    violations,
    guild(name, settings = {}) {
      const known = [...world.guilds.values()].find((guild) => guild.name === name);
      return guildHandle(backend, known ?? addGuild(backend, name, settings));
    },
    person(name, locale = 'en-US') {
      const person = people.get(name) ?? createPerson({ backend, ask }, addPerson(backend, name, locale));
      people.set(name, person);
      return person;
    },
    group: (name, members) => channelHandle(backend, addChannel(world, { type: 3, name, recipientIds: members.map(({ id }) => id) })),
    channel(id) {
      const channel = world.channels.get(id);
      if (channel === undefined) throw new Error('there is no such channel');
      return channelHandle(backend, channel);
    },
    message(id) {
      const message = world.messages.get(id);
      return message === undefined ? undefined : messageView(backend, message);
    },
    botMessages: () =>
      [...world.messages.values()]
        .filter(({ authorId, deleted }) => authorId === world.bot.id && !deleted)
        .map((message) => messageView(backend, message)),
    async useEndpoint(url) {
      const wrong = url === undefined ? undefined : await endpoint.probe(url);
      if (wrong !== undefined) throw new Error(`Discord does not take this endpoint: ${wrong}`);
      portal.endpointUrl = url;
    },
    resetToken() {
      token = newToken(world.applicationId);
      return token;
    },
    calls: () => calls,
    visits: () => visits,
    transcript: () => backend.story.text(),
    view: () => viewOf(backend, violations),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    until: (look, withinMs = UNTIL_MS) =>
      new Promise((resolve, reject) => {
        const finish = (): void => {
          listeners.delete(check);
          clearTimeout(timer);
          clearInterval(looking);
        };
        const check = (): void => {
          const found = look();
          if (found === undefined || found === null || found === false) return;
          finish();
          resolve(found);
        };
        const timer = setTimeout(() => {
          finish();
          reject(
            new Error(
              `it did not happen within ${withinMs} ms; the story so far:\n${backend.story.text()}\nviolations: ${violations.join('\n') || 'none'}`,
            ),
          );
        }, withinMs);
        listeners.add(check);
        // What is waited for may be in the program under test, which tells nobody here.
        const looking = setInterval(check, LOOK_MS);
        check();
      }),
    async close() {
      gateway.stop();
      clock.stop();
      await Promise.all([api, cdn, media].map(({ server }) => close(server)));
    },
  };
}
