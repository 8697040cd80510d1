import type { Faults } from '../faults.ts';
import { bearerOf, readForm, type Form } from '../forms.ts';
import { jsonReply, type Ask, type Reply } from '../http.ts';
import type { RateLimits } from '../limits.ts';
import { spoil } from '../spoil.ts';
import { refuse, refusedAnswer, type Answer } from '../refusal.ts';
import type { SeenCall } from '../record.ts';
import type { Team } from '../world.ts';
import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { Caller, Desk, Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

const METHODS: ReadonlyMap<string, Method> = new Map(
  [...authMethods, ...chatMethods, ...conversationMethods, ...fileMethods, ...peopleMethods, ...viewMethods].map((method) => [
    method.name,
    method,
  ]),
);

/** Bad manners of the product rather than the state of the world: a story must never see them. */
const BLUNDERS = new Set([
  'invalid_arguments',
  'no_text',
  'msg_too_long',
  'metadata_too_large',
  'missing_argument',
  'unknown_method',
  'not_authed',
  'not_allowed_token_type',
  'invalid_post_type',
  'invalid_http_method',
]);

/** A picture that is not ready, or gone, is the way of the world, also in a view. */
const isAboutFiles = (answer: Answer): boolean => {
  const errors = answer['errors'];
  return Array.isArray(errors) && errors.every((line) => String(line).includes('invalid slack file'));
};

interface Known {
  readonly method: Method;
  readonly team: Team | undefined;
  readonly caller: Caller;
}

const NOBODY: Team = { id: '', name: '', app: undefined };

/** Answers calls of the Web API: who calls, may they, is it well said, and then what it does. */
export function createWebApi(desk: Desk, faults: Faults, limits: RateLimits): (ask: Ask) => Promise<Reply> {
  const { record, tokens, world } = desk;

  /** Who calls what. Refuses whoever has no right to. */
  function identify(ask: Ask, name: string, form: Form): Known {
    const method = METHODS.get(name) ?? refuse('unknown_method', { req_method: name });
    const nobody = {
      team: NOBODY,
      app: { botUserId: '', botId: '', scopes: new Set<string>() },
      where: name,
      headers: ask.headers,
      fault: undefined,
    };
    const bearer = bearerOf(ask);
    if (method.token === 'none') {
      if (bearer !== undefined && bearer !== '') record.violate('token', `${name} takes none`);
      return {
        method,
        team: undefined,
        caller: { ...nobody, token: { value: '', kind: 'app', teamId: undefined, expiresMs: undefined, revoked: false } },
      };
    }
    if (form['token'] !== undefined && bearer !== undefined && form['token'] !== bearer) record.violate('token', `${name} came with two`);
    const token = tokens.check(bearer ?? form['token']);
    if (token.kind !== method.token) return refuse('not_allowed_token_type');
    if (token.kind === 'app') return { method, team: undefined, caller: { ...nobody, token } };
    const team = world.teams.get(token.teamId ?? '') ?? refuse('invalid_auth');
    const app = team.app ?? refuse('account_inactive');
    return { method, team, caller: { ...nobody, team, app, token } };
  }

  function demandScope({ method, caller }: Known): void {
    const { scopes } = caller.app;
    if (method.scopes.length === 0 || method.scopes.some((scope) => scopes.has(scope))) return;
    refuse('missing_scope', { needed: method.scopes[0], provided: [...scopes].join(',') });
  }

  async function run(known: Known, form: Form): Promise<Answer> {
    // Bolt's clients name their workspace in every call.
    const { token: _token, team_id: teamId, ...args } = form;
    if (teamId !== undefined && teamId !== known.caller.team.id) return refuse('team_not_found');
    demandScope(known);
    const parsed = known.method.parse(args);
    if ('wrong' in parsed) return refuse('invalid_arguments', { response_metadata: { messages: parsed.wrong } });
    return parsed.run(desk, known.caller);
  }

  async function settle(work: () => Promise<Answer> | Answer): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const answer = refusedAnswer(error);
      if (answer !== undefined) return answer;
      record.violate('the emulator is broken', error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { ok: false, error: 'internal_error' };
    }
  }

  function reply(answer: Answer, call: SeenCall, known: Known | undefined): Reply {
    call.outcome = answer.ok ? 'ok' : String(answer['error']);
    call.status = 200;
    if (!answer.ok && BLUNDERS.has(call.outcome) && !isAboutFiles(answer)) {
      record.violate(call.outcome, `${call.method}: ${JSON.stringify(answer['response_metadata'] ?? call.args).slice(0, 2000)}`);
    }
    const scopes = known?.caller.app.scopes;
    return jsonReply(200, answer, {
      'x-slack-req-id': desk.ids.secret('req').slice(4, 36),
      ...(scopes !== undefined && { 'x-oauth-scopes': [...scopes].join(',') }),
      ...(known !== undefined && known.method.scopes.length > 0 && { 'x-accepted-oauth-scopes': known.method.scopes.join(',') }),
    });
  }

  return async (ask) => {
    const name = ask.url.pathname.slice('/api/'.length);
    const { form, error } = readForm(ask);
    const { token: _token, ...args } = form;
    const call = record.call(name, args);
    const fault = faults.strike(name);
    return spoil(fault, call, desk, async () => {
      if (error !== undefined) return reply({ ok: false, error }, call, undefined);
      const found: Known[] = [];
      const answer = await settle(() => {
        found.push(identify(ask, name, form));
        return { ok: true };
      });
      const [known] = found;
      if (known === undefined) return reply(answer, call, undefined);
      call.teamId = known.team?.id;
      const waitSeconds = limits.take(known.method, known.caller.team.id, form['channel']);
      if (waitSeconds !== undefined) {
        Object.assign(call, { status: 429, outcome: 'ratelimited' });
        return jsonReply(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(waitSeconds) });
      }
      return reply(await settle(() => run({ ...known, caller: { ...known.caller, fault: fault?.kind } }, form)), call, known);
    });
  };
}
