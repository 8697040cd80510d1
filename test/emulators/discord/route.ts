import type { Backend } from './backend.ts';
import type { SchemaName } from './bodies/published.ts';
import type { Json, JsonObject } from './json.ts';
import type { Sent } from './posting.ts';

export interface Call {
  readonly backend: Backend;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Right by the published schema, where the route has one. */
  readonly body: JsonObject;
  readonly list: readonly Json[];
  readonly sent: Sent;
}

export interface Answer {
  readonly status: number;
  readonly body?: Json;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Who may call: the bot with its token, or whoever knows the token in the path. */
  readonly auth: 'bot' | 'path';
  /** What the body must look like; a route without one takes no body. `each`: a list of such. */
  readonly takes?: SchemaName;
  readonly takesEach?: SchemaName;
  /** Properties that discord.js sends although nobody publishes them. */
  readonly overlooks?: readonly string[];
  /** The body is looked at by the route itself. */
  readonly takesAny?: boolean;
  readonly mayHaveFiles?: boolean;
  /** What the answer must look like: the emulator judges itself too. */
  readonly gives?: SchemaName;
  readonly givesEach?: SchemaName;
  /** Names that the query may hold. */
  readonly asks?: readonly string[];
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

export const ok = (body: Json): Answer => ({ status: 200, body });
export const NOTHING: Answer = { status: 204 };

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** The parameters of a path that fits a route's pattern. */
export function fit(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}
