import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { Archive, Entry } from '#src/core/archive.ts';
import { BLOB_KEY_PATTERN, type Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Log } from '#src/core/log.ts';
import { sayRefusal } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { AskFunction, Stop } from '#src/core/platform.ts';
import { takePost, type Post } from './ask.ts';
import type { Assets } from './assets.ts';
import { WEB_LIMITS, type WebConfig } from './config.ts';
import { isForm, readForm } from './form.ts';
import { isOwnHost, isOwnOrigin, PICTURE_HEADERS, SAFE_HEADERS } from './guard.ts';
import { formSchema, isOfThisHouse, parseBrowser, parseHistory, parseLanguage, type Asker } from './parse.ts';
import { renderPage } from './render-page.ts';
import { pictureKeys, renderEntry } from './render.ts';

export interface WebRoom extends WebConfig {
  readonly blobs: Blobs;
  readonly archive: Archive;
  readonly cards: readonly ModelCard[];
  readonly sandbox: boolean;
  /** Rejects when nobody could be served: what `GET /health` says. */
  readonly check: () => Promise<void>;
  readonly log: Log;
}

export interface OpenedServer {
  readonly port: number;
  readonly stop: Stop;
}

const BROWSER = 'hoami-browser';
const LANGUAGE = 'hoami-language';
const COOKIE = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 31_536_000 } as const;

/** Opens the port. Rejects with the system's error (`EADDRINUSE`) when it cannot be had. */
export async function openServer(room: WebRoom, assets: Assets, ask: AskFunction): Promise<OpenedServer> {
  const app = createApp(room, assets, ask);
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((incoming, outgoing) => {
    // A connection that is kept alive for a next request must not hold up a stop.
    outgoing.once('close', () => server.listening || server.closeIdleConnections());
    void answer(incoming, outgoing);
  });
  server.headersTimeout = WEB_LIMITS.headersMs;
  server.requestTimeout = WEB_LIMITS.requestMs;
  server.listen(room.port, room.host);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : room.port, stop: async () => close(server) };
}

