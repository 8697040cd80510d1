import type { Archive } from '#src/core/archive.ts';
import { fresh, paced, viewerOf, type WebApp, type WebHouse } from '../house.ts';
import { cleanText } from '#src/core/command-text.ts';
import type { Channel } from '../channels.ts';
import { WEB_LIMITS } from '../config.ts';
import { channelSchema, parseMessages, TENANT } from '../parse.ts';
import { renderEntry } from '../render.ts';

const viewOf = ({ id, name, kind, room }: Channel) => ({ id, name, kind, room });

/** Channels, what was said in them, and threads. */
export function addChannels(app: WebApp, house: WebHouse): void {
  const { room, people, channels, looking, stream } = house;
  const { archive } = room;

  app.get('/api/channels', async (context) => {
    const { person } = context.get('asker');
    const [list, everybody] = await Promise.all([channels.listFor(person), people.list()]);
    const others = everybody.filter(({ id }) => id !== person.id).map(({ id, name }) => ({ id, name }));
    return fresh(context, { channels: list.map(viewOf), others });
  });

  app.post('/api/channels', paced(house), async (context) => {
    const { data } = channelSchema.safeParse(await context.req.json().catch(() => undefined));
    const name = cleanText(data?.name ?? '');
    if (data === undefined || name === '') return context.json({ error: 'bad-request' }, 400);
    const known = new Set((await people.list()).map(({ id }) => id));
    if (data.members?.some((id) => !known.has(id)) === true) return context.json({ error: 'bad-request' }, 400);
    const made = await channels.make(context.get('asker').person, name, data.members);
    if (made === undefined) return context.json({ error: 'too-many' }, 409);
    stream.tellChannels();
    return context.json(viewOf(made), 201);
  });

  app.get('/api/channels/:id/messages', async (context) => {
    const asker = context.get('asker');
    const channel = await channels.find(asker.person, context.req.param('id'));
    if (channel === undefined) return context.notFound();
    const query = parseMessages(context.req.query(), channel.room);
    if (query === undefined) return context.json({ error: 'bad-request' }, 400);
    // Taken before the reading: what happens between the two is told twice rather than never.
    const position = stream.position();
    const entries = await archive.history(query);
    const replies = await repliesOf(
      archive,
      entries.map(({ request }) => request.id),
    );
    const messages = entries.map((entry) => renderEntry(entry, viewerOf(asker, room)));
    return fresh(context, { messages, replies, more: entries.length === query.limit, position });
  });

  app.get('/api/threads/:topic', async (context) => {
    const asker = context.get('asker');
    const position = stream.position();
    const root = await looking.find(context.req.param('topic'), asker.person);
    if (root === undefined) return context.notFound();
    const { room: within } = root.request.thread;
    const topic = root.request.id;
    // Whoever may see the root is in its room, and so may see what is said there.
    const query = { tenant: TENANT, topic, limit: WEB_LIMITS.repliesLength, ...(within === undefined ? {} : { room: within }) };
    const replies = within === undefined ? [] : await archive.history(query);
    const render = (entry: typeof root) => renderEntry(entry, viewerOf(asker, room));
    return fresh(context, { root: render(root), replies: replies.toReversed().map(render), position });
  });
}

async function repliesOf(
  archive: Archive,
  topics: readonly string[],
): Promise<Readonly<Record<string, { count: number; lastAt: number }>>> {
  const rows = topics.length === 0 ? [] : await archive.replies({ tenant: TENANT, topics });
  return Object.fromEntries(rows.map(({ topic, count, lastAt }) => [topic, { count, lastAt }]));
}
