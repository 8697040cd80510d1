import type { Delivery } from '../deliveries.ts';
import { wholeFileObject } from '../file-object.ts';
import type { FilePlan, StoredFile } from '../files.ts';
import { objectsIn, type JsonObject } from '../json.ts';
import { messageObject } from '../message-object.ts';
import type { Message } from '../messages.ts';
import { viewObject, type OpenView } from '../modals.ts';
import { refusedAnswer } from '../refusal.ts';
import { speak } from '../spoken.ts';
import type { Desk } from '../web-api/method.ts';
import type { Channel, Person, Team } from '../world.ts';
import { actionOf, fieldState, type Entered } from './fill.ts';
import { findChannel, findElement, findPressable } from './find.ts';
import { fill, followSubmission } from './forms.ts';
import * as payloads from './payloads.ts';
import { typed } from './typed.ts';

/** What a person gets back for what they did. */
export interface Reaction extends Delivery {
  /** The words that came with the acknowledgement, or Slack's own when nobody took it. */
  readonly shown: string | undefined;
}

export interface Posted {
  readonly message: Message;
  readonly deliveries: readonly Delivery[];
}

export interface PostOptions {
  /** A channel's name, or `@bot` for the direct conversation with the app. */
  readonly in: string;
  readonly files?: readonly FilePlan[];
  /** The message to reply to, or any reply of its thread. */
  readonly thread?: Message;
  /** Slack sends two events for a post that mentions the app, except when it loses one. */
  readonly lost?: 'message' | 'app_mention';
}

/** Somebody at Slack's window. Each deed settles when the product took it, or when its three seconds were over. */
export interface Actor {
  readonly id: string;
  /** A slash command with its words. */
  types(line: string, options: { readonly in: string }): Promise<Reaction>;
  posts(text: string, options: PostOptions): Promise<Posted>;
  /** A button by its label or action id: on the given message, or on the newest one that has it. `entered` is what a list offers. */
  presses(label: string, message?: Message, entered?: Entered): Promise<Reaction>;
  /** A button or a field in the modal in front, or at the app's home. */
  pressesInView(label: string, entered?: Entered): Promise<Reaction>;
  /** Fills the modal in front and sends it: words, the labels of choices, or files of the person. */
  submits(values?: Readonly<{ [field: string]: Entered | { readonly files: readonly FilePlan[] } }>): Promise<Reaction>;
  /** Closes the modal in front. */
  closes(): Promise<Reaction | undefined>;
  /** A shortcut by its name or callback id; with a message, one from that message's menu. */
  usesShortcut(name: string, message?: Message): Promise<Reaction>;
  opensHome(): Promise<OpenView | undefined>;
  edits(message: Message, text: string): void;
  deletes(message: Message): void;
  removesFile(file: StoredFile): void;
  /** Adds the app to a channel. */
  invitesBot(channel: string): void;
  removesBot(channel: string): void;
  /** The modal in front. */
  modal(): OpenView | undefined;
}

const MENTION_EVENT = 'app_mention';
const FORM_FILE_BYTES_MAX = 10_000_000;

