import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { Refusal } from '#src/core/failure.ts';
import type { Upload } from '#src/core/media.ts';
import type { Json } from '#src/core/request.ts';
import { SLACK_LIMITS } from './config.ts';
import type { SlackHosts } from './guard.ts';

/** What goes to and from Slack beside its Web API: files, and words for whoever pressed something. Only Slack's own hosts are spoken to. */
export interface Wire {
  /**
   * The bytes behind a file's address. Throws Refusal `picture-gone` for a page instead of a picture, a redirect and any other host;
   * `picture-too-heavy`; and Slack's silence as it came.
   */
  download(url: string, token: string, signal: AbortSignal): Promise<Upload>;
  /**
   * Sends a file's bytes to where it was told to; a file that comes in parts is never whole in memory. False when nobody knows whether they
   * arrived, or they did not.
   */
  upload(url: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, sizeBytes: number): Promise<boolean>;
  /** Answers somebody who pressed something. False when Slack did not take it. */
  respond(url: string, message: Json): Promise<boolean>;
}

const TOO_HEAVY = (): Refusal => new Refusal('picture-too-heavy', { limitMegabytes: SLACK_LIMITS.pictureMegabytes });

export function createWire(hosts: SlackHosts): Wire {
  const agent = new Agent({ connect: { lookup: guardedLookup(hosts), timeout: 10_000 }, keepAliveTimeout: 4000 });
  return {
    async download(url, token, signal) {
      if (!hosts.isFile(url)) throw new Refusal('picture-gone');
      const headers = { authorization: `Bearer ${token}` };
      // It follows no redirect: Slack sends whoever may not read a file to a page.
      const { statusCode, headers: told, body } = await request(url, { dispatcher: agent, headers, signal });
      if (statusCode >= 500) throw dropped(body, new Error(`Slack answered a download with ${statusCode}`));
      if (statusCode !== 200 || String(told['content-type']).startsWith('text/html')) throw dropped(body, new Refusal('picture-gone'));
      if (Number(told['content-length'] ?? 0) > SLACK_LIMITS.pictureBytes) throw dropped(body, TOO_HEAVY());
      return { bytes: await readBody(body) };
    },

    async upload(url, bytes, sizeBytes) {
      if (!hosts.isSlack(url)) return false;
      const body = bytes instanceof Uint8Array ? bytes : Readable.from(bytes, { objectMode: false });
      // Slack was told how long it is, and takes nothing shorter or longer.
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(sizeBytes) };
      const timed = { headersTimeout: SLACK_LIMITS.uploadMs, bodyTimeout: SLACK_LIMITS.uploadMs };
      return posted(agent, url, { ...timed, method: 'POST', headers, body });
    },

    async respond(url, message) {
      if (!hosts.isSlack(url)) return false;
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      const timed = { headersTimeout: SLACK_LIMITS.callMs, bodyTimeout: SLACK_LIMITS.callMs };
      return posted(agent, url, { ...timed, method: 'POST', headers, body: JSON.stringify(message) });
    },
  };
}

/** Resolves names as always, and leaves out every address inside this machine's own network. */
function guardedLookup({ isReachable }: SlackHosts): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const allowed = found.filter(({ address }) => isReachable(address));
      const [first] = allowed;
      if (first === undefined) return callback(new Error('an allowed name leads to a private address'), []);
      if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

async function posted(dispatcher: Dispatcher, url: string, options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'>): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, { ...options, dispatcher });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

async function readBody(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Uint8Array.from(Buffer.from(chunk));
    length += bytes.length;
    if (length > SLACK_LIMITS.pictureBytes) throw dropped(body, TOO_HEAVY());
    chunks.push(bytes);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Nobody reads the rest: the connection is let go before the error is told. What that does to the body is no error of anybody's. */
function dropped(body: Dispatcher.ResponseData['body'], error: Error): Error {
  body.once('error', () => {});
  body.destroy();
  return error;
}
