/** A service that asks to be left alone for longer than this is not waited for. */
const RETRY_AFTER_MAX_MS = 1000;

/** The client sleeps as long as `retry-after` says, up to days: a long one is turned into "do not try again". */
export async function fetchWithoutLongWaits(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if ((retryAfterMs(response.headers) ?? 0) <= RETRY_AFTER_MAX_MS) return response;
  const headers = new Headers(response.headers);
  headers.set('x-should-retry', 'false');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** How long the service asks to be left alone, in seconds, milliseconds or as a date. */
export function retryAfterMs(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (ms > 0) return ms;
  const after = headers.get('retry-after') ?? '';
  const wait = /^\d+(?:\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return wait > 0 ? wait : undefined;
}
