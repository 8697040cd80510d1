import type { Context, Hono, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Archive } from '#src/core/archive.ts';
import type { BlobKey, Blobs } from '#src/core/blobs.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { Clips } from '#src/core/clips.ts';
import type { Log } from '#src/core/log.ts';
import type { Media } from '#src/core/media.ts';
import { pageMessages } from '#src/core/messages/page.ts';
import type { ModelCard } from '#src/core/model.ts';
import type { Desk } from '#src/core/platform.ts';
import type { Channels } from './channels.ts';
import type { WebConfig } from './config.ts';
import type { Looking } from './looking.ts';
import type { Pace } from './pace.ts';
import { parseLanguage, type Asker } from './parse.ts';
import type { Credentials, People } from './people.ts';
import type { Viewer } from './render.ts';
import type { Stream } from './stream.ts';
import type { Unconfirmed } from './unconfirmed.ts';
import type { Watch } from './watch.ts';

/** What the page is handed. */
export interface WebRoom extends WebConfig {
  readonly blobs: Blobs;
  readonly clips: Pick<Clips, 'open'>;
  readonly archive: Archive;
  readonly cabinet: Cabinet;
  readonly cards: readonly ModelCard[];
  readonly sandbox: boolean;
  /** A kept picture, made as narrow as this. */
  readonly thumbnail: (key: BlobKey, width: number) => Promise<Media>;
  /** Rejects when something that every request needs does not answer. */
  readonly check: () => Promise<void>;
  /** What the product needs and whether each of them answers, by name: `ledger` is what nobody can be served without. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  readonly log: Log;
  readonly now: () => number;
}

/** What the routes share. */
export interface WebHouse {
  readonly room: WebRoom;
  readonly desk: Desk;
  readonly people: People;
  /** How often one person may ask. */
  readonly pace: Pace;
  readonly channels: Channels;
  readonly looking: Looking;
  readonly unconfirmed: Unconfirmed;
  readonly watch: Watch;
  readonly stream: Stream;
}

/** Every route behind the sign-in finds who asks in its context. */
export type WebApp = Hono<{ Variables: { asker: Asker } }>;

export const BROWSER_COOKIE = 'hoami-browser';
export const SESSION_COOKIE = 'hoami-session';
export const LANGUAGE_COOKIE = 'hoami-language';
export const COOKIE = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: 31_536_000 } as const;

export function credentialsOf(context: Context): Credentials {
  return {
    browser: getCookie(context, BROWSER_COOKIE),
    session: getCookie(context, SESSION_COOKIE),
    bearer: /^Bearer (.{1,100})$/.exec(context.req.header('authorization') ?? '')?.[1],
  };
}

export function languageOf(context: Context): Asker['language'] {
  const chosen = context.req.query('lang') ?? getCookie(context, LANGUAGE_COOKIE);
  return parseLanguage(chosen, context.req.header('accept-language'));
}

export const viewerOf = ({ person, language }: Asker, { cards }: Pick<WebRoom, 'cards'>): Viewer => ({
  language,
  personId: person.id,
  isAdmin: person.isAdmin,
  cards,
});

/** An answer that is true now and may not be a moment later. */
export function fresh(context: Context, body: object): Response {
  return context.json(body, 200, { 'Cache-Control': 'no-store' });
}

/** Keeps one person from asking faster than others can be served. */
export function paced({ pace, people }: Pick<WebHouse, 'pace' | 'people'>): MiddlewareHandler<{ Variables: { asker: Asker } }> {
  return async (context, next) => {
    const { person, language } = context.get('asker');
    if (!people.asksForSignIn || pace.allows(person.id)) return next();
    return context.json({ error: 'too-many', sentence: pageMessages['ask-slowly'][language] }, 429, { 'Retry-After': '5' });
  };
}
