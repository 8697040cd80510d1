import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cabinet } from '#src/core/cabinet.ts';
import { guestOf, parseBrowser, WEB, type Person } from './parse.ts';

/** What somebody shows of themselves: the cookies of the page, or the token itself as a program sends it. */
export interface Credentials {
  readonly browser: string | undefined;
  readonly session: string | undefined;
  readonly bearer: string | undefined;
}

/** Who looks at the page. */
export interface People {
  readonly asksForSignIn: boolean;
  /** Undefined: nobody who may be here. */
  identify(credentials: Credentials): Promise<Person | undefined>;
  /** A session for whoever has a token, to be kept in a cookie. Undefined for what is no token. */
  signIn(token: string): Promise<string | undefined>;
  signOut(session: string | undefined): Promise<void>;
  /** Everybody who has a token: whom a private channel can be shared with. */
  list(): Promise<readonly Person[]>;
  /** Forgets the sessions that have ended: by time, or because their token was taken back. */
  tidy(): Promise<void>;
}

/** Tokens, for whoever runs this: made once, shown once, kept as a hash. */
export interface Tokens {
  make(name: string, isAdmin: boolean): Promise<string>;
  list(): Promise<readonly { readonly id: string; readonly name: string; readonly isAdmin: boolean; readonly madeAt: number }[]>;
  /** Whoever has signed in with it is out at once. False when there is no such token. */
  revoke(id: string): Promise<boolean>;
}

const TOKENS = 'web-tokens';
const SESSIONS = 'web-sessions';
const TOKEN = /^hoami_[A-Za-z0-9_-]{43}$/;
const SESSION = /^[A-Za-z0-9_-]{43}$/;
const SESSION_MS = 90 * 86_400_000;

const tokenSchema = z.strictObject({ id: z.string(), name: z.string(), isAdmin: z.boolean(), madeAt: z.int() });
const sessionSchema = z.strictObject({ token: z.string(), until: z.int() });

/** Of 32 random bytes nobody can guess the rest from the hash, so that a plain one is enough. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const secret = (): string => randomBytes(32).toString('base64url');

export function createTokens(cabinet: Cabinet, now: () => number): Tokens {
  const kept = async () =>
    (await cabinet.list(TOKENS)).flatMap(({ name: hash, value }) => {
      const { data } = tokenSchema.safeParse(value);
      return data === undefined ? [] : [{ hash, ...data }];
    });
  return {
    make: async (name, isAdmin) => {
      const token = `hoami_${secret()}`;
      await cabinet.write(TOKENS, hashOf(token), { id: randomBytes(4).toString('hex'), name, isAdmin, madeAt: now() });
      return token;
    },
    list: async () => (await kept()).toSorted((one, other) => one.madeAt - other.madeAt),
    revoke: async (id) => {
      const found = (await kept()).find((token) => token.id === id);
      if (found !== undefined) await cabinet.remove(TOKENS, found.hash);
      return found !== undefined;
    },
  };
}

/** Where only this machine can look, whoever looks runs it: a browser is known by its cookie, and nobody signs in. */
export function createGuests(): People {
  return {
    asksForSignIn: false,
    identify: async ({ browser }) => guestOf(parseBrowser(browser)),
    signIn: async () => randomUUID(),
    signOut: async () => {},
    list: async () => [],
    tidy: async () => {},
  };
}

export function createMembers(cabinet: Cabinet, now: () => number): People {
  const holderOf = async (hash: string): Promise<Person | undefined> => {
    const { data } = tokenSchema.safeParse(await cabinet.read(TOKENS, hash));
    return data === undefined ? undefined : { id: `${WEB}-${data.id}`, name: data.name, isAdmin: data.isAdmin };
  };
  return {
    asksForSignIn: true,
    identify: async ({ session, bearer }) => {
      if (bearer !== undefined) return TOKEN.test(bearer) ? holderOf(hashOf(bearer)) : undefined;
      if (session === undefined || !SESSION.test(session)) return undefined;
      const { data } = sessionSchema.safeParse(await cabinet.read(SESSIONS, hashOf(session)));
      return data === undefined || data.until < now() ? undefined : holderOf(data.token);
    },
    signIn: async (token) => {
      const trimmed = token.trim();
      if (!TOKEN.test(trimmed) || (await holderOf(hashOf(trimmed))) === undefined) return undefined;
      const session = secret();
      await cabinet.write(SESSIONS, hashOf(session), { token: hashOf(trimmed), until: now() + SESSION_MS });
      return session;
    },
    signOut: async (session) => {
      if (session !== undefined && SESSION.test(session)) await cabinet.remove(SESSIONS, hashOf(session));
    },
    list: async () => (await createTokens(cabinet, now).list()).map(({ id, name, isAdmin }) => ({ id: `${WEB}-${id}`, name, isAdmin })),
    tidy: async () => {
      for (const { name, value } of await cabinet.list(SESSIONS)) {
        const { data } = sessionSchema.safeParse(value);
        const holder = data === undefined || data.until < now() ? undefined : await holderOf(data.token);
        if (holder === undefined) await cabinet.remove(SESSIONS, name);
      }
    },
  };
}
