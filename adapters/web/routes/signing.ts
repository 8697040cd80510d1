import { getConnInfo } from '@hono/node-server/conninfo';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { WEB_LIMITS } from '../config.ts';
import { createPace } from '../pace.ts';
import { COOKIE, SESSION_COOKIE, type WebApp, type WebHouse } from '../house.ts';

const signInSchema = z.object({ token: z.string().max(200) });

/** In and out, where people sign in. */
export function addSigning(app: WebApp, { room, people }: WebHouse): void {
  if (!people.asksForSignIn) return;
  const pace = createPace({ ...WEB_LIMITS.signingIn, now: room.now });
  const limit = bodyLimit({ maxSize: 4096, onError: (context) => context.json({ error: 'too-large' }, 413) });
  app.post('/api/sign-in', limit, async (context) => {
    // Behind a proxy all come from its address, and share what one may try.
    if (!pace.allows(getConnInfo(context).remote.address ?? '')) return context.json({ error: 'too-many' }, 429, { 'Retry-After': '60' });
    const { data } = signInSchema.safeParse(await context.req.json().catch(() => undefined));
    const session = data === undefined ? undefined : await people.signIn(data.token);
    if (session === undefined) return context.json({ error: 'no-token' }, 401);
    const secure = context.req.header('origin')?.startsWith('https://') === true;
    setCookie(context, SESSION_COOKIE, session, { ...COOKIE, secure });
    return context.json({ ok: true }, 200);
  });
  app.post('/api/sign-out', async (context) => {
    await people.signOut(getCookie(context, SESSION_COOKIE));
    deleteCookie(context, SESSION_COOKIE, { path: '/' });
    return context.json({ ok: true }, 200);
  });
}
