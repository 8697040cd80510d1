import type { Identity, Reply } from './client.ts';
import { SLACK, SLACK_LIMITS } from './config.ts';
import type { SlackOffice } from './office.ts';
import { latestPictures } from './latest.ts';
import { tenantOf } from './address.ts';
import { renderHome } from './render-views.ts';

/** The app's home of one person: how to ask, their defaults, their latest pictures. */
export async function publishHome(office: SlackOffice, { team, botUserId }: Identity, user: string): Promise<void> {
  const { archive, preferences, people, cards, api, log } = office;
  const tenant = tenantOf(team);
  const [{ language = 'en' }, defaults, results, pictures] = await Promise.all([
    people.of(team, user),
    preferences.read(tenant, user),
    archive.history({ tenant, requesterId: user, platform: SLACK, onlyMade: true, limit: SLACK_LIMITS.homeResults }),
    latestPictures(office, tenant, user),
  ]);
  const home = { language, bot: `<@${botUserId}>`, cards, defaults, results };
  const publish = async (shown: typeof pictures): Promise<Reply> =>
    api.call(team, 'views.publish', { user_id: user, view: renderHome({ ...home, pictures: shown }) });
  const shown = await publish(pictures);
  // One file that somebody deleted, or may not see, and Slack refuses the whole page: then it is one of words.
  const reply = shown.kind === 'refused' && pictures.size > 0 ? await publish(new Map()) : shown;
  if (reply.kind === 'refused') log.warn('slack-view-refused', { error: reply.error });
}
