import type { Identity } from './client.ts';
import { SLACK_LIMITS } from './config.ts';
import type { SlackOffice } from './office.ts';
import { SLACK } from './config.ts';
import { tenantOf } from './address.ts';
import { renderHome } from './render-views.ts';

/** The app's home of one person: how to ask, their defaults, their latest pictures. */
export async function publishHome(office: SlackOffice, { team, botUserId }: Identity, user: string): Promise<void> {
  const { archive, preferences, people, cards, api, log } = office;
  const tenant = tenantOf(team);
  const [{ language = 'en' }, defaults, results] = await Promise.all([
    people.of(team, user),
    preferences.read(tenant, user),
    archive.history({ tenant, requesterId: user, platform: SLACK, onlyMade: true, limit: SLACK_LIMITS.homeResults }),
  ]);
  const view = renderHome({ language, bot: `<@${botUserId}>`, cards, defaults, results });
  const reply = await api.call(team, 'views.publish', { user_id: user, view });
  if (reply.kind === 'refused') log.warn('slack-view-refused', { error: reply.error });
}
