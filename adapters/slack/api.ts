import { TryLater } from '#src/core/failure.ts';
import type { Json } from '#src/core/request.ts';
import type { Call, Reply } from './client.ts';
import type { Tokens } from './tokens.ts';

export type Arguments = { readonly [name: string]: Json | undefined };

/** The Web API for one workspace at a time. */
export interface SlackApi {
  /**
   * One call, made once. Throws TryLater `overloaded` while Slack wants this workspace to leave this method alone; every other one goes on.
   * A workspace without a token is refused with `not_installed`.
   */
  call(team: string, method: string, args: Arguments): Promise<Reply>;
}

export function createSlackApi(call: Call, tokens: Tokens, now: () => number): SlackApi {
  const holds = new Map<string, number>();

  function checkHold(key: string): void {
    const until = holds.get(key);
    if (until === undefined) return;
    if (until > now()) throw new TryLater('overloaded', until - now());
    holds.delete(key);
  }

  return {
    async call(team, method, args) {
      const key = `${team} ${method}`;
      checkHold(key);
      const identity = await tokens.of(team);
      if (identity === undefined) return { kind: 'refused', error: 'not_installed', needed: undefined };
      try {
        return await call(identity.botToken, method, args);
      } catch (error) {
        if (error instanceof TryLater) holds.set(key, now() + error.waitMs);
        throw error;
      }
    },
  };
}
