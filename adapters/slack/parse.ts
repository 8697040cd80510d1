import { z } from 'zod';
import { unescapeText } from './text.ts';

const fileSchema = z.looseObject({
  id: z.string(),
  mimetype: z.string().optional(),
  filetype: z.string().optional(),
  mode: z.string().optional(),
});
type File = z.infer<typeof fileSchema>;

/** What may be a picture: a fresh file and one of another workspace do not say yet what they are. */
function pictureIds(files: readonly File[]): readonly string[] {
  const gone = ['tombstone', 'hidden_by_limit', 'external'];
  const may = files.filter(({ mimetype = '', mode = '' }) => !gone.includes(mode) && (mimetype === '' || mimetype.startsWith('image/')));
  return may.map(({ id }) => id);
}

const commandSchema = z.looseObject({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string(),
});

const messageSchema = z.looseObject({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  deleted_ts: z.string().optional(),
  files: z.array(fileSchema).default([]),
});
const homeSchema = z.looseObject({ type: z.literal('app_home_opened'), user: z.string(), tab: z.string() });
/** Tokens of people are taken back as well, which is nothing to a bot. */
const goneSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('app_uninstalled') }),
  z.looseObject({ type: z.literal('tokens_revoked'), tokens: z.looseObject({ bot: z.array(z.string()).min(1) }) }),
]);
const eventSchema = z.looseObject({ type: z.literal('event_callback'), team_id: z.string(), event: z.unknown() });

const person = z.looseObject({ id: z.string() });
const placed = { user: person, trigger_id: z.string(), response_url: z.string().optional() };
const shownSchema = z.looseObject({ ts: z.string(), thread_ts: z.string().optional(), files: z.array(fileSchema).default([]) });
const pressSchema = z.looseObject({
  type: z.literal('block_actions'),
  ...placed,
  channel: z.looseObject({ id: z.string() }).optional(),
  message: shownSchema.optional(),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string().optional() })).min(1),
});
const shortcutSchema = z.looseObject({
  type: z.enum(['shortcut', 'message_action']),
  ...placed,
  callback_id: z.string(),
  channel: z.looseObject({ id: z.string() }).optional(),
  message: shownSchema.optional(),
});
const fieldSchema = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
});
const formSchema = z.looseObject({
  type: z.literal('view_submission'),
  user: person,
  response_urls: z.array(z.looseObject({ response_url: z.string() })).default([]),
  view: z.looseObject({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), fieldSchema)) }),
  }),
});

/** What somebody at Slack did, in the words of this adapter. */
export type Arrival =
  | CommandArrival
  | MessageArrival
  | { readonly kind: 'message-deleted'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'home'; readonly user: string }
  | { readonly kind: 'gone'; readonly team: string }
  | PressArrival
  | ShortcutArrival
  | FormArrival
  | { readonly kind: 'nothing' };

export interface CommandArrival {
  readonly kind: 'command';
  /** With its slash. */
  readonly command: string;
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly trigger: string;
  readonly responseUrl: string;
}

export interface MessageArrival {
  readonly kind: 'message';
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | undefined;
  /** As it was typed, without the bot's name. */
  readonly text: string;
  readonly files: readonly string[];
  readonly isDirect: boolean;
  readonly isForBot: boolean;
  /** Of a post that names the bot Slack sends two events; this is the second of them. */
  readonly isSecond: boolean;
}

/** A message that something was done to. */
export interface Shown {
  readonly channel: string;
  readonly ts: string;
  /** The message that begins its thread, or would. */
  readonly thread: string;
  /** Of a press all that is in it, of a shortcut what may be pictures. */
  readonly files: readonly string[];
}

export interface PressArrival {
  readonly kind: 'press';
  readonly action: string;
  readonly value: string;
  readonly user: string;
  readonly trigger: string;
  readonly responseUrl: string | undefined;
  /** Where the button stands; undefined at the app's home. */
  readonly message: Shown | undefined;
}

export interface ShortcutArrival {
  readonly kind: 'shortcut';
  readonly callback: string;
  readonly user: string;
  readonly trigger: string;
  readonly responseUrl: string | undefined;
  readonly message: Shown | undefined;
}

