import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import type { Call, Identity } from './client.ts';
import type { SlackConfig } from './config.ts';
import { renewed, type Installation, type Installations } from './installations.ts';

/** The bot's token in each workspace, whichever half of the product asks. Nobody else keeps one. */
export interface Tokens {
  /** Undefined when the app is not installed there, or Slack does not take its token. */
  of(team: string): Promise<Identity | undefined>;
  /**
   * The same for a payload that came from there: of a shared channel it may name another workspace than the one with the app.
   * Throws TryLater while Slack cannot be asked.
   */
  forPayload(team: string | undefined): Promise<Identity | undefined>;
  /** The app was removed there, or its tokens were taken back. */
  forget(team: string): Promise<void>;
}

const AWAY_WAIT_MS = 3000;
const testSchema = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() });

/** One token, from the configuration. Which workspace it is for, Slack says: asked once, and again only after it could not say. */
export function createOneToken(call: Call, botToken: string): Tokens {
  let identity: Identity | undefined;
  const identify = async (): Promise<Identity | undefined> => {
    if (identity !== undefined) return identity;
    const reply = await call(botToken, 'auth.test', {});
    // Whose payload it is, is not known now: it is not taken, and Slack sends events again.
    if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
    if (reply.kind === 'refused') return undefined;
    const { team_id: team, user_id: botUserId, bot_id: botId } = testSchema.parse(reply.body);
    identity = { team, botToken, botId, botUserId };
    return identity;
  };
  return {
    // A worker can write without knowing its own name.
    of: async (team) => identity ?? { team, botToken, botId: '', botUserId: '' },
    forPayload: identify,
    forget: async () => {},
  };
}

/** A token is renewed when less than this is left of its twelve hours. */
const RENEW_BEFORE_MS = 2 * 60 * 60_000;
const grantSchema = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.number().optional() });

type ManyWorkspaces = Extract<SlackConfig['access'], { kind: 'many-workspaces' }>;

export interface InstalledTokensOptions {
  readonly call: Call;
  readonly access: ManyWorkspaces;
  readonly installations: Installations;
  readonly now: () => number;
}

/** A token for each installation, renewed where Slack lets tokens end. */
export function createInstalledTokens({ call, access, installations, now }: InstalledTokensOptions): Tokens {
  const renewing = new Map<string, Promise<Installation>>();

  /** One at a time: a refresh token buys one token. Another process may have been faster, so that a refusal is answered by looking again. */
  async function renew(owner: string, installation: Installation): Promise<Installation> {
    const { refreshToken } = installation.bot;
    if (refreshToken === undefined) return installation;
    const { clientId: client_id, clientSecret: client_secret } = access;
    const args = { client_id, client_secret, grant_type: 'refresh_token', refresh_token: refreshToken };
    const reply = await call(undefined, 'oauth.v2.access', args);
    if (reply.kind !== 'done') return (await installations.find(owner)) ?? installation;
    const grant = grantSchema.parse(reply.body);
    const expiresAt = grant.expires_in === undefined ? undefined : Math.floor(now() / 1000) + grant.expires_in;
    await installations.save(owner, renewed(installation, grant.access_token, grant.refresh_token, expiresAt));
    return (await installations.find(owner)) ?? installation;
  }

  async function current(owner: string): Promise<Installation | undefined> {
    const installation = await installations.find(owner);
    const { expiresAt } = installation?.bot ?? {};
    if (installation === undefined || expiresAt === undefined || expiresAt * 1000 > now() + RENEW_BEFORE_MS) return installation;
    const work = renewing.get(owner) ?? renew(owner, installation).finally(() => renewing.delete(owner));
    renewing.set(owner, work);
    return work;
  }

  async function identify(team: string): Promise<Identity | undefined> {
    const installation = await current(team);
    if (installation === undefined) return undefined;
    const { token: botToken, id: botId, userId: botUserId } = installation.bot;
    return { team, botToken, botId, botUserId };
  }

  return {
    of: identify,
    forPayload: async (team) => (team === undefined ? undefined : identify(team)),
    forget: async (team) => installations.remove(team),
  };
}
