import { isJsonArray, isObject, type Json, type JsonObject } from './json.ts';
import type { DiscordEmulator } from './emulator.ts';

/** What a call by hand got back. */
export interface Got {
  readonly status: number;
  readonly body: JsonObject;
  readonly list: readonly JsonObject[];
  readonly headers: Headers;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
  /** `undefined` in a route without a token: the bot's own elsewhere. */
  readonly authorization?: string | undefined;
  readonly userAgent?: string;
}

const encode = ({ body, files }: CallOptions): { readonly body?: string | FormData; readonly type?: string } => {
  if (files === undefined) return body === undefined ? {} : { body: JSON.stringify(body), type: 'application/json' };
  const form = new FormData();
  form.set('payload_json', JSON.stringify(body ?? {}));
  for (const [number, { name, type, bytes }] of files.entries())
    form.set(`files[${number}]`, new Blob([new Uint8Array(bytes)], { type }), name);
  return { body: form };
};

const NO_TOKEN = /^\/(?:interactions|webhooks)\//;

/** Calls REST as a bare program would, with the headers that Discord asks for. */
export async function callRest(emulator: DiscordEmulator, method: string, path: string, options: CallOptions = {}): Promise<Got> {
  const { body, type } = encode(options);
  const authorization = 'authorization' in options ? options.authorization : NO_TOKEN.test(path) ? undefined : `Bot ${emulator.token}`;
  const response = await fetch(`${emulator.apiUrl}/v10${path}`, {
    method,
    headers: {
      'user-agent': options.userAgent ?? 'DiscordBot (https://example.invalid, 1.0)',
      ...(type !== undefined && { 'content-type': type }),
      ...(authorization !== undefined && { authorization }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const json: Json = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null;
  return {
    status: response.status,
    body: isObject(json) ? json : {},
    list: isJsonArray(json) ? json.filter(isObject) : [],
    headers: response.headers,
  };
}
