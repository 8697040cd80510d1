import { callbackJson, checkMessage, followUp, interactionOf, isEmptyMessage, respond, type Interaction } from '../interactions.ts';
import { edit, remove } from '../posting.ts';
import { problem, violation } from '../problems.ts';
import { NOTHING, ok, type Answer, type Call, type Route } from '../route.ts';
import { limitUpload } from '../uploads.ts';
import { messageJson } from '../wire.ts';
import { LOADING, type Message } from '../world.ts';

async function callback(call: Call): Promise<Answer> {
  const { backend, params, query, body, sent } = call;
  const interaction = backend.interactions.get(params['interaction'] ?? '');
  if (interaction === undefined || interaction.token !== params['token']) throw problem(10062);
  const response = await respond(backend, interaction, body, sent);
  return query.get('with_response') === 'true' ? ok(callbackJson(backend, interaction, response)) : NOTHING;
}

const behind = ({ backend, params }: Call): Interaction => interactionOf(backend, params['application'] ?? '', params['token'] ?? '');

/** The message a webhook route means: `@original`, or one that this interaction made. */
function target(call: Call, interaction: Interaction): Message {
  const { backend, params } = call;
  const id = params['message'] === '@original' ? interaction.response?.messageId : params['message'];
  const message = id === undefined ? undefined : backend.world.messages.get(id);
  const isOwn = message?.origin?.id === interaction.id || message?.id === interaction.response?.messageId;
  if (message === undefined || message.deleted || !isOwn) throw problem(10008);
  return message;
}

async function change(call: Call): Promise<Answer> {
  const { backend, body, sent } = call;
  const interaction = behind(call);
  const message = target(call, interaction);
  checkMessage(body, 'hook-edit', sent, message);
  const fills = (message.flags & LOADING) !== 0;
  if (fills && isEmptyMessage(body, sent)) throw violation(50006, 'a promised answer filled with nothing');
  limitUpload(backend, sent, interaction.fileBytesMax);
  return ok(messageJson(backend, await edit(backend, message, body, sent, fills), true));
}

function takeAway(call: Call): Answer {
  const message = target(call, behind(call));
  remove(call.backend, message, call.backend.world.bot.id);
  return NOTHING;
}

async function more(call: Call): Promise<Answer> {
  const { backend, body, sent } = call;
  return ok(messageJson(backend, await followUp(backend, behind(call), body, sent), true));
}

const ONE = '/webhooks/:application/:token/messages/:message';

export const interactionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    auth: 'path',
    asks: ['with_response'],
    takesAny: true,
    mayHaveFiles: true,
    gives: 'InteractionCallbackResponseSchema',
    handle: callback,
  },
  {
    method: 'POST',
    path: '/webhooks/:application/:token',
    auth: 'path',
    asks: ['wait', 'thread_id', 'with_components'],
    takes: 'IncomingWebhookRequestPartialSchema',
    mayHaveFiles: true,
    gives: 'MessageResponseSchema',
    handle: more,
  },
  {
    method: 'GET',
    path: ONE,
    auth: 'path',
    asks: ['thread_id'],
    gives: 'MessageResponseSchema',
    handle: (call) => ok(messageJson(call.backend, target(call, behind(call)), true)),
  },
  {
    method: 'PATCH',
    path: ONE,
    auth: 'path',
    asks: ['thread_id', 'with_components'],
    takes: 'IncomingWebhookUpdateRequestPartialSchema',
    mayHaveFiles: true,
    gives: 'MessageResponseSchema',
    handle: change,
  },
  { method: 'DELETE', path: ONE, auth: 'path', asks: ['thread_id'], handle: takeAway },
];