export function createActor(desk: Desk, person: Person): Actor {
  const { world, record, events, deliveries, modals } = desk;
  const home = (): Team => {
    const team = world.teams.get(person.teamId);
    if (team === undefined) throw new Error(`${person.name} has no workspace`);
    return team;
  };
  /** The install that is told: the one that wrote the message, which in a shared channel may be another workspace's. */
  const sceneAt = (message?: Message): payloads.Scene => {
    const writer = [...world.teams.values()].find(({ app }) => app !== undefined && app.botId === message?.botId);
    return { parts: desk, person, team: writer ?? home() };
  };
  /** A conversation that Slack's window lets the person write in. */
  const openChannel = (name: string): Channel => {
    const channel = findChannel(desk, person, name);
    if (channel.isArchived || !channel.memberIds.has(person.id)) throw new Error(`${person.name} cannot write in #${channel.name}`);
    return channel;
  };
  const channelOf = (message: Message): Channel => {
    const channel = world.channels.get(message.channelId);
    if (channel === undefined) throw new Error('the message is in no channel');
    return channel;
  };

  async function act(deed: string, type: 'slash_commands' | 'interactive', payload: JsonObject): Promise<Reaction> {
    record.tell(`${person.name} ${deed}`);
    const delivery = await deliveries.interaction(type, payload);
    if (!delivery.acknowledged) record.tell(`  (nobody took it: ${delivery.error})`);
    return { ...delivery, shown: delivery.error };
  }

  async function interact(deed: string, payload: JsonObject): Promise<Reaction> {
    if (desk.manifest.settings.interactivity?.is_enabled !== true) throw new Error('the manifest has interactivity switched off');
    const reaction = await act(deed, 'interactive', payload);
    const isForm = payload['type'] === 'view_submission';
    if (!isForm && Object.keys(reaction.response).length > 0) {
      record.violate('acknowledgement', `${String(payload['type'])} takes no payload: ${JSON.stringify(reaction.response)}`);
    }
    return reaction;
  }

  function addFiles(plans: readonly FilePlan[], channel: Channel): StoredFile[] {
    const isGuest = channel.teamId !== person.teamId;
    return plans.map((plan) => desk.files.add(person.teamId, person.id, { ...plan, isConnect: plan.isConnect ?? isGuest }));
  }

  return {
    id: person.id,
    modal: () => modals.top(person.id),

    async types(line, options) {
      const [command = '', ...rest] = line.split(' ');
      const channel = openChannel(options.in);
      const scene = sceneAt();
      const known = desk.manifest.features.slash_commands?.some((listed) => listed.command === command);
      if (known !== true || scene.team.app?.scopes.has('commands') !== true) throw new Error(`${command} is not a valid command`);
      const place = { teamId: scene.team.id, userId: person.id, channelId: channel.id, messageTs: undefined, threadTs: undefined };
      const payload = payloads.commandPayload(scene, channel, command, rest.join(' ').trim());
      const reaction = await act(`types ${line} (#${channel.name})`, 'slash_commands', payload);
      if (!reaction.acknowledged || Object.keys(reaction.response).length === 0) return reaction;
      try {
        return { ...reaction, shown: speak(desk, desk.posting, reaction.response, place, 'acknowledgement')?.text };
      } catch (error) {
        return { ...reaction, shown: String(refusedAnswer(error)?.['error'] ?? error) };
      }
    },

    async posts(text, options) {
      const channel = openChannel(options.in);
      const { text: words, blocks, userIds } = typed(world, text);
      const threadTs = options.thread?.threadTs ?? options.thread?.ts;
      const draft = { userId: person.id, text: words, blocks, threadTs, isSilent: options.lost === 'message' };
      const files = addFiles(options.files ?? [], channel);
      const { message, told } = files.length > 0 ? desk.sharing.share(files, channel, draft) : desk.posting.post(channel, draft);
      const bots = [...world.teams.values()].flatMap(({ app }) => (app !== undefined && userIds.includes(app.botUserId) ? [app] : []));
      const isTold = bots.length > 0 && options.lost !== MENTION_EVENT && channel.kind !== 'im';
      const mentioned = isTold
        ? events.tellIn(channel, (teamId) => {
            const { subtype: _subtype, ...shown } = messageObject(message, desk, teamId);
            return { ...shown, type: MENTION_EVENT, channel: channel.id, event_ts: message.ts };
          })
        : Promise.resolve([]);
      return { message, deliveries: (await Promise.all([mentioned, told])).flat() };
    },

    async presses(label, given, entered) {
      const message = given ?? findPressable(desk, person, label);
      const found = findElement(message.blocks, label);
      if (found === undefined || message.isDeleted) throw new Error(`there is no “${label}” on the message any more`);
      const channel = channelOf(message);
      const action = actionOf(found.blockId, found.element, entered);
      const payload = payloads.messageActionPayload(sceneAt(message), channel, message, action, {});
      return interact(`presses [${label}]`, payload);
    },

    async pressesInView(label, entered) {
      const view = modals.top(person.id) ?? modals.home(person.id);
      if (view === undefined) throw new Error(`${person.name} has no modal and no home in front of them`);
      const found = findElement(objectsIn(view.content['blocks']), label);
      if (found === undefined) throw new Error(`there is no “${label}” in the view`);
      const { blockId, element } = found;
      const isField = element['type'] !== 'button';
      if (isField) view.state = { ...view.state, [blockId]: { [String(element['action_id'])]: fieldState(element, entered) } };
      return interact(`presses [${label}]`, payloads.viewActionPayload(sceneAt(), view, actionOf(blockId, element, entered)));
    },

    async submits(values = {}) {
      const view = modals.top(person.id);
      if (view === undefined) throw new Error(`${person.name} has no modal in front of them`);
      const entered = Object.entries(values).map(([field, value]): [string, Entered] => {
        if (typeof value === 'string' || !('files' in value)) return [field, value];
        // A form takes files of up to 10 MB.
        const files = value.files.map((plan) => Object.assign(desk.files.add(person.teamId, person.id, plan), { isHandedOver: true }));
        if (files.some(({ bytes }) => bytes.byteLength > FORM_FILE_BYTES_MAX)) throw new Error('the form says: the file is too large');
        return [field, files.map((file) => wholeFileObject(file, desk))];
      });
      fill(view, Object.fromEntries(entered));
      const reaction = await interact('submits the form', payloads.submissionPayload(sceneAt(), view));
      followSubmission(desk, view, reaction);
      return reaction;
    },

    async closes() {
      const view = modals.top(person.id);
      if (view === undefined) throw new Error(`${person.name} has no modal in front of them`);
      const clears = view.content['clear_on_close'] === true;
      if (clears) modals.closeAll(person.id);
      else modals.closeTop(person.id);
      const wantsToKnow = view.content['notify_on_close'] === true;
      return wantsToKnow ? interact('closes the form', payloads.closedPayload(sceneAt(), view, clears)) : undefined;
    },

    async usesShortcut(name, message) {
      const kind = message === undefined ? 'global' : 'message';
      const shortcut = desk.manifest.features.shortcuts?.find(
        ({ type, callback_id, name: shown }) => type === kind && [callback_id, shown].includes(name),
      );
      if (shortcut === undefined) throw new Error(`the manifest has no ${kind} shortcut ${name}`);
      if (message?.onlyFor !== undefined) throw new Error('a message that only one person sees has no shortcuts');
      const payload =
        message === undefined
          ? payloads.shortcutPayload(sceneAt(), shortcut.callback_id)
          : payloads.messageShortcutPayload(sceneAt(), shortcut.callback_id, channelOf(message), message);
      return interact(`uses the shortcut “${shortcut.name}”`, payload);
    },

    async opensHome() {
      const { team } = sceneAt();
      const { app } = team;
      if (app === undefined) throw new Error('the app is not installed here');
      record.tell(`${person.name} opens the app’s home`);
      const view = modals.home(person.id);
      const channel = world.openDirect(team, [person.id, app.botUserId]);
      const shown = view === undefined ? {} : { view: viewObject(view, { appId: world.appId, botId: app.botId }) };
      await events.tell(team, { type: 'app_home_opened', user: person.id, channel: channel.id, tab: 'home', ...shown });
      return modals.home(person.id);
    },

    edits(message, text) {
      const { text: words, blocks } = typed(world, text);
      desk.posting.edit(channelOf(message), message, { text: words, blocks }, person.id);
    },
    deletes(message) {
      if (message.userId !== person.id && !person.isAdmin) throw new Error('people delete their own messages, admins everybody’s');
      record.tell(`${person.name} deletes a message`);
      desk.posting.remove(channelOf(message), message);
    },
    removesFile(file) {
      file.isDeleted = true;
      record.tell(`${person.name} deletes ${file.name}`);
    },
    invitesBot(name) {
      const channel = findChannel(desk, person, name);
      const bot = home().app?.botUserId ?? '';
      channel.memberIds.add(bot);
      desk.posting.post(channel, { userId: bot, subtype: 'channel_join', text: `<@${bot}> has joined the channel` });
    },
    removesBot(name) {
      findChannel(desk, person, name).memberIds.delete(home().app?.botUserId ?? '');
      record.tell(`${person.name} removes the app from #${name}`);
    },
  };
}
