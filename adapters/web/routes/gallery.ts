import type { Entry, HistoryQuery } from '#src/core/archive.ts';
import { fresh, viewerOf, type WebApp, type WebHouse } from '../house.ts';
import { WEB_LIMITS } from '../config.ts';
import { parseGallery, type Person } from '../parse.ts';
import { renderEntry } from '../render.ts';

interface Found {
  readonly entries: readonly Entry[];
  /** Where to go on; undefined at the end. */
  readonly next: string | undefined;
}

/** Every result that somebody may see, newest first, by words and by model. */
export function addGallery(app: WebApp, house: WebHouse): void {
  app.get('/api/gallery', async (context) => {
    const asker = context.get('asker');
    const query = parseGallery(context.req.query());
    if (query === undefined) return context.json({ error: 'bad-request' }, 400);
    const position = house.stream.position();
    const { entries, next } = await collect(query, asker.person, house);
    return fresh(context, { results: entries.map((entry) => renderEntry(entry, viewerOf(asker, house.room))), next, position });
  });
}

/** Reads on past what others keep to themselves, but not for ever: the page asks again where this ends. */
async function collect(query: HistoryQuery, person: Person, { room, looking }: WebHouse): Promise<Found> {
  const entries: Entry[] = [];
  let { before } = query;
  for (let read = 0; read < WEB_LIMITS.galleryReads && entries.length < query.limit; read += 1) {
    const found = await room.archive.history({ ...query, ...(before === undefined ? {} : { before }) });
    entries.push(...(await looking.visible(found, person)));
    const last = found.at(-1)?.request;
    if (last === undefined || found.length < query.limit) return { entries, next: undefined };
    before = { acceptedAt: last.acceptedAt, id: last.id };
  }
  return { entries, next: before === undefined ? undefined : `${before.acceptedAt},${before.id}` };
}
