import { z } from 'zod';
import { renderCommand } from '#src/core/command.ts';
import { withinDeadline } from '#src/core/deadline.ts';
import { say, sayReceipt, sayRefusal } from '#src/core/messages.ts';
import type { Told } from '#src/core/platform.ts';
import type { Language, Options } from '#src/core/request.ts';
import { announce } from './announce.ts';
import { ask, askRead, languageFor, lookUp, LOOK_UP_MS, topicOf, type Reception } from './asking.ts';
import { plain, type Block, type Message } from './blocks.ts';
import type { Identity, Taken } from './client.ts';
import { TEXT_LIMITS } from './config.ts';
import { publishHome } from './home.ts';
import { occasionRequestId } from './ids.ts';
import { imageOf, tenantOf, threadOf } from './address.ts';
import type { FormArrival, PressArrival } from './parse.ts';
import { agreeInForm, priceForm } from './prices.ts';
import { readClip } from './reading.ts';
import { whisperTo, type Whisper } from './whispers.ts';
import { renderWords } from './render.ts';
import { FIELDS, FORMS, readOptions, readWords, renderDefaultsForm, renderEditForm } from './render-views.ts';

/** What a form remembers of where it was opened. */
const metadataSchema = z.strictObject({
  channel: z.string().optional(),
  thread: z.string().optional(),
  file: z.string().optional(),
  of: z.string().optional(),
});
export type Metadata = z.infer<typeof metadataSchema>;

/** Somebody sent a form. A no is shown in the form, where the words still stand. */
export async function takeForm(reception: Reception, identity: Identity, form: FormArrival): Promise<Taken> {
  const metadata = metadataSchema.safeParse(parseJson(form.metadata)).data ?? {};
  switch (form.callback) {
    case FORMS.imagine:
      return sendImagine(reception, identity, form);
    case FORMS.transform:
      return sendTransform(reception, identity, form, metadata);
    case FORMS.animate:
      return sendAnimate(reception, identity, form, metadata);
    case FORMS.edit:
      return sendEdit(reception, identity, form, metadata);
    case FORMS.defaults:
      return saveDefaults(reception, identity, form);
    case FORMS.price:
      return agreeInForm(reception, identity, form);
    default:
      return {};
  }
}

async function sendImagine(reception: Reception, identity: Identity, form: FormArrival): Promise<Taken> {
  const { team } = identity;
  const { [FIELDS.channel]: channel = '', [FIELDS.prompt]: text = '' } = form.fields;
  const id = occasionRequestId(team, form.view);
  const told = await ask(reception, {
    id,
    text,
    options: readOptions(form.fields),
    user: form.user,
    address: { team, channel },
    topic: id,
  });
  return outcome(reception, identity, form, told);
}

async function sendTransform(reception: Reception, identity: Identity, form: FormArrival, metadata: Metadata): Promise<Taken> {
  const { [FIELDS.prompt]: text = '' } = form.fields;
  const options = readOptions(form.fields);
  const wish = { ...(await wishAbout(reception, identity, form, metadata)), options };
  // Words alone say what is to be done, as in a reply; whoever chooses how much is to change wants the whole picture painted anew.
  const isInstruction = Object.keys(options).length === 0;
  return outcome(reception, identity, form, await ask(reception, { ...wish, text, isInstruction }));
}

async function sendAnimate(reception: Reception, identity: Identity, form: FormArrival, metadata: Metadata): Promise<Taken> {
  const { [FIELDS.prompt]: text = '' } = form.fields;
  const wish = await wishAbout(reception, identity, form, metadata);
  return outcome(reception, identity, form, await askRead(reception, wish, text, (locale) => readClip(text, 1, locale)));
}

/** About the picture that the form was opened from, in its thread. */
async function wishAbout({ office }: Reception, { team }: Identity, form: FormArrival, { channel = '', thread = '', file = '' }: Metadata) {
  const address = { team, channel, thread };
  const { topic } = await topicOf(office, address, thread);
  return { id: occasionRequestId(team, form.view), images: [imageOf(team, file)], user: form.user, address, topic };
}

