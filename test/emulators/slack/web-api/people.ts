import { compact, type JsonObject } from '../json.ts';
import { refuse } from '../refusal.ts';
import type { Person } from '../world.ts';
import { flag, method, name, ok } from './method.ts';

function userObject(person: Person, withLocale: boolean): JsonObject {
  return compact({
    id: person.id,
    team_id: person.teamId,
    name: person.name,
    deleted: person.isDeactivated,
    real_name: person.name,
    tz: person.timeZone,
    profile: { real_name: person.name, display_name: person.name, team: person.teamId },
    is_admin: person.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: person.isBot,
    is_app_user: false,
    locale: withLocale ? person.locale : undefined,
    updated: 1_700_000_000,
  });
}

const info = method({
  name: 'users.info',
  tier: 4,
  scopes: ['users:read'],
  args: { user: name, include_locale: flag.optional() },
  run(args, desk, caller) {
    const person = desk.world.people.get(args.user) ?? refuse('user_not_found');
    const sharesChannel = [...desk.world.channels.values()].some(
      ({ memberIds }) => memberIds.has(person.id) && memberIds.has(caller.app.botUserId),
    );
    if (person.teamId !== caller.team.id && !sharesChannel) refuse('user_not_visible');
    // A guest from another workspace is known by name only.
    return ok({ user: userObject(person, args.include_locale === true && person.teamId === caller.team.id) });
  },
});

const bot = method({
  name: 'bots.info',
  tier: 3,
  scopes: ['users:read'],
  args: { bot: name.optional() },
  run(args, desk, caller) {
    const { app } = caller;
    if (args.bot !== app.botId) refuse('bot_not_found');
    const { display_name: botName } = desk.manifest.features.bot_user;
    return ok({ bot: { id: app.botId, deleted: false, name: botName, updated: 0, app_id: desk.world.appId, user_id: app.botUserId } });
  },
});

export const peopleMethods = [info, bot];
