import type { Archive } from '#src/core/archive.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { Clips } from '#src/core/clips.ts';
import type { Log } from '#src/core/log.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Notes } from '#src/core/notes.ts';
import type { Preferences } from '#src/core/preferences.ts';
import type { Language } from '#src/core/request.ts';
import { createTurns, type Turns } from '#src/core/turns.ts';
import { createSlackApi, type SlackApi } from './api.ts';
import { createCall, type Call } from './client.ts';
import type { SlackConfig } from './config.ts';
import { createSlackHosts } from './guard.ts';
import { createInstallations, type Installations } from './installations.ts';
import { createPeople, type People } from './people.ts';
import { createPosts, type Posts } from './posts.ts';
import { createStatus, type Status } from './status.ts';
import { createInstalledTokens, createOneToken, type Tokens } from './tokens.ts';
import { createVault, type Vault } from './vault.ts';
import { createWire, type Wire } from './wire.ts';

/** What the product hands to this platform. */
export interface SlackRoom {
  readonly slack: SlackConfig;
  /** Encrypts what must not be read in the database. */
  readonly secret: string;
  readonly archive: Archive;
  readonly clips: Pick<Clips, 'link'>;
  readonly notes: Notes;
  readonly cabinet: Cabinet;
  readonly preferences: Preferences;
  readonly cards: readonly ModelCard[];
  /** The operator's. */
  readonly language: Language;
  readonly log: Log;
  readonly now: () => number;
}

/** Everything that both halves of the platform work with. Making it opens nothing. */
export interface SlackOffice extends SlackRoom {
  readonly call: Call;
  readonly api: SlackApi;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly vault: Vault;
  readonly posts: Posts;
  readonly people: People;
  readonly status: Status;
  readonly wire: Wire;
  /** Who posts what was just accepted takes a turn, so that a burst of them keeps nobody waiting who has not been acknowledged yet. */
  readonly announcing: Turns;
}

const ANNOUNCING_MAX = 8;

export function createOffice(room: SlackRoom): SlackOffice {
  const { slack, cabinet, log, now } = room;
  const call = createCall(slack.apiUrl, log);
  const vault = createVault(room.secret);
  const installations = createInstallations(cabinet, vault);
  const { access } = slack;
  const tokens =
    access.kind === 'one-workspace' ? createOneToken(call, access.botToken) : createInstalledTokens({ call, access, installations, now });
  const api = createSlackApi(call, tokens, now);
  return {
    ...room,
    call,
    vault,
    installations,
    tokens,
    api,
    posts: createPosts(api),
    people: createPeople(api, now),
    status: createStatus(api, now),
    wire: createWire(createSlackHosts(slack.apiUrl)),
    announcing: createTurns(ANNOUNCING_MAX),
  };
}
