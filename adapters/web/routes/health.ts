import { withinDeadline } from '#src/core/deadline.ts';
import { WEB_LIMITS } from '../config.ts';
import type { WebApp, WebRoom } from '../house.ts';

/**
 * `GET /health`: 200 as long as people can be served here, with `degraded` when something is away that they only wait for: what is asked while
 * Redis is away is taken, and painted when it is back. 503 when nothing could be taken.
 */
export function addHealth(app: WebApp, { check, checks }: Pick<WebRoom, 'check' | 'checks'>): void {
  const answers = async (work: () => Promise<void>): Promise<boolean> =>
    (await withinDeadline(work(), WEB_LIMITS.healthMs)).kind === 'done';
  app.get('/health', async (context) => {
    const [isWhole, ok] = await Promise.all([answers(check), answers(checks['ledger'] ?? check)]);
    return context.json({ ok, ...(ok && !isWhole ? { degraded: true } : {}) }, ok ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
}