async function sendEdit(
  reception: Reception,
  identity: Identity,
  form: FormArrival,
  { channel = '', thread = '', of = '' }: Metadata,
): Promise<Taken> {
  const { office, desk } = reception;
  const { team } = identity;
  const address = { team, channel, thread };
  const { topic } = await topicOf(office, address, thread);
  const told = await desk.repeat({
    id: occasionRequestId(team, form.view),
    of,
    how: 'edit',
    text: renderCommand(readWords(form.fields), readOptions(form.fields)),
    thread: threadOf(address, topic),
    requester: { id: form.user },
    tenant: tenantOf(team),
    locale: (await office.people.of(team, form.user)).language,
  });
  return outcome(reception, identity, form, told);
}

async function saveDefaults({ office }: Reception, identity: Identity, form: FormArrival): Promise<Taken> {
  await office.preferences.write(tenantOf(identity.team), form.user, readOptions(form.fields));
  return { afterwards: async () => publishHome(office, identity, form.user) };
}

function outcome(reception: Reception, identity: Identity, form: FormArrival, { receipt, language }: Told): Taken {
  if (receipt.kind === 'unconfirmed') return { response: { response_action: 'update', view: priceForm(receipt, language) } };
  if (receipt.kind === 'refused') {
    return { response: { response_action: 'errors', errors: { [FIELDS.prompt]: sayReceipt(language, receipt) } } };
  }
  const whisper: Whisper = whisperTo(reception.office, form.responseUrl, undefined);
  return { afterwards: async () => announce(reception, identity, { receipt, language }, whisper) };
}

/** With what was asked, to be asked otherwise. */
export async function openEdit(reception: Reception, identity: Identity, press: PressArrival): Promise<void> {
  const { office } = reception;
  const language = await languageFor(office, identity, press.user);
  const entry = await lookUp(reception, identity, press.value);
  if (press.message === undefined || typeof entry === 'string') {
    const code = typeof entry === 'string' ? entry : 'request-unknown';
    return void (await whisperTo(office, press.responseUrl, press.message?.thread)(renderWords(sayRefusal(language, code, {}))));
  }
  const { channel, thread } = press.message;
  await openView(
    reception,
    identity,
    press.trigger,
    renderEditForm(viewOf(reception, language, { channel, thread, of: press.value }), entry),
  );
}

export async function openDefaults(reception: Reception, identity: Identity, { user, trigger }: PressArrival): Promise<void> {
  const language = await languageFor(reception.office, identity, user);
  const form = renderDefaultsForm(viewOf(reception, language, {}), await defaultsOf(reception, identity, user));
  await openView(reception, identity, trigger, form);
}

/** At the app's home there is nobody to whisper to, so that the recipe has a window of its own. */
export async function openRecipe(
  reception: Reception,
  identity: Identity,
  trigger: string,
  { blocks }: Message,
  language: Language,
): Promise<void> {
  const [title, close] = [say(language, 'label-recipe'), say(language, 'close')].map((text) => plain(text, TEXT_LIMITS.modalTitle));
  if (title !== undefined && close !== undefined) await openView(reception, identity, trigger, { type: 'modal', title, close, blocks });
}

/** Slack takes a trigger for three seconds, and once. */
export async function openView({ office }: Reception, { team }: Identity, trigger: string, view: Block): Promise<void> {
  const reply = await office.api.call(team, 'views.open', { trigger_id: trigger, view });
  if (reply.kind === 'refused') office.log.warn('slack-view-refused', { error: reply.error });
}

export async function defaultsOf({ office }: Reception, { team }: Identity, user: string): Promise<Options> {
  const read = await withinDeadline(office.preferences.read(tenantOf(team), user), LOOK_UP_MS);
  return read.kind === 'done' ? read.value : {};
}

export const viewOf = ({ office }: Reception, language: Language, metadata: Metadata) => ({
  language,
  cards: office.cards,
  metadata: JSON.stringify(metadata),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
