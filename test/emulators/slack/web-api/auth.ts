import { z } from 'zod';
import { refuse } from '../refusal.ts';
import { flag, method, name, ok, text } from './method.ts';

const test = method({
  name: 'auth.test',
  tier: 'special',
  args: {},
  run: (_args, desk, { team, app }) =>
    ok({
      url: `https://${team.name}.slack.example/`,
      team: team.name,
      user: desk.world.nameOf(app.botUserId),
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
});

const revoke = method({
  name: 'auth.revoke',
  tier: 3,
  args: { test: flag.optional() },
  async run(args, desk, { team, app, token }) {
    if (args.test === true) return ok({ revoked: false });
    desk.tokens.revoke(token.value);
    void desk.events.tell(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } });
    return ok({ revoked: true });
  },
});

const open = method({
  name: 'apps.connections.open',
  tier: 3,
  token: 'app',
  args: {},
  run(_args, desk) {
    if (desk.manifest.settings.socket_mode_enabled !== true) refuse('not_allowed_token_type');
    return ok({ url: desk.sockets.ticket() });
  },
});

const access = method({
  name: 'oauth.v2.access',
  tier: 'special',
  token: 'none',
  args: {
    client_id: name.optional(),
    client_secret: name.optional(),
    code: name.optional(),
    redirect_uri: text.optional(),
    grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
    refresh_token: name.optional(),
  },
  run(args, desk, { headers }) {
    const basic = /^Basic (.+)$/.exec(headers['authorization'] ?? '')?.[1];
    const [basicId, basicSecret] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
    const { clientId, clientSecret } = desk.secrets;
    if ((args.client_id ?? basicId) !== clientId) refuse('invalid_client_id');
    if ((args.client_secret ?? basicSecret) !== clientSecret) refuse('bad_client_secret');
    if (args.grant_type === 'refresh_token') return refreshed(desk.tokens.refresh(args.refresh_token ?? refuse('invalid_refresh_token')));
    const { team, installerId } = desk.installs.redeem(args.code ?? refuse('invalid_code'), args.redirect_uri);
    return refreshed({ ...desk.tokens.grant(team.id), teamId: team.id }, installerId);

    function refreshed(grant: ReturnType<typeof desk.tokens.refresh>, userId?: string) {
      const installed = desk.world.teams.get(grant.teamId);
      if (installed?.app === undefined) return refuse('invalid_code');
      return ok({
        app_id: desk.world.appId,
        ...(userId !== undefined && { authed_user: { id: userId } }),
        scope: [...installed.app.scopes].join(','),
        token_type: 'bot',
        access_token: grant.token,
        bot_user_id: installed.app.botUserId,
        ...(grant.refreshToken !== undefined && { refresh_token: grant.refreshToken, expires_in: grant.expiresInSeconds }),
        team: { id: installed.id, name: installed.name },
        enterprise: null,
        is_enterprise_install: false,
      });
    }
  },
});

export const authMethods = [test, revoke, open, access];
