import type { Backend, GatewayEvent } from './backend.ts';
import type { Line } from './gateway-line.ts';
import { shardOf } from './ids.ts';
import { INTENT, isWanted } from './intents.ts';
import type { JsonObject } from './json.ts';
import { bitsOf, permissionsIn } from './permissions.ts';
import { guildCreateJson, userJson } from './wire.ts';

const DISPATCH = 0;

/** What one program asked to be told, and what it was told. It outlives its connection for a while. */
export interface Session {
  readonly id: string;
  readonly shard: readonly [number, number];
  readonly intents: number;
  seq: number;
  readonly told: { readonly seq: number; readonly frame: JsonObject }[];
  line: Line | undefined;
  lostAt: number | undefined;
  ended: boolean;
}

export interface GatewaySettings {
  heartbeatMs: number;
  /** How long a session waits for its program to come back: "a few minutes". */
  sessionLifeMs: number;
  /** How many events a session keeps for a replay. */
  replayMax: number;
  maxConcurrency: number;
  shards: number;
  /** Identifies left today. */
  remaining: number;
}

/** Who is told what, whether connected or not. */
export interface Sessions {
  /** Opens a session on a connection and says who the bot is. */
  begin(line: Line, shard: readonly [number, number], intents: number): Session;
  /** A session that still waits for its program, or undefined. */
  find(id: string): Session | undefined;
  /** Goes on with a session on another connection: first what it missed after a number, then that this was all. */
  resume(session: Session, line: Line, seq: number): void;
  publish(event: GatewayEvent): void;
}

export interface SessionsOptions {
  readonly backend: () => Backend;
  readonly settings: GatewaySettings;
  /** Where a session is to be resumed. */
  readonly resumeUrl: () => string;
}

export function createSessions({ backend, settings, resumeUrl }: SessionsOptions): Sessions {
  const sessions = new Map<string, Session>();
  const now = (): number => backend().world.clock.now();

  function tell(session: Session, name: string, data: JsonObject): void {
    session.seq += 1;
    const frame = { op: DISPATCH, t: name, s: session.seq, d: data };
    session.told.push({ seq: session.seq, frame });
    if (session.told.length > settings.replayMax) session.told.shift();
    session.line?.send(frame);
  }

  const isAlive = (session: Session): boolean =>
    !session.ended && (session.line !== undefined || now() <= (session.lostAt ?? Infinity) + settings.sessionLifeMs);

  function hears(session: Session, event: GatewayEvent): boolean {
    const {
      world,
      settings: { replaysInteractions },
    } = backend();
    const [shard, shards] = session.shard;
    const isShard = event.guildId === undefined ? shard === 0 : shardOf(event.guildId, shards) === shard;
    if (!isShard || !isWanted(event.name, event.guildId !== undefined, session.intents)) return false;
    if (event.name === 'INTERACTION_CREATE') return session.line !== undefined || replaysInteractions;
    const channel = event.channelId === undefined ? undefined : world.channels.get(event.channelId);
    return channel === undefined || (permissionsIn(world, channel, world.bot.id) & bitsOf(['VIEW_CHANNEL'])) !== 0n;
  }

  function publish(event: GatewayEvent): void {
    for (const session of sessions.values()) {
      if (!isAlive(session)) sessions.delete(session.id);
      else if (hears(session, event)) tell(session, event.name, event.data((session.intents & INTENT.messageContent) !== 0));
    }
  }

  function introduce(session: Session): void {
    const { world } = backend();
    const [shard, shards] = session.shard;
    const guilds = [...world.guilds.values()].filter(({ id, members }) => members.has(world.bot.id) && shardOf(id, shards) === shard);
    tell(session, 'READY', {
      v: 10,
      user: { ...userJson(world.bot), verified: true, mfa_enabled: true, email: null, bot: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: resumeUrl(),
      shard: [...session.shard],
      application: { id: world.applicationId, flags: 0 },
      _trace: [],
    });
    if ((session.intents & INTENT.guilds) === 0) return;
    for (const guild of guilds) tell(session, 'GUILD_CREATE', guildCreateJson(backend(), guild));
  }

  return {
    publish,
    begin(line, shard, intents) {
      const id = backend().world.newToken().slice(0, 32);
      const session: Session = { id, shard, intents, seq: 0, told: [], line, lostAt: undefined, ended: false };
      sessions.set(id, session);
      introduce(session);
      return session;
    },
    find(id) {
      const session = sessions.get(id);
      return session !== undefined && isAlive(session) ? session : undefined;
    },
    resume(session, line, seq) {
      session.line = line;
      session.lostAt = undefined;
      for (const { seq: at, frame } of session.told) if (at > seq) line.send(frame);
      tell(session, 'RESUMED', { _trace: [] });
    },
  };
}
