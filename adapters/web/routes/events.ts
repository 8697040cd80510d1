import { credentialsOf, type WebApp, type WebHouse } from '../house.ts';

const HEADERS = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

/** `GET /api/events`: what happens, as server-sent events. A page that comes again says where it was, in a header or in the address. */
export function addEvents(app: WebApp, { people, stream }: WebHouse): void {
  app.get('/api/events', async (context) => {
    // Whoever asks for the headers alone reads no stream, and would hold a place that nobody gives back.
    if (context.req.method === 'HEAD') return context.body(null, 200, HEADERS);
    const since = context.req.header('last-event-id') ?? context.req.query('since');
    const asker = context.get('asker');
    const stillHere = async (): Promise<boolean> => (await people.identify(credentialsOf(context)))?.id === asker.person.id;
    const events = await stream.open(asker, since?.slice(0, 100), stillHere);
    if (events === undefined) return context.json({ error: 'busy' }, 503, { 'Retry-After': '10' });
    return context.body(events, 200, HEADERS);
  });
}
