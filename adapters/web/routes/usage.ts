import { withinDeadline } from '#src/core/deadline.ts';
import { fresh, type WebApp, type WebHouse } from '../house.ts';
import { WEB_LIMITS } from '../config.ts';
import { TENANT } from '../parse.ts';
import { renderUsage } from '../render-usage.ts';

const DAY_MS = 86_400_000;

/** What was spent, what is in hand, and whether everything answers. Admins see everybody's, others their own. */
export function addUsage(app: WebApp, { room, people }: WebHouse): void {
  const { archive, checks, now } = room;
  app.get('/api/usage', async (context) => {
    const { person, language } = context.get('asker');
    const today = Math.floor(now() / DAY_MS);
    const from = (today - WEB_LIMITS.usageDays + 1) * DAY_MS;
    const whose = person.isAdmin ? {} : { requesterId: person.id };
    const [rows, load, everybody, services] = await Promise.all([
      archive.usage({ tenant: TENANT, from, ...whose }),
      archive.load(),
      people.list(),
      Promise.all(
        Object.entries(checks).map(async ([name, check]) => ({
          name,
          answers: (await withinDeadline(check(), WEB_LIMITS.healthMs)).kind === 'done',
        })),
      ),
    ]);
    const names = new Map(everybody.map(({ id, name }) => [id, name]));
    const view = renderUsage(rows, { language, personId: person.id, names, today, days: WEB_LIMITS.usageDays });
    const oldestMs = load.oldestQueuedAt === undefined ? undefined : Math.max(0, now() - load.oldestQueuedAt);
    return fresh(context, { ...view, line: { queued: load.queued, running: load.running, oldestMs }, services });
  });
}
