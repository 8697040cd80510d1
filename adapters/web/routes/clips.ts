import type { Context } from 'hono';
import type { Clip } from '#src/core/answer.ts';
import { CLIP_KEY_PATTERN, type Clips } from '#src/core/clips.ts';
import { Refusal } from '#src/core/failure.ts';
import { MADE_HEADERS } from '../guard.ts';
import type { WebApp, WebHouse } from '../house.ts';
import { parseRange } from '../range.ts';

/** `GET /clips/:id/:key`: a clip, whole or a part of it, to whoever may see its request. Its bytes pass through and are never all in memory. */
export function addClips(app: WebApp, { room, looking }: WebHouse): void {
  app.get('/clips/:id/:key', async (context) => {
    const { id, key } = context.req.param();
    const entry = CLIP_KEY_PATTERN.test(key) ? await looking.find(id, context.get('asker').person) : undefined;
    const clip = entry?.answer?.kind === 'made' ? entry.answer.clip : undefined;
    if (clip === undefined || clip.key !== key) return context.notFound();
    try {
      return await serveClip(context, clip, room.clips);
    } catch (error) {
      if (error instanceof Refusal) return context.notFound();
      throw error;
    }
  });
}

async function serveClip(context: Context, { key, type, sizeBytes }: Clip, clips: Pick<Clips, 'open'>): Promise<Response> {
  const tag = `"${key}"`;
  const headers = { ...MADE_HEADERS, 'Content-Type': type, 'Accept-Ranges': 'bytes', ETag: tag };
  if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers);
  // A part of something else is worth nothing to whoever has the beginning of this.
  const isSame = [undefined, tag].includes(context.req.header('if-range'));
  const range = isSame ? parseRange(context.req.header('range'), sizeBytes) : 'whole';
  if (range === 'unsatisfiable') return context.body(null, 416, { ...headers, 'Content-Range': `bytes */${sizeBytes}` });
  const isWhole = range === 'whole';
  const length = isWhole ? sizeBytes : range.to - range.from + 1;
  const told = {
    ...headers,
    'Content-Length': String(length),
    ...(isWhole ? {} : { 'Content-Range': `bytes ${range.from}-${range.to}/${sizeBytes}` }),
  };
  // Whoever asks for the headers alone reads nothing, and would leave the file open.
  if (context.req.method === 'HEAD') return context.body(null, isWhole ? 200 : 206, told);
  const { bytes } = await (isWhole ? clips.open(key) : clips.open(key, range));
  return context.body(ReadableStream.from(bytes), isWhole ? 200 : 206, told);
}
