import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import { judge, withoutFillers } from './bodies/published.ts';
import type { RawCall } from './calls.ts';
import type { FaultRule, Faults } from './faults.ts';
import { parseBody, readBody, send, type Parsed } from './http.ts';
import { isObject, type Json } from './json.ts';
import type { Limits } from './limits.ts';
import { invalidForm, isProblemError, problem, problemOf, unknownRoute, violation, type Problem } from './problems.ts';
import { fit, nameOf, type Answer, type Route } from './route.ts';

export interface RestOptions {
  readonly backend: Backend;
  readonly routes: readonly Route[];
  readonly limits: Limits;
  readonly faults: Faults;
  readonly token: () => string;
  readonly record: (call: RawCall) => void;
}

const BASE = '/api/v10';
/** What a path holds that buckets are kept apart by (Discord, "Rate Limits"). */
const MAJOR = ['channel', 'guild', 'application', 'token'] as const;
const SCHEMA_FAULTS_SHOWN = 3;

interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

type Outcome = Answer & { readonly headers?: Readonly<Record<string, string>>; readonly scope?: string };

const fromProblem = ({ status, body }: Problem): Outcome => ({ status, body });

/** Answers every call to REST, after it was judged. */
export function createRest({
  backend,
  routes,
  limits,
  faults,
  token,
  record,
}: RestOptions): (request: IncomingMessage, response: ServerResponse) => void {
  function match(method: string, path: string): Match | Problem {
    const fitting = routes.flatMap((route) => {
      const params = fit(route.path, path);
      return params === undefined ? [] : [{ route, params }];
    });
    return fitting.find(({ route }) => route.method === method) ?? unknownRoute(method, path, fitting.length > 0);
  }

  /** The bot's token belongs on the bot's routes and nowhere else; a wrong one counts against the caller's address. */
  function authorise({ headers }: IncomingMessage, route: Route): void {
    const given = headers.authorization;
    if (route.auth === 'path') {
      if (given !== undefined) backend.violate(`the bot's token was sent to ${nameOf(route)}, which needs none`);
      return;
    }
    if (given !== `Bot ${token()}`) throw problem(0);
  }

  function checkHeaders({ headers }: IncomingMessage, route: Route): void {
    if (!/^DiscordBot \(\S+, \S+\)/.test(headers['user-agent'] ?? '')) {
      backend.violate(`${nameOf(route)} without a user agent of the form "DiscordBot (url, version)"`);
    }
    if (headers['transfer-encoding'] !== undefined) backend.violate(`${nameOf(route)} without the length of its body`);
  }

  function checkQuery(route: Route, query: URLSearchParams): void {
    const strange = [...query.keys()].filter((name) => route.asks?.includes(name) !== true);
    if (strange.length > 0) throw violation(50035, `${nameOf(route)} asks for ${strange.join(', ')}, which it does not know`);
  }

  function checkBody(route: Route, { body, sent }: Parsed): void {
    const takes = route.takes ?? route.takesEach;
    if (sent.size > 0 && route.mayHaveFiles !== true) throw violation(50035, `${nameOf(route)} takes no files`);
    if (takes === undefined) {
      const isNothing = body === undefined || (isObject(body) && Object.keys(body).length === 0);
      if (route.takesAny !== true && !isNothing) throw violation(50035, `${nameOf(route)} takes no body`);
      return;
    }
    const isList = route.takesEach !== undefined;
    if (isList !== Array.isArray(body) || (!isList && !isObject(body)))
      throw violation(50035, `${nameOf(route)} with a body of the wrong kind`);
    const found = isList
      ? (Array.isArray(body) ? body : []).flatMap((each: Json, index) =>
          judge(takes, each).map((fault) => ({ ...fault, path: [index, ...fault.path] })),
        )
      : judge(takes, isObject(body) ? withoutFillers(body, route.overlooks) : null);
    if (found.length > 0) throw invalidForm(found);
  }

  /** The emulator's own answers have to look as published too, or whoever builds against it builds against a dream. */
  function checkAnswer({ gives, givesEach, ...route }: Route, { status, body }: Answer): void {
    if (status >= 300 || body === undefined) return;
    const found =
      givesEach === undefined
        ? gives === undefined
          ? []
          : judge(gives, body)
        : (Array.isArray(body) ? body : []).flatMap((each: Json) => judge(givesEach, each));
    const [first, ...more] = found.slice(0, SCHEMA_FAULTS_SHOWN).map(({ path, code, message }) => `${path.join('.')} ${code} ${message}`);
    if (first !== undefined) backend.violate(`the emulator itself answers ${nameOf(route)} wrongly: ${[first, ...more].join('; ')}`);
  }

  async function handle(
    request: IncomingMessage,
    { route, params }: Match,
    query: URLSearchParams,
    parse: () => Promise<Parsed>,
  ): Promise<Outcome> {
    const major = MAJOR.map((name) => params[name] ?? '').join(' ');
    const { headers, refused } = limits.take(nameOf(route), major, route.auth === 'path');
    if (refused !== undefined) return refused;
    try {
      checkHeaders(request, route);
      authorise(request, route);
      checkQuery(route, query);
      const parsed = await parse();
      checkBody(route, parsed);
      const { body } = parsed;
      const given = await route.handle({
        backend,
        params,
        query,
        body: isObject(body) ? body : {},
        list: Array.isArray(body) ? body : [],
        sent: parsed.sent,
      });
      checkAnswer(route, given);
      return { ...given, headers };
    } catch (error) {
      if (!isProblemError(error)) throw error;
      if (error.problem.violation !== undefined) backend.violate(`${nameOf(route)}: ${error.problem.violation}`);
      return { ...fromProblem(error.problem), headers };
    }
  }

  function struckBefore(rule: FaultRule | undefined): Outcome | 'cut' | 'hang' | undefined {
    if (rule?.kind === 'drop-before') return 'cut';
    if (rule?.kind === 'hang-before') return 'hang';
    if (rule?.kind === 'status')
      return { status: rule.status ?? 502, body: '<html><body>upstream error</body></html>', headers: { 'content-type': 'text/html' } };
    return rule?.kind === 'problem' ? fromProblem(problemOf(rule.code ?? 20009)) : undefined;
  }

  function struckAfter(rule: FaultRule | undefined, outcome: Outcome): Outcome | 'cut' | 'hang' {
    if (rule?.kind === 'drop-after') return 'cut';
    if (rule?.kind === 'hang-after') return 'hang';
    if (rule?.kind === 'status-after')
      return { status: rule.status ?? 502, body: '<html><body>upstream error</body></html>', headers: { 'content-type': 'text/html' } };
    return rule?.kind === 'malformed' ? { ...outcome, body: '{"id":' } : outcome;
  }

  async function answer(
    request: IncomingMessage,
    bytes: Buffer | undefined,
    note: (part: Partial<RawCall>) => void,
  ): Promise<Outcome | 'cut' | 'hang'> {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname;
    const found = url.pathname.startsWith(BASE)
      ? match(request.method ?? 'GET', path)
      : unknownRoute(request.method ?? 'GET', url.pathname, false);
    note({ path: `${path}${url.search}` });
    if ('violation' in found) {
      if (found.violation !== undefined) backend.violate(found.violation);
      return fromProblem(found);
    }
    const name = nameOf(found.route);
    note({ route: name });
    const rule = faults.strike(name);
    if (rule?.kind === 'slow') await backend.world.clock.wait(rule.delayMs ?? 1000);
    const before = struckBefore(rule);
    if (before !== undefined) return before;
    if (bytes === undefined) return fromProblem(problemOf(40005));
    const outcome = await handle(request, found, url.searchParams, async () => {
      const parsed = await parseBody(bytes, request.headers['content-type'] ?? '');
      note({
        body: parsed.body,
        files: [...parsed.sent.values()].map(({ filename, contentType, bytes: content }) => ({
          filename,
          contentType,
          bytes: content.byteLength,
        })),
      });
      return parsed;
    });
    return struckAfter(rule, outcome);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let noted: RawCall = {
      at: backend.world.clock.now(),
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      route: undefined,
      authorised: request.headers.authorization !== undefined,
      body: undefined,
      files: [],
      status: undefined,
      answer: undefined,
    };
    const outcome = await answer(request, await readBody(request), (part) => {
      noted = { ...noted, ...part };
    });
    if (typeof outcome === 'string') {
      record(noted);
      if (outcome === 'cut') response.socket?.resetAndDestroy();
      return;
    }
    record({ ...noted, status: outcome.status, answer: outcome.body });
    limits.answered(outcome.status, outcome.scope);
    send(response, outcome.status, outcome.body, outcome.headers ?? {});
  }

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The caller is gone, or the emulator has a bug, and then its own words are the shortest way to it.
      if (request.readableAborted) return;
      backend.violate(`the emulator itself broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      send(response, 500, { message: '500: Internal Server Error', code: 0 }, {});
    });
  };
}
