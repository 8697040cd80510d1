import { createClock, type Clock } from './clock.ts';
import { createDeliveries } from './deliveries.ts';
import { createEvents } from './events.ts';
import { createFaults, type Fault } from './faults.ts';
import { createFileServer } from './file-server.ts';
import { createFiles, type StoredFile } from './files.ts';
import { htmlReply, jsonReply, type Ask, type Reply } from './http.ts';
import { createIds } from './ids.ts';
import { createInstalls } from './installs.ts';
import type { JsonObject } from './json.ts';
import { createLimits } from './limits.ts';
import { manifestScopes, parseManifest } from './manifest.ts';
import { createMessages, type Message } from './messages.ts';
import { createModals } from './modals.ts';
import { WORST_CASE, type SlackOptions } from './options.ts';
import type { AppSecrets, Parts } from './parts.ts';
import { installInBrowser } from './people/browser.ts';
import { findChannel } from './people/find.ts';
import { createActor, type Actor } from './people/person.ts';
import { createPosting } from './posting.ts';
import { createRecord, type Mention, type SeenCall, type Violation } from './record.ts';
import { createResponses } from './responses.ts';
import { listen } from './server.ts';
import { createSharing } from './sharing.ts';
import { takeSnapshot } from './snapshot.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { createTokens } from './tokens.ts';
import { createTranscript } from './transcript.ts';
import { createTriggers } from './triggers.ts';
import { createWebApi } from './web-api/api.ts';
import type { Desk } from './web-api/method.ts';
import { createWorld, HOUSE, type Channel, type Person, type Team, type TeamPlan } from './world.ts';

export interface ChannelView {
  readonly id: string;
  readonly channel: Channel;
  /** As everybody sees it, or as one person does. */
  text(forPerson?: string): string;
  /** What stands in the channel itself. */
  messages(): readonly Message[];
  replies(root: Message): readonly Message[];
}

