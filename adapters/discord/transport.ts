import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { InvalidCount } from './invalid.ts';
import type { Form } from './multipart.ts';

/** What the library hands over for one request, as far as it is looked at here. */
interface Outgoing {
  readonly method?: string | undefined;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

const headersSchema = z.record(z.string(), z.string());
const CONNECTIONS_MAX = 64;

/**
 * One HTTP request, over connections that are kept. The library's own way takes whatever dispatcher the process has by then, and another version's
 * does not know its forms. `note` is told of every answer.
 */
export function createTransport(note: InvalidCount['note'] = () => {}) {
  const dispatcher = new Agent({ connections: CONNECTIONS_MAX });
  return async (url: string, { method = 'GET', headers, body, signal }: Outgoing) => {
    const {
      statusCode,
      headers: answered,
      body: content,
    } = await request(url, {
      dispatcher,
      method: method === 'POST' || method === 'PATCH' || method === 'PUT' || method === 'DELETE' ? method : 'GET',
      headers: headersSchema.parse(headers ?? {}),
      body: outgoing(body),
      signal: signal ?? null,
    });
    const lists = Object.entries(answered).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    );
    const heard = new Headers(lists);
    note(statusCode, heard.get('x-ratelimit-scope'));
    return {
      body: content,
      arrayBuffer: () => content.arrayBuffer(),
      json: () => content.json(),
      text: () => content.text(),
      get bodyUsed() {
        return content.bodyUsed;
      },
      headers: heard,
      status: statusCode,
      statusText: STATUS_CODES[statusCode] ?? '',
      ok: statusCode >= 200 && statusCode < 300,
    };
  };
}

/** A form is read anew for every attempt, and only as fast as the connection takes it. */
function outgoing(body: unknown): Readable | string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return body;
  if (!isForm(body)) throw new TypeError('a body is JSON or a form');
  return Readable.from(body.read());
}

const isForm = (body: unknown): body is Pick<Form, 'read'> =>
  typeof body === 'object' && body !== null && 'read' in body && typeof body.read === 'function';
