import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { refuse } from './refusal.ts';

const ROTATION_MS = 12 * 60 * 60 * 1000;

export interface Token {
  readonly value: string;
  readonly kind: 'bot' | 'app';
  /** Undefined for the app's own token. */
  readonly teamId: string | undefined;
  readonly expiresMs: number | undefined;
  revoked: false | 'token_revoked' | 'account_inactive';
}

interface Grant {
  readonly token: string;
  /** Only with rotation: what buys the next token, once. */
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number | undefined;
}

export interface Tokens {
  readonly appToken: string;
  /** A new token of the workspace's bot; with rotation the older ones end after twelve hours. */
  grant(teamId: string): Grant;
  /** Spends a refresh token. Refuses `invalid_refresh_token`. */
  refresh(refreshToken: string): Grant & { readonly teamId: string };
  /** Refuses `not_authed`, `invalid_auth`, `token_revoked`, `account_inactive`, `token_expired`. */
  check(value: string | undefined): Token;
  revokeAll(teamId: string, reason: 'token_revoked' | 'account_inactive'): void;
  revoke(value: string): void;
  /** The newest token of the workspace that works. */
  current(teamId: string): string;
  /** Every value that was ever given out: none of them may turn up where secrets do not belong. */
  secrets(): readonly string[];
}

export function createTokens(ids: Ids, clock: Clock, rotates: boolean): Tokens {
  const all = new Map<string, Token>();
  const refreshers = new Map<string, string>();
  const add = (token: Omit<Token, 'revoked'>): string => {
    all.set(token.value, { ...token, revoked: false });
    return token.value;
  };
  const appToken = add({ value: ids.secret('xapp-1'), kind: 'app', teamId: undefined, expiresMs: undefined });

  const tokens: Tokens = {
    appToken,
    grant(teamId) {
      const expiresMs = rotates ? clock.nowMs() + ROTATION_MS : undefined;
      const token = add({ value: ids.secret(rotates ? 'xoxe.xoxb-1' : 'xoxb'), kind: 'bot', teamId, expiresMs });
      if (!rotates) return { token, refreshToken: undefined, expiresInSeconds: undefined };
      const refreshToken = ids.secret('xoxe-1');
      refreshers.set(refreshToken, teamId);
      return { token, refreshToken, expiresInSeconds: ROTATION_MS / 1000 };
    },
    refresh(refreshToken) {
      const teamId = refreshers.get(refreshToken) ?? refuse('invalid_refresh_token');
      refreshers.delete(refreshToken);
      return { ...tokens.grant(teamId), teamId };
    },
    check(value) {
      if (value === undefined || value === '') return refuse('not_authed');
      const token = all.get(value) ?? refuse('invalid_auth');
      if (token.revoked !== false) return refuse(token.revoked);
      if (token.expiresMs !== undefined && token.expiresMs <= clock.nowMs()) return refuse('token_expired');
      return token;
    },
    revokeAll(teamId, reason) {
      for (const token of all.values()) if (token.teamId === teamId) token.revoked = reason;
      for (const [refreshToken, owner] of refreshers) if (owner === teamId) refreshers.delete(refreshToken);
    },
    revoke(value) {
      const token = all.get(value);
      if (token !== undefined) token.revoked = 'token_revoked';
    },
    current(teamId) {
      const working = [...all.values()].filter((token) => token.teamId === teamId && token.revoked === false).at(-1);
      if (working === undefined) throw new Error(`the workspace ${teamId} has no token`);
      return working.value;
    },
    secrets: () => [...all.keys(), ...refreshers.keys()],
  };
  return tokens;
}
