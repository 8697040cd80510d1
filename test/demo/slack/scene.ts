import type { SlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { viewObject, type OpenView } from '#test/emulators/slack/modals.ts';
import type { Channel } from '#test/emulators/slack/world.ts';

/** The workspace as one person sees it: what is for others' eyes only is not in it. */
export function slackScene(slack: SlackEmulator, personName: string): object {
  const { world, modals, messages } = slack.parts;
  const me = slack.profile(personName);
  const team = slack.team();
  const botId = team.app?.botUserId ?? '';
  const owner = { appId: world.appId, botId: team.app?.botId ?? '' };
  const direct = world.openDirect(team, [me.id, botId]);
  const isMine = (channel: Channel): boolean => channel.memberIds.has(me.id) && (channel.kind !== 'im' || channel.id === direct.id);
  const view = (open: OpenView): object => ({ ...viewObject(open, owner), errors: open.errors });
  const home = modals.home(me.id);
  const top = modals.top(me.id);
  return {
    team: team.name,
    me: { id: me.id, name: me.name, locale: me.locale, isAdmin: me.isAdmin },
    bot: { id: botId, direct: direct.id },
    people: Object.fromEntries([...world.people.values()].map(({ id, name, isBot }) => [id, { name, isBot }])),
    places: [...world.channels.values()].filter(isMine).map((channel) => ({
      id: channel.id,
      name: channel.name,
      kind: channel.kind,
      hasBot: channel.memberIds.has(botId),
      messages: messages
        .inChannel(channel.id)
        .filter((message) => isFor(message, me.id))
        .map((root) => ({
          ...shown(slack, root),
          status: messages.status(channel.id, root.ts)?.text,
          replies: messages
            .replies(channel.id, root.ts)
            .filter((reply) => isFor(reply, me.id))
            .map((reply) => shown(slack, reply)),
        })),
    })),
    modal: top === undefined ? undefined : view(top),
    home: home === undefined ? undefined : view(home),
    commands: slack.parts.manifest.features.slash_commands ?? [],
    shortcuts: slack.parts.manifest.features.shortcuts ?? [],
  };
}

const isFor = ({ onlyFor }: Message, userId: string): boolean => onlyFor === undefined || onlyFor === userId;

function shown(slack: SlackEmulator, message: Message): object {
  return {
    place: message.channelId,
    ts: message.ts,
    thread: message.threadTs,
    user: message.userId,
    isEvent: message.subtype === 'channel_join',
    isDeleted: message.isDeleted,
    isWhispered: message.onlyFor !== undefined,
    isEdited: message.edited !== undefined,
    text: message.isDeleted ? '' : message.text,
    blocks: message.isDeleted ? [] : message.blocks,
    files: message.isDeleted ? [] : message.fileIds.flatMap((id) => shownFile(slack, id)),
  };
}

function shownFile({ files }: SlackEmulator, id: string): object[] {
  const file = files.get(id);
  if (file === undefined) return [];
  const { name, title, altText, width, height, mimetype, isDeleted } = file;
  const [isPicture, isClip] = [mimetype.startsWith('image/'), mimetype === 'video/mp4'];
  return [{ id, name, title, altText, width, height, isPicture, isClip, isDeleted }];
}
