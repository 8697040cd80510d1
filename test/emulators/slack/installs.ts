import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { Manifest } from './manifest.ts';
import type { AppSecrets } from './parts.ts';
import { refuse } from './refusal.ts';
import type { Team, World } from './world.ts';

const CODE_MS = 10 * 60 * 1000;

interface Consent {
  readonly team: Team;
  readonly installerId: string;
  readonly redirectUri: string | undefined;
  readonly scopes: readonly string[];
  readonly endsMs: number;
}

/** Installing the app in a workspace: a person says yes to scopes, the product exchanges the code for a token. */
export interface Installs {
  /** What Slack's page does when the person says yes: the address of the product that the browser is sent to. */
  consent(authorizeUrl: URL, team: Team, installerId: string): string;
  /** Spends a code. Refuses `invalid_code`, `bad_redirect_uri`. */
  redeem(code: string, redirectUri: string | undefined): Consent;
}

/** The same place or one below it. A port that the manifest does not name may be any on this machine: tests cannot know theirs. */
function isBelow(listed: URL, given: URL): boolean {
  const isSamePort = listed.port === given.port || (listed.port === '' && listed.hostname === '127.0.0.1');
  return (
    listed.protocol === given.protocol && listed.hostname === given.hostname && isSamePort && given.pathname.startsWith(listed.pathname)
  );
}

export function createInstalls(options: {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly world: World;
  readonly manifest: Manifest;
  readonly secrets: AppSecrets;
}): Installs {
  const { ids, clock, world, manifest, secrets } = options;
  const codes = new Map<string, Consent>();
  return {
    consent(url, team, installerId) {
      const asked = (url.searchParams.get('scope') ?? '').split(',').filter(Boolean);
      const { bot = [], bot_optional: optional = [] } = manifest.oauth_config.scopes;
      const known = [...bot, ...optional, 'assistant:write'];
      const redirectUri = url.searchParams.get('redirect_uri') ?? manifest.oauth_config.redirect_urls?.[0];
      if (url.searchParams.get('client_id') !== secrets.clientId) throw new Error('the page says: invalid_client_id');
      if (asked.length === 0) throw new Error('the page says: no scopes were asked for');
      const strange = asked.filter((scope) => !known.includes(scope));
      if (strange.length > 0) throw new Error(`the page says: invalid_scope, not in the manifest: ${strange.join(', ')}`);
      if (redirectUri === undefined) throw new Error('the page says: there is no redirect_uri');
      const isListed = manifest.oauth_config.redirect_urls?.some((listed) => isBelow(new URL(listed), new URL(redirectUri))) ?? false;
      if (!isListed) throw new Error(`the page says: bad_redirect_uri ${redirectUri}`);
      const code = ids.secret('code');
      codes.set(code, {
        team,
        installerId,
        redirectUri: url.searchParams.get('redirect_uri') ?? undefined,
        scopes: asked,
        endsMs: clock.nowMs() + CODE_MS,
      });
      const back = new URL(redirectUri);
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      return back.href;
    },
    redeem(code, redirectUri) {
      const consent = codes.get(code) ?? refuse('invalid_code');
      codes.delete(code);
      if (consent.endsMs <= clock.nowMs()) return refuse('invalid_code');
      if (consent.redirectUri !== redirectUri) return refuse('bad_redirect_uri');
      world.install(consent.team, consent.scopes);
      return consent;
    },
  };
}
