import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { BROWSER_COOKIE, COOKIE, credentialsOf, LANGUAGE_COOKIE, languageOf, type WebApp, type WebHouse } from '../house.ts';
import type { Asset, Assets } from '../assets.ts';
import { parseBrowser } from '../parse.ts';
import { renderPage } from '../render-page.ts';

/** Every place of the page has an address of its own, so that it can be reloaded and sent to somebody. */
const PLACES = ['/', '/c/:channel', '/c/:channel/:topic', '/gallery', '/gallery/:id', '/usage'];

export function addPages(app: WebApp, { room, people }: WebHouse, { template, signIn, files }: Assets): void {
  const { cards, sandbox } = room;

  const servePage = async (context: Context): Promise<Response> => {
    const language = languageOf(context);
    const browser = parseBrowser(getCookie(context, BROWSER_COOKIE));
    if (browser === undefined && !people.asksForSignIn) setCookie(context, BROWSER_COOKIE, randomUUID(), COOKIE);
    if (context.req.query('lang') === language) setCookie(context, LANGUAGE_COOKIE, language, COOKIE);
    const person = await people.identify(credentialsOf(context));
    const content = { language, cards, sandbox, path: context.req.path, person, canSignOut: people.asksForSignIn };
    return context.html(renderPage(person === undefined ? signIn : template, content), person === undefined ? 401 : 200, {
      'Cache-Control': 'no-store',
      Vary: 'Accept-Language, Cookie',
    });
  };
  for (const place of PLACES) app.get(place, servePage);

  app.get('/assets/:name', (context) => {
    const asset = files.get(context.req.param('name'));
    return asset === undefined ? context.notFound() : serveAsset(context, asset);
  });
}

function serveAsset(context: Context, { tag, type, bytes, packed }: Asset): Response {
  const headers = { ETag: tag, 'Cache-Control': 'no-cache', 'Content-Type': type, Vary: 'Accept-Encoding' };
  if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers);
  const accepted = (context.req.header('accept-encoding') ?? '').toLowerCase();
  if (/\bbr\b/.test(accepted)) return context.body(packed.brotli, 200, { ...headers, 'Content-Encoding': 'br' });
  if (/\bgzip\b/.test(accepted)) return context.body(packed.gzip, 200, { ...headers, 'Content-Encoding': 'gzip' });
  return context.body(bytes, 200, headers);
}