export interface SlackEmulator extends AppSecrets {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** For `installerOptions.authorizationUrl`. */
  readonly authorizationUrl: string;
  readonly origin: string;
  readonly appToken: string;
  readonly clock: Clock;
  readonly sockets: Sockets;
  readonly calls: readonly SeenCall[];
  /** What the product did that it must never do: a story ends with an empty list. */
  readonly violations: readonly Violation[];
  readonly mentions: readonly Mention[];
  readonly files: ReadonlyMap<string, StoredFile>;
  readonly parts: Parts;
  /** The newest working bot token of a workspace; of the first one, when none is named. */
  botToken(team?: string): string;
  team(name?: string): Team;
  addTeam(plan: TeamPlan): Team;
  person(name: string, team?: string): Actor;
  /** The person themselves, to change what Slack knows of them. */
  profile(name: string, team?: string): Person;
  channel(name: string, team?: string): ChannelView;
  /** The direct conversation of a person with the app. */
  direct(person: string): ChannelView;
  /** What is in front of a person: the modal on top. */
  modalText(person: string): string;
  homeText(person: string): string;
  /** What happened, one line each. */
  story(): string;
  fault(fault: Fault): void;
  clearFaults(): void;
  /** HTTP mode: where the product listens. */
  listensAt(url: string): void;
  /** The next acknowledgements of events are lost on their way: the same events come again, at once, after a minute, after five. */
  loseAcknowledgements(count: number): void;
  /** A person adds the app through the product’s own install page; what the product’s page answers at the end. */
  installs(person: string, installPage: string, team?: string): Promise<Response>;
  /** The workspace removes the app: both events, and every token is dead. */
  uninstalls(team?: string): Promise<void>;
  revokeTokens(team?: string, reason?: 'token_revoked' | 'account_inactive'): void;
  /** A person takes back what they gave the app for themselves, which is nothing to its bot: the event comes all the same. */
  leaves(person: string, team?: string): Promise<void>;
  /** Takes scopes away, as an install that left optional ones out. */
  withoutScopes(scopes: readonly string[], team?: string): void;
  /** Every token and secret that was ever given out: none of them may turn up in a log or in a job. */
  secretValues(): readonly string[];
  /** Slack’s question to a new request URL in HTTP mode: whether the product answered the challenge. */
  verifiesUrl(): Promise<boolean>;
  /** Everything as plain JSON. */
  view(): JsonObject;
  onChange(listener: () => void): () => void;
  /** Whatever a file of Slack led a reader to outside of Slack, with the headers it came with. */
  readonly elsewhere: readonly Ask[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Slack on a free port of loopback, over real HTTP and WebSocket, stricter than the real one. */
export async function openSlackEmulator(options: SlackOptions): Promise<SlackEmulator> {
  const manifest = parseManifest(options.manifest);
  const clock = createClock({ running: options.clockRuns ?? true });
  const ids = createIds(clock);
  const record = createRecord(clock);
  const faults = createFaults();
  const world = createWorld(ids, manifest.features.bot_user.display_name);
  const tokens = createTokens(ids, clock, manifest.settings.token_rotation_enabled === true);
  const secrets: AppSecrets = {
    clientId: '111.222',
    clientSecret: ids.secret('client'),
    signingSecret: ids.secret('signing'),
    verificationToken: ids.secret('verification'),
  };
  const elsewhere: Ask[] = [];
  const server = await listen(
    options.port ?? 0,
    (ask) => route(ask),
    (request, socket) => sockets.upgrade(request, socket),
  );
  const { origin } = server;
  const outside = await listen(0, (ask) => {
    elsewhere.push(ask);
    if (ask.headers['authorization'] !== undefined) record.violate('token sent elsewhere', ask.url.pathname);
    return htmlReply(200, 'not Slack');
  });

  const sockets = createSockets({ ids, clock, record, appId: world.appId, address: () => origin.replace('http', 'ws') });
  const deliveries = createDeliveries({
    clock,
    record,
    sockets,
    secrets,
    socketMode: manifest.settings.socket_mode_enabled === true,
    requestUrl: options.requestUrl,
  });
  const parts: Parts = {
    options,
    unconfirmed: { ...WORST_CASE, ...options.unconfirmed },
    manifest,
    secrets,
    clock,
    ids,
    record,
    world,
    tokens,
    installs: createInstalls({ ids, clock, world, manifest, secrets }),
    messages: createMessages(ids, clock, record.changed),
    files: createFiles(ids, clock),
    triggers: createTriggers(ids, clock),
    modals: createModals(ids, record.changed),
    sockets,
    deliveries,
    events: createEvents({ manifest, world, ids, clock, secrets, deliveries }),
    origin,
  };
  const posting = createPosting(parts);
  const desk: Desk = { ...parts, posting, sharing: createSharing(parts, posting) };
  const answerApi = createWebApi(desk, faults, createLimits(options, clock));
  const answerResponse = createResponses(parts, posting, faults);
  const fileServer = createFileServer(parts, faults, () => outside.origin);
  const transcript = createTranscript(parts);

  async function route(ask: Ask): Promise<Reply> {
    const { pathname } = ask.url;
    if (pathname.startsWith('/api/')) return answerApi(ask);
    if (pathname.startsWith('/upload/')) return fileServer.upload(ask);
    if (pathname.startsWith('/files-pri/')) return fileServer.download(ask);
    if (pathname.startsWith('/response/')) return answerResponse(ask);
    record.violate('unknown address', `${ask.method} ${pathname}`);
    return jsonReply(404, { ok: false, error: 'not_found' });
  }

  const plans = options.teams ?? [{ ...HOUSE, channels: [...HOUSE.channels, ...(options.channels ?? [])] }];
  const addTeam = (plan: TeamPlan): Team => {
    const team = world.addTeam(plan);
    if (plan.hasApp !== false) {
      world.install(team, manifestScopes(manifest));
      tokens.grant(team.id);
    }
    for (const channel of plan.channels) world.addChannel(team, channel);
    return team;
  };
  for (const plan of plans) addTeam(plan);

  const teamNamed = (name?: string): Team => {
    const found = [...world.teams.values()].find((team) => name === undefined || team.name === name);
    if (found === undefined) throw new Error(`there is no workspace ${name}`);
    return found;
  };
  const personNamed = (name: string, team?: string): Person => {
    const inTeam = team === undefined ? undefined : teamNamed(team).id;
    const found = [...world.people.values()].find((person) => person.name === name && (inTeam === undefined || person.teamId === inTeam));
    if (found === undefined) throw new Error(`there is no person ${name}`);
    return found;
  };
  const channelView = (channel: Channel): ChannelView => ({
    id: channel.id,
    channel,
    text: (forPerson) => transcript.channel(channel, forPerson === undefined ? undefined : personNamed(forPerson).id),
    messages: () => parts.messages.inChannel(channel.id),
    replies: (root) => parts.messages.replies(channel.id, root.ts),
  });
  const channelNamed = (name: string, team?: string): Channel => {
    const teamId = teamNamed(team).id;
    const found = [...world.channels.values()].find((channel) => [channel.name, channel.id].includes(name) && world.sees(teamId, channel));
    if (found === undefined) throw new Error(`there is no channel ${name}`);
    return found;
  };

  async function close(): Promise<void> {
    clock.stop();
    sockets.close();
    await Promise.all([server.stop(), outside.stop()]);
  }

  return {
    ...secrets,
    apiUrl: `${origin}/api/`,
    authorizationUrl: `${origin}/oauth/v2/authorize`,
    origin,
    appToken: tokens.appToken,
    clock,
    sockets,
    calls: record.calls,
    violations: record.violations,
    mentions: record.mentions,
    files: parts.files.all,
    parts,
    elsewhere,
    botToken: (team) => tokens.current(teamNamed(team).id),
    team: teamNamed,
    addTeam,
    person: (name, team) => createActor(desk, personNamed(name, team)),
    profile: personNamed,
    channel: (name, team) => channelView(channelNamed(name, team)),
    direct: (name) => channelView(findChannel(parts, personNamed(name), '@bot')),
    modalText(name) {
      const view = parts.modals.top(personNamed(name).id);
      return view === undefined ? '' : transcript.view(view);
    },
    homeText(name) {
      const view = parts.modals.home(personNamed(name).id);
      return view === undefined ? '' : transcript.view(view);
    },
    story: () => record.story.join('\n'),
    fault: faults.add,
    clearFaults: faults.clear,
    listensAt: deliveries.listensAt,
    loseAcknowledgements: deliveries.loseAcknowledgements,
    installs: (name, page, team) => {
      const person = personNamed(name, team);
      return installInBrowser(page, teamNamed(team), person, parts.installs);
    },
    async uninstalls(name) {
      const team = teamNamed(name);
      const bot = team.app?.botUserId ?? '';
      tokens.revokeAll(team.id, 'account_inactive');
      world.uninstall(team);
      await parts.events.tell(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [bot] } });
      await parts.events.tell(team, { type: 'app_uninstalled' });
    },
    revokeTokens: (team, reason = 'token_revoked') => tokens.revokeAll(teamNamed(team).id, reason),
    async leaves(name, team) {
      await parts.events.tell(teamNamed(team), { type: 'tokens_revoked', tokens: { oauth: [personNamed(name, team).id], bot: [] } });
    },
    withoutScopes(scopes, team) {
      for (const scope of scopes) teamNamed(team).app?.scopes.delete(scope);
    },
    secretValues: () => [...tokens.secrets(), secrets.clientSecret, secrets.signingSecret],
    verifiesUrl: deliveries.verifiesUrl,
    view: () => takeSnapshot(parts),
    onChange: record.onChange,
    close,
    [Symbol.asyncDispose]: close,
  };
}
