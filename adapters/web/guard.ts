import { isIP } from 'node:net';

/**
 * Sent with everything. Nothing is loaded from anywhere else, nothing runs that is not a file of ours, and no other page may frame this one.
 */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * Pictures and clips came from people and models: opened by themselves they may not do anything at all. They never change, so a browser keeps them
 * for ever, but only for whoever was let in with these cookies: the next one to sign in there is asked again.
 */
export const MADE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cache-Control': 'private, max-age=31536000, immutable',
  Vary: 'Cookie, Authorization',
};

/** Whether only this machine can reach what listens there. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Whether others than whoever runs this machine may come: from elsewhere, or through a proxy on this machine that serves a name. */
export const isReachable = (host: string, names: readonly string[]): boolean => !isLoopback(host) || names.length > 0;

/** A name or an address, and perhaps a port: nothing that a URL would read as something else. */
const HOST = /^[\w.:[\]-]{1,255}$/;

/**
 * Against DNS rebinding: a foreign page can make its own name point at this machine, but cannot make the browser send another name than its own.
 * So a request must name localhost, a bare address, or a name the operator configured.
 */
export function isOwnHost(host: string | undefined, names: readonly string[]): boolean {
  const url = `http://${host}/`;
  if (host === undefined || !HOST.test(host) || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0 || names.includes(hostname);
}

export interface Sender {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/** Against requests that another site makes in the person's name. Programs send neither header and are let through. */
export function isOwnOrigin({ host, origin, fetchSite }: Sender): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  if (origin === undefined) return true;
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  // The same scheme on both sides, so that a port that goes without saying is left out on both.
  const { protocol, host: from } = new URL(origin);
  return from === new URL(`${protocol}//${host ?? ''}`).host;
}
