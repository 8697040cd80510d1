import { Hono } from 'hono';
import { sayRefusal } from '#src/core/messages.ts';
import type { Desk, Stop } from '#src/core/platform.ts';
import type { Assets } from './assets.ts';
import { createChannels } from './channels.ts';
import { WEB_LIMITS } from './config.ts';
import { isOwnHost, isOwnOrigin, isReachable, SAFE_HEADERS } from './guard.ts';
import { credentialsOf, languageOf, type WebApp, type WebHouse, type WebRoom } from './house.ts';
import { createLooking } from './looking.ts';
import { createPace } from './pace.ts';
import { createGuests, createMembers } from './people.ts';
import { addAsking } from './routes/asking.ts';
import { addChannels } from './routes/channels.ts';
import { addClips } from './routes/clips.ts';
import { addEvents } from './routes/events.ts';
import { addGallery } from './routes/gallery.ts';
import { addHealth } from './routes/health.ts';
import { addPages } from './routes/pages.ts';
import { addRequests } from './routes/requests.ts';
import { addSigning } from './routes/signing.ts';
import { addUsage } from './routes/usage.ts';
import { createStream } from './stream.ts';
import { startTidying } from './tidying.ts';
import { createUnconfirmed } from './unconfirmed.ts';
import { createWatch } from './watch.ts';

export interface App {
  readonly app: WebApp;
  /** Ends what would go on by itself: the pages' streams, and the tidying. */
  readonly stop: Stop;
}

export function createApp(room: WebRoom, assets: Assets, desk: Desk): App {
  const { cabinet, now, log } = room;
  const people = isReachable(room.host, room.names) ? createMembers(cabinet, now) : createGuests();
  const channels = createChannels({ cabinet, asksForSignIn: people.asksForSignIn, now });
  const watch = createWatch(room);
  const stream = createStream({ watch, channels, cards: room.cards, log });
  const pace = createPace({ ...WEB_LIMITS.asking, now });
  const unconfirmed = createUnconfirmed(room);
  const looking = createLooking(room, channels);
  const house: WebHouse = { room, desk, people, pace, channels, looking, unconfirmed, watch, stream };

  const app: WebApp = new Hono();
  addHealth(app, room);
  guard(app, room);
  addPages(app, house, assets);
  addSigning(app, house);
  app.use(async (context, next) => {
    const person = await people.identify(credentialsOf(context));
    if (person === undefined) return context.json({ error: 'sign-in' }, 401);
    context.set('asker', { person, language: languageOf(context) });
    return next();
  });
  for (const add of [addAsking, addChannels, addClips, addEvents, addGallery, addRequests, addUsage]) add(app, house);
  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    log.error('web-failed', { method: context.req.method, route: context.req.path.slice(0, 100) }, error);
    return context.json({ error: 'failed', sentence: sayRefusal(languageOf(context), 'failed', {}) }, 500);
  });
  const stopTidying = startTidying([people.tidy, unconfirmed.tidy], log);
  const stop = async (): Promise<void> => {
    stream.close();
    await stopTidying();
  };
  return { app, stop };
}

function guard(app: WebApp, { names }: WebRoom): void {
  app.use(async (context, next) => {
    const host = context.req.header('host');
    const sender = { host, origin: context.req.header('origin'), fetchSite: context.req.header('sec-fetch-site') };
    const allowed = isOwnHost(host, names) && (context.req.method !== 'POST' || isOwnOrigin(sender));
    if (allowed) await next();
    else context.res = context.json({ error: 'forbidden' }, 403);
    for (const [name, value] of Object.entries(SAFE_HEADERS)) if (!context.res.headers.has(name)) context.header(name, value);
  });
}
