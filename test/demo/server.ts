import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { HandedFile, Stage } from './stage.ts';

/** Nothing comes from anywhere else, and nothing runs that is not a file of the page. */
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const PAGE = new URL('page/', import.meta.url);
const MARK = new URL('../../adapters/web/page/mark.svg', import.meta.url);
/** Changes that come close together are one scene. */
const GATHER_MS = 30;
const FILES_MAX = 10;
const FILE_BYTES_MAX = 30_000_000;

export interface DemoServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The page and what it asks for, on this machine alone. `port` 0 takes a free one. */
export async function openServer(stage: Stage, port: number): Promise<DemoServer> {
  const assets = await readAssets(stage.page);
  const closing = new AbortController();
  const app = new Hono();

  app.use(async (context, next) => {
    if (isOurs(context)) await next();
    else context.res = context.text('not from here', 403);
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  });
  app.get('/people', (context) => context.json(stage.people));
  app.get('/live', (context) => live(context, stage, closing.signal));
  app.post('/deed', async (context) => {
    const form = await context.req.formData();
    const deed = form.get('deed');
    try {
      const files = await filesIn(form);
      return context.json(await stage.act(nameOf(stage, context), typeof deed === 'string' ? JSON.parse(deed) : undefined, files));
    } catch (error) {
      // What somebody's client would not let them do is told to them, as their client would.
      return context.json({ notice: error instanceof Error ? error.message : String(error) });
    }
  });
  app.get('/picture/:id', async (context) => {
    const picture = await stage.picture(context.req.param('id'));
    if (picture === undefined) return context.notFound();
    const headers = { 'Content-Type': picture.type, 'Cache-Control': 'private, max-age=3600' };
    return context.body(picture.bytes, 200, headers);
  });
  app.get('*', (context) => {
    const asset = assets.get(context.req.path);
    return asset === undefined ? context.notFound() : context.body(asset.bytes, 200, { 'Content-Type': asset.type });
  });

  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Another page cannot make a browser name this machine's own address, nor hide where it comes from. */
function isOurs({ req }: Context): boolean {
  const host = req.header('host') ?? '';
  const origin = req.header('origin');
  return /^(?:127\.0\.0\.1|localhost):\d+$/.test(host) && (origin === undefined || origin === `http://${host}`);
}

function nameOf({ people }: Stage, { req }: Context): string {
  const name = req.query('as') ?? '';
  return people.some((person) => person.name === name) ? name : (people[0]?.name ?? '');
}

/** A scene at once, and another one whenever this person would see something else. */
function live(context: Context, stage: Stage, closing: AbortSignal): Response {
  const person = nameOf(stage, context);
  return streamSSE(context, async (stream) => {
    let changed = Promise.withResolvers<void>();
    const wake = (): void => changed.resolve();
    const stop = stage.onChange(wake);
    stream.onAbort(wake);
    closing.addEventListener('abort', wake);
    let shown = '';
    while (!stream.aborted && !closing.aborted) {
      changed = Promise.withResolvers();
      const scene = JSON.stringify({ ...stage.scene(person), violations: stage.violations() });
      if (scene !== shown) await stream.writeSSE({ event: 'scene', data: scene });
      shown = scene;
      await changed.promise;
      await stream.sleep(GATHER_MS);
    }
    stop();
    closing.removeEventListener('abort', wake);
  });
}

async function filesIn(form: FormData): Promise<HandedFile[]> {
  const entries = [...form].flatMap(([name, value]) => (value instanceof File ? [{ name, file: value }] : []));
  if (entries.length > FILES_MAX || entries.some(({ file }) => file.size > FILE_BYTES_MAX)) throw new Error('too many files, or too large');
  return Promise.all(
    entries.map(async ({ name, file }) => ({
      field: name.replace(/^file\.?/, ''),
      name: file.name,
      type: file.type,
      bytes: Buffer.from(await file.arrayBuffer()),
    })),
  );
}

/** Read once: no path of a request ever reaches the disk. */
async function readAssets(page: string): Promise<ReadonlyMap<string, { bytes: Buffer<ArrayBuffer>; type: string }>> {
  const names = await readdir(PAGE, { recursive: true });
  const known = names.map((name) => name.replaceAll('\\', '/')).filter((name) => extname(name) in TYPES);
  const read = async (path: string, file: URL): Promise<[string, { bytes: Buffer<ArrayBuffer>; type: string }]> => {
    return [path, { bytes: await readFile(file), type: TYPES[extname(file.pathname)] ?? '' }];
  };
  return new Map(
    await Promise.all([
      ...known.map((name) => read(`/page/${name}`, new URL(name, PAGE))),
      read('/', new URL(page, PAGE)),
      read('/page/mark.svg', MARK),
    ]),
  );
}
