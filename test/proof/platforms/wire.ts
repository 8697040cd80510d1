import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';
import type { Fate } from '../crash/mortal.ts';

/** Which calls over HTTP are places to die: those to this origin that are not left out. */
export const wireSchema = z.strictObject({
  origin: z.string(),
  /** Calls that change nothing anybody sees, or that nobody waits for, by the beginnings of their names. */
  leftOut: z.array(z.string()),
});

const requestSchema = z.object({ origin: z.union([z.string(), z.instanceof(URL)]), method: z.string(), path: z.string() });

/**
 * Every call over HTTP that is made in the request's name is a place, whoever makes it: before it leaves the process, and when its whole answer is
 * here and nobody has seen it yet.
 */
export function watchWire({ origin, leftOut }: z.infer<typeof wireSchema>, fate: Fate): void {
  const leaving = new WeakMap<object, () => void>();
  subscribe('undici:request:create', (message) => {
    const request = requestIn(message);
    const { data } = requestSchema.safeParse(request);
    if (request === undefined || data === undefined || new URL(data.origin).origin !== origin) return;
    const name = nameOf(data.method, data.path);
    if (!leftOut.some((beginning) => name.startsWith(beginning))) leaving.set(request, fate.arrive(name));
  });
  for (const channel of ['undici:request:trailers', 'undici:request:error']) {
    subscribe(channel, (message) => {
      const request = requestIn(message);
      if (request !== undefined) leaving.get(request)?.();
    });
  }
}

/** Ids and tokens differ from request to request; the places are the same. */
function nameOf(method: string, path: string): string {
  const { pathname } = new URL(path, 'http://wire');
  return `${method} ${pathname.replaceAll(/[^/]*\d{3}[^/]*|[\w-]{33,}/g, ':id')}`;
}

function requestIn(message: unknown): object | undefined {
  const request: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'request') : undefined;
  return typeof request === 'object' && request !== null ? request : undefined;
}