/** Lets requests that are being answered end, for a while. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await Promise.race([closed, sleep(WEB_LIMITS.stopMs, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}

function createApp(room: WebRoom, assets: Assets, ask: AskFunction): Hono {
  const app = new Hono();
  app.get('/health', async (context) => {
    const ok = (await withinDeadline(room.check(), WEB_LIMITS.healthMs)).kind === 'done';
    return context.json({ ok }, ok ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
  app.use(async (context, next) => {
    const host = context.req.header('host');
    const sender = { host, origin: context.req.header('origin'), fetchSite: context.req.header('sec-fetch-site') };
    const allowed = isOwnHost(host, room.names) && (context.req.method !== 'POST' || isOwnOrigin(sender));
    if (allowed) await next();
    else context.res = context.json({ error: 'forbidden' }, 403);
    for (const [name, value] of Object.entries(SAFE_HEADERS)) if (!context.res.headers.has(name)) context.header(name, value);
  });
  addPage(app, room, assets);
  addRequests(app, room);
  addAsk(app, room, ask);
  app.notFound((context) => context.json({ error: 'not-found' }, 404));
  app.onError((error, context) => {
    room.log.error('web-failed', { method: context.req.method, route: context.req.path.slice(0, 100) }, error);
    return context.json({ error: 'failed', sentence: sayRefusal(askerOf(context).language, 'failed', {}) }, 500);
  });
  return app;
}

function addPage(app: Hono, { cards, sandbox }: WebRoom, { template, files }: Assets): void {
  app.get('/', (context) => {
    const { browser, language } = askerOf(context);
    if (browser === undefined) setCookie(context, BROWSER, randomUUID(), COOKIE);
    if (context.req.query('lang') === language) setCookie(context, LANGUAGE, language, COOKIE);
    return context.html(renderPage(template, { language, cards, sandbox }), 200, {
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Language, Cookie',
    });
  });
  app.get('/assets/:name', (context) => {
    const asset = files.get(context.req.param('name'));
    if (asset === undefined) return context.notFound();
    const headers = { ETag: asset.tag, 'Cache-Control': 'no-cache', 'Content-Type': asset.type };
    if (context.req.header('if-none-match') === asset.tag) return context.body(null, 304, headers);
    return context.body(asset.bytes, 200, headers);
  });
}

function addRequests(app: Hono, { archive, blobs }: WebRoom): void {
  const find = async (id: string): Promise<Entry | undefined> => {
    const entry = await archive.find(id);
    return entry !== undefined && isOfThisHouse(entry.request) ? entry : undefined;
  };
  app.get('/api/requests', async (context) => {
    const asker = askerOf(context);
    const query = parseHistory(context.req.query(), asker);
    if (query === undefined) return context.json({ error: 'bad-request' }, 400);
    const entries = await archive.history(query);
    return fresh(context, { requests: entries.map((entry) => renderEntry(entry, asker.language)), more: entries.length === query.limit });
  });
  app.get('/api/requests/:id', async (context) => {
    const entry = await find(context.req.param('id'));
    return entry === undefined ? context.notFound() : fresh(context, renderEntry(entry, askerOf(context).language));
  });
  app.get('/pictures/:id/:key', async (context) => {
    const { id, key } = context.req.param();
    const entry = BLOB_KEY_PATTERN.test(key) ? await find(id) : undefined;
    if (entry === undefined || !pictureKeys(entry).includes(key)) return context.notFound();
    try {
      const { bytes, type } = await blobs.get(key);
      return context.body(new Uint8Array(bytes), 200, { ...PICTURE_HEADERS, 'Content-Type': type });
    } catch (error) {
      if (error instanceof Refusal) return context.notFound();
      throw error;
    }
  });
}

function addAsk(app: Hono, room: WebRoom, ask: AskFunction): void {
  const json = bodyLimit({ maxSize: WEB_LIMITS.jsonBytes, onError: (context) => context.json({ error: 'too-large' }, 413) });
  const form = bodyLimit({ maxSize: WEB_LIMITS.formBytes, onError: tooHeavy });
  const limit: MiddlewareHandler = async (context, next) => (isForm(typeOf(context)) ? form : json)(context, next);
  app.post('/api/ask', createTurnstile(), limit, async (context) => {
    const post = await readPost(context);
    if (post === undefined) return context.json({ error: 'bad-request' }, 400);
    const told = await takePost(post, askerOf(context), room, ask);
    return context.json(told, told.receipt.kind === 'accepted' ? 202 : 422);
  });
}

/** Lets in as many forms at once as there is memory for. */
function createTurnstile(): MiddlewareHandler {
  let inside = 0;
  return async (context, next) => {
    if (!isForm(typeOf(context))) return next();
    if (inside >= WEB_LIMITS.formsAtOnce) return busy(context);
    inside += 1;
    try {
      await next();
    } finally {
      inside -= 1;
    }
  };
}

function busy(context: Context): Response {
  const sentence = sayRefusal(askerOf(context).language, 'queue-full', { limit: WEB_LIMITS.formsAtOnce });
  return context.json({ error: 'busy', sentence }, 503, { 'Retry-After': '5' });
}

/** A form is only that heavy because of its picture. */
function tooHeavy(context: Context): Response {
  const sentence = sayRefusal(askerOf(context).language, 'picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
  return context.json({ error: 'too-large', sentence }, 413);
}

const typeOf = (context: Context): string | undefined => context.req.header('content-type');

/** Undefined when the body is not what the page sends. JSON has to say that it is: no form of another site can. */
async function readPost(context: Context): Promise<Post | undefined> {
  const type = typeOf(context) ?? '';
  if (isForm(type)) {
    // Rejects when the browser goes away in the middle.
    const bytes = await context.req.arrayBuffer().catch(() => undefined);
    const form = bytes === undefined ? undefined : await readForm(bytes, type);
    const { data } = formSchema.safeParse(form);
    return data === undefined ? undefined : { id: data.id, text: data.text, picture: form?.picture };
  }
  if (!/^application\/json\b/i.test(type)) return undefined;
  const body: unknown = await context.req.json().catch(() => undefined);
  const { data } = formSchema.safeParse(body);
  return data === undefined ? undefined : { id: data.id, text: data.text, picture: undefined };
}

function askerOf(context: Context): Asker {
  const chosen = context.req.query('lang') ?? getCookie(context, LANGUAGE);
  return {
    browser: parseBrowser(getCookie(context, BROWSER)),
    language: parseLanguage(chosen, context.req.header('accept-language')),
  };
}

function fresh(context: Context, body: object): Response {
  return context.json(body, 200, { 'Cache-Control': 'no-store' });
}
