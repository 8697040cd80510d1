import { language } from './words.mjs';

const ASK_MS = 60_000;

/** What the server answered when that was no yes. `sentence` is for the person, where there is one. */
const problemOf = (status, body) =>
  Object.assign(new Error(`the server answered ${status}`), { status, sentence: body.sentence, language: body.language ?? language });

/** `crypto.randomUUID` is missing on pages that are not served over TLS or from this machine. */
export function makeId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `web-${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** Rejects with `status` and `sentence` when the server says no, and with another error when it cannot be reached. */
async function call(path, search, options) {
  const address = `${path}?${new URLSearchParams({ ...search, lang: language })}`;
  const response = await fetch(address, options);
  // Whoever was signed out meanwhile is shown the way in, and comes back here.
  if (response.status === 401) location.reload();
  const body = await response.json();
  if (!response.ok) throw problemOf(response.status, body);
  return body;
}

export const get = (path, search = {}) => call(path, search, {});

export function post(path, body) {
  const isForm = body instanceof FormData;
  return call(
    path,
    {},
    {
      method: 'POST',
      headers: isForm ? {} : { 'Content-Type': 'application/json' },
      body: isForm ? body : JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(ASK_MS),
    },
  );
}