export interface FormArrival {
  readonly kind: 'form';
  readonly callback: string;
  readonly user: string;
  readonly view: string;
  readonly metadata: string;
  readonly responseUrl: string | undefined;
  /** What was entered, by the name of the block. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

const NOTHING: Arrival = { kind: 'nothing' };
/** Messages of people. All other subtypes are about messages, or are of apps. */
const SPOKEN = [undefined, 'file_share', 'thread_broadcast'];

/** Reads one payload, whichever way it came. What is not for this product is `nothing`. */
export function parseArrival(body: unknown, botUserId: string): Arrival {
  const event = eventSchema.safeParse(body).data;
  if (event !== undefined) return parseEvent(event.event, event.team_id, botUserId);
  const command = commandSchema.safeParse(body).data;
  if (command !== undefined) {
    const { user_id: user, channel_id: channel, text, trigger_id: trigger, response_url: responseUrl } = command;
    return { kind: 'command', command: command.command, user, channel, text, trigger, responseUrl };
  }
  return parseInteraction(body);
}

function parseEvent(event: unknown, team: string, botUserId: string): Arrival {
  const home = homeSchema.safeParse(event).data;
  if (home !== undefined) return home.tab === 'home' ? { kind: 'home', user: home.user } : NOTHING;
  if (goneSchema.safeParse(event).success) return { kind: 'gone', team };
  const message = messageSchema.safeParse(event).data;
  if (message === undefined) return NOTHING;
  const { subtype, channel, user, ts, deleted_ts: deleted } = message;
  if (subtype === 'message_deleted' && deleted !== undefined) return { kind: 'message-deleted', channel, ts: deleted };
  if (!SPOKEN.includes(subtype) || user === undefined || message.bot_id !== undefined || user === botUserId) return NOTHING;
  const mention = new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`, 'g');
  return {
    kind: 'message',
    user,
    channel,
    ts,
    thread: message.thread_ts === ts ? undefined : message.thread_ts,
    text: unescapeText(message.text.replaceAll(mention, ' ')).trim(),
    files: pictureIds(message.files),
    isDirect: message.channel_type === 'im',
    isSecond: message.type === 'app_mention',
    isForBot: message.type === 'app_mention' || (botUserId !== '' && message.text.search(mention) !== -1),
  };
}

function parseInteraction(body: unknown): Arrival {
  const press = pressSchema.safeParse(body).data;
  if (press !== undefined) {
    const { user, trigger_id: trigger, response_url: responseUrl, channel, message, actions } = press;
    const [{ action_id: action, value = '' } = { action_id: '' }] = actions;
    const place = channel === undefined || message === undefined ? undefined : placeOf(channel.id, message, allIds);
    return { kind: 'press', action, value, user: user.id, trigger, responseUrl, message: place };
  }
  const shortcut = shortcutSchema.safeParse(body).data;
  if (shortcut !== undefined) {
    const { callback_id: callback, user, trigger_id: trigger, response_url: responseUrl, channel, message } = shortcut;
    const place = channel === undefined || message === undefined ? undefined : placeOf(channel.id, message, pictureIds);
    return { kind: 'shortcut', callback, user: user.id, trigger, responseUrl, message: place };
  }
  const form = formSchema.safeParse(body).data;
  return form === undefined ? NOTHING : formOf(form);
}

const allIds = (files: readonly File[]): readonly string[] => files.map(({ id }) => id);

function placeOf(channel: string, { ts, thread_ts: thread = ts, files }: z.infer<typeof shownSchema>, which: typeof pictureIds): Shown {
  return { channel, ts, thread, files: which(files) };
}

function formOf({ user, view, response_urls: urls }: z.infer<typeof formSchema>): FormArrival {
  const fields: Record<string, string | undefined> = {};
  for (const [block, actions] of Object.entries(view.state.values)) {
    const [field] = Object.values(actions);
    fields[block] = field?.value ?? field?.selected_option?.value ?? field?.selected_conversation ?? undefined;
  }
  return {
    kind: 'form',
    callback: view.callback_id,
    user: user.id,
    view: view.id,
    metadata: view.private_metadata,
    responseUrl: urls[0]?.response_url,
    fields,
  };
}
