import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { sayRefusal } from '#src/core/messages.ts';
import { languageOf, paced, type WebApp, type WebHouse } from '../house.ts';
import { takePost, type Post } from '../ask.ts';
import { WEB_LIMITS } from '../config.ts';
import { isForm, readForm } from '../form.ts';
import { formSchema } from '../parse.ts';
import { statusOfTold } from '../render-told.ts';

export function addAsking(app: WebApp, house: WebHouse): void {
  const { room, desk, channels, looking, unconfirmed, watch } = house;
  const json = bodyLimit({ maxSize: WEB_LIMITS.jsonBytes, onError: (context) => context.json({ error: 'too-large' }, 413) });
  const form = bodyLimit({ maxSize: WEB_LIMITS.formBytes, onError: tooHeavy });
  const limit: MiddlewareHandler = async (context, next) => (isForm(typeOf(context)) ? form : json)(context, next);
  const counter = { ...room, channels, looking, unconfirmed, ask: desk.ask };
  app.post('/api/ask', paced(house), createTurnstile(), limit, async (context) => {
    const post = await readPost(context);
    if (post === undefined) return context.json({ error: 'bad-request' }, 400);
    const told = await takePost(post, context.get('asker'), counter);
    if (told === undefined) return context.notFound();
    watch.nudge(told.id);
    return context.json(told, statusOfTold(told));
  });
  app.post('/api/*', json);
}

/** Lets in as many forms at once as there is memory for. */
function createTurnstile(): MiddlewareHandler {
  let inside = 0;
  return async (context, next) => {
    if (!isForm(typeOf(context))) return next();
    if (inside >= WEB_LIMITS.formsAtOnce) return busy(context);
    inside += 1;
    try {
      await next();
    } finally {
      inside -= 1;
    }
  };
}

function busy(context: Context): Response {
  const sentence = sayRefusal(languageOf(context), 'queue-full', { limit: WEB_LIMITS.formsAtOnce });
  return context.json({ error: 'busy', sentence }, 503, { 'Retry-After': '5' });
}

/** A form is only that heavy because of its picture. */
function tooHeavy(context: Context): Response {
  const sentence = sayRefusal(languageOf(context), 'picture-too-heavy', { limitMegabytes: WEB_LIMITS.pictureMegabytes });
  return context.json({ error: 'too-large', sentence }, 413);
}

const typeOf = (context: Context): string | undefined => context.req.header('content-type');

/** Undefined when the body is not what the page sends. JSON has to say that it is: no form of another site can. */
async function readPost(context: Context): Promise<Post | undefined> {
  const type = typeOf(context) ?? '';
  if (isForm(type)) {
    // Rejects when the browser goes away in the middle.
    const bytes = await context.req.arrayBuffer().catch(() => undefined);
    const form = bytes === undefined ? undefined : await readForm(bytes, type);
    const { data } = formSchema.safeParse(form?.fields);
    return data === undefined ? undefined : { ...data, pictures: form?.pictures ?? [] };
  }
  if (!/^application\/json\b/i.test(type)) return undefined;
  const body: unknown = await context.req.json().catch(() => undefined);
  const { data } = formSchema.safeParse(body);
  return data === undefined ? undefined : { ...data, pictures: [] };
}
