import { randomUUID } from 'node:crypto';
import type { AppSecrets } from './parts.ts';
import type { Clock } from './clock.ts';
import { isObject, parseJson, type JsonObject } from './json.ts';
import type { Record } from './record.ts';
import { signedHeaders } from './signing.ts';
import type { EnvelopeType, Sockets } from './sockets.ts';

const ACK_MS = 3000;
/** When an event that nobody took is sent again: at once, after a minute, after five. */
const RETRY_WAITS_MS = [0, 60_000, 300_000];
const BODY_CHARACTERS_MAX = 250_000;

/** What became of one payload that the product was sent. */
export interface Delivery {
  readonly acknowledged: boolean;
  /** What came with the acknowledgement: a message for the person, or what is to happen to a modal. */
  readonly response: JsonObject;
  /** What the person reads when nobody took it. */
  readonly error: string | undefined;
  readonly afterMs: number;
}

export interface Deliveries {
  /** A command or an interaction: once, within three seconds. */
  interaction(type: 'slash_commands' | 'interactive', payload: JsonObject): Promise<Delivery>;
  /** An event: up to three times more. Settles when the first sending has ended; the others go on by the clock. */
  event(payload: JsonObject): Promise<Delivery>;
  /** HTTP mode: where the product listens. */
  listensAt(url: string): void;
  /** Asks the product to prove that it reads what Slack sends: whether it gave the challenge back. */
  verifiesUrl(): Promise<boolean>;
  /** The next acknowledgements of events are lost on their way: the same events come again. */
  loseAcknowledgements(count: number): void;
}

interface Attempt {
  readonly acknowledged: boolean;
  readonly response: JsonObject;
  /** Slack's name for what went wrong. */
  readonly reason: string;
  readonly mayRetry: boolean;
}

const failed = (reason: string, mayRetry = true): Attempt => ({ acknowledged: false, response: {}, reason, mayRetry });

export function createDeliveries(options: {
  readonly clock: Clock;
  readonly record: Record;
  readonly sockets: Sockets;
  readonly secrets: AppSecrets;
  readonly socketMode: boolean;
  readonly requestUrl: string | undefined;
}): Deliveries {
  const { clock, record, sockets, secrets, socketMode } = options;
  let requestUrl = options.requestUrl;

  async function bySocket(type: EnvelopeType, payload: JsonObject, attempt: number, reason: string): Promise<Attempt> {
    const sent = await sockets.send(type, payload, { attempt, reason });
    if (sent.end === 'acknowledged') return { acknowledged: true, response: sent.payload, reason: '', mayRetry: false };
    return failed(sent.end === 'timeout' ? 'timeout' : 'connection_failed');
  }

  function encode(type: EnvelopeType, payload: JsonObject): { readonly body: string; readonly contentType: string } {
    if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
    const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
  }

  async function byHttp(type: EnvelopeType, payload: JsonObject, attempt: number, reason: string): Promise<Attempt> {
    if (requestUrl === undefined) return failed('connection_failed');
    const { body, contentType } = encode(type, payload);
    const headers: { [name: string]: string } = {
      'content-type': contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signedHeaders(secrets.signingSecret, body, clock.nowMs()),
    };
    if (attempt > 0) Object.assign(headers, { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason });
    const patience = new AbortController();
    const takeBack = clock.after(ACK_MS, () => patience.abort());
    try {
      const answer = await fetch(requestUrl, { method: 'POST', body, headers, redirect: 'error', signal: patience.signal });
      const text = (await answer.text()).slice(0, BODY_CHARACTERS_MAX);
      const isChallenge = payload['type'] === 'url_verification';
      if (answer.ok)
        return { acknowledged: true, response: responseOf(isChallenge ? 'interactive' : type, text), reason: '', mayRetry: false };
      return failed('http_error', answer.headers.get('x-slack-no-retry') !== '1');
    } catch {
      return failed(patience.signal.aborted ? 'http_timeout' : 'connection_failed');
    } finally {
      takeBack();
    }
  }

  function responseOf(type: EnvelopeType, text: string): JsonObject {
    if (type === 'events_api' || text === '') return {};
    const json = parseJson(text);
    return isObject(json) ? json : { text };
  }

  const attemptOnce = socketMode ? bySocket : byHttp;
  let acknowledgementsToLose = 0;

  /** One sending of an event, whose acknowledgement may be lost. */
  async function attemptEvent(payload: JsonObject, attempt: number, reason: string): Promise<Attempt> {
    const made = await attemptOnce('events_api', payload, attempt, reason);
    if (!made.acknowledged || acknowledgementsToLose === 0) return made;
    acknowledgementsToLose -= 1;
    return failed(socketMode ? 'timeout' : 'http_timeout');
  }

  async function retry(payload: JsonObject, attempt: number, reason: string): Promise<void> {
    const again = await attemptEvent(payload, attempt, reason);
    if (!again.acknowledged && again.mayRetry) scheduleRetry(payload, attempt + 1, again.reason);
  }

  function scheduleRetry(payload: JsonObject, attempt: number, reason: string): void {
    const waitMs = RETRY_WAITS_MS[attempt - 1];
    if (waitMs === undefined) return record.tell(`(the event ${String(payload['event_id'])} was given up)`);
    if (waitMs === 0) void retry(payload, attempt, reason);
    else clock.after(waitMs, () => void retry(payload, attempt, reason));
  }

  return {
    async interaction(type, payload) {
      const startMs = clock.nowMs();
      const { acknowledged, response, reason } = await attemptOnce(type, payload, 0, '');
      const error = acknowledged ? undefined : reason.includes('timeout') ? 'operation_timeout' : 'dispatch_failed';
      return { acknowledged, response, error, afterMs: clock.nowMs() - startMs };
    },
    async event(payload) {
      const startMs = clock.nowMs();
      const { acknowledged, reason, mayRetry } = await attemptEvent(payload, 0, '');
      if (!acknowledged && mayRetry) scheduleRetry(payload, 1, reason);
      return { acknowledged, response: {}, error: acknowledged ? undefined : reason, afterMs: clock.nowMs() - startMs };
    },
    listensAt(url) {
      requestUrl = url;
    },
    async verifiesUrl() {
      const challenge = randomUUID();
      const payload = { token: secrets.verificationToken, challenge, type: 'url_verification' };
      const { acknowledged, response } = await byHttp('events_api', payload, 0, '');
      return acknowledged && [response['challenge'], response['text']].includes(challenge);
    },
    loseAcknowledgements(count) {
      acknowledgementsToLose += count;
    },
  };
}
