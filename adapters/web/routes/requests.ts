import type { Context } from 'hono';
import { BLOB_KEY_PATTERN } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { Actor, Outcome } from '#src/core/platform.ts';
import { fresh, paced, viewerOf, type WebApp, type WebHouse } from '../house.ts';
import { placeOfThread } from '../ask.ts';
import { DIRECT } from '../channels.ts';
import { THUMBNAIL_WIDTHS } from '../config.ts';
import { MADE_HEADERS } from '../guard.ts';
import { buildRepeat, repeatSchema, TENANT, type Asker } from '../parse.ts';
import { pictureKeys, renderEntry } from '../render.ts';
import { renderTold, statusOfTold } from '../render-told.ts';

const actorOf = ({ person }: Asker): Actor => ({ tenant: TENANT, requesterId: person.id, isAdmin: person.isAdmin });

/** A price is agreed to, or turned down. */
function addPrices(app: WebApp, house: WebHouse): void {
  const { desk, looking, watch, unconfirmed } = house;

  // Until it is agreed to there is no request that could be looked up: the desk knows whose it is.
  app.post('/api/requests/:id/confirm', paced(house), async (context) => {
    const id = context.req.param('id');
    const asker = context.get('asker');
    const told = await desk.confirm({ id, actor: actorOf(asker) });
    watch.nudge(id);
    // Whoever is told no may be told of words that nobody has any more: their language is not known then, but theirs is.
    const view = renderTold(id, told.receipt.kind === 'refused' ? { ...told, language: asker.language } : told);
    return context.json(view, statusOfTold(view));
  });
  app.post('/api/requests/:id/decline', async (context) => {
    const asker = context.get('asker');
    const id = context.req.param('id');
    await unconfirmed.drop(id, asker.person.id);
    // Turned down, it cannot be agreed to any more; what somebody has agreed to meanwhile goes on.
    if ((await looking.find(id, asker.person)) === undefined) await desk.cancel(id, actorOf(asker));
    return context.json({ sentence: say(asker.language, 'is-declined') }, 200);
  });
}

/** What can be looked at and done with one request. */
export function addRequests(app: WebApp, house: WebHouse): void {
  const { room, desk, looking, channels, watch } = house;

  app.get('/api/requests/:id', async (context) => {
    const asker = context.get('asker');
    const entry = await looking.find(context.req.param('id'), asker.person);
    return entry === undefined ? context.notFound() : fresh(context, renderEntry(entry, viewerOf(asker, room)));
  });

  app.post('/api/requests/:id/repeat', paced(house), async (context) => {
    const asker = context.get('asker');
    const { data } = repeatSchema.safeParse(await context.req.json().catch(() => undefined));
    if (data === undefined) return context.json({ error: 'bad-request' }, 400);
    const entry = await looking.find(context.req.param('id'), asker.person);
    if (entry === undefined) return context.notFound();
    // What was asked in no room is asked again where nobody else is.
    const alone = await channels.find(asker.person, DIRECT);
    const place = placeOfThread(entry) ?? (alone === undefined ? undefined : { room: alone.room, topic: undefined });
    if (place === undefined) return context.notFound();
    const told = await desk.repeat(buildRepeat(entry.request.id, data, place, asker));
    watch.nudge(data.id);
    const view = renderTold(data.id, told);
    return context.json(view, statusOfTold(view));
  });

  addPrices(app, house);

  const retract = (path: string, act: (id: string, asker: Asker) => Promise<Outcome>, done: 'is-cancelling' | 'is-deleted'): void => {
    app.post(path, async (context) => {
      const asker = context.get('asker');
      const entry = await looking.find(context.req.param('id') ?? '', asker.person);
      if (entry === undefined) return context.notFound();
      const outcome = await act(entry.request.id, asker);
      watch.nudge(entry.request.id);
      if (outcome.kind === 'done') return context.json({ sentence: say(asker.language, done) }, 200);
      return context.json({ sentence: sayRefusal(asker.language, outcome.code, outcome.details) }, 422);
    });
  };
  retract('/api/requests/:id/cancel', (id, asker) => desk.cancel(id, actorOf(asker)), 'is-cancelling');
  retract('/api/requests/:id/remove', (id, asker) => desk.remove(id, actorOf(asker)), 'is-deleted');

  app.get('/pictures/:id/:key', async (context) => {
    const { id, key } = context.req.param();
    const { person } = context.get('asker');
    const entry = BLOB_KEY_PATTERN.test(key) ? await looking.find(id, person) : undefined;
    if (entry === undefined || !pictureKeys(entry).includes(key)) return context.notFound();
    const width = widthOf(context);
    if (width === 'none of ours') return context.json({ error: 'bad-request' }, 400);
    try {
      const { bytes, type } = await (width === undefined ? room.blobs.get(key) : room.thumbnail(key, width));
      return context.body(new Uint8Array(bytes), 200, { ...MADE_HEADERS, 'Content-Type': type });
    } catch (error) {
      if (error instanceof Refusal) return context.notFound();
      throw error;
    }
  });
}

/** Few widths, so that few pictures are made and kept. */
function widthOf(context: Context): number | undefined | 'none of ours' {
  const asked = context.req.query('w');
  return asked === undefined ? undefined : (THUMBNAIL_WIDTHS.find((width) => String(width) === asked) ?? 'none of ours');
}
