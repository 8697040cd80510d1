import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openSlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { Stage } from './stage.ts';
import { COMMANDS, isOne, PEOPLE } from './stage.ts';

/** Channels that a request has for itself, so that its pictures can be told from others. The people in them come back when they are used up. */
const CHANNELS = 500;
const numbered = (name: string, count: number): { readonly name: string; readonly locale: string }[] =>
  Array.from({ length: count }, (_, at) => ({ name: `${name}-${at}`, locale: 'en-US' }));

/** Slack in Socket Mode. Files appear at once, so that what is measured is the bot; its rate limits are off, for a channel takes one message a second. */
export async function openSlackStage(): Promise<Stage> {
  const people = numbered('person', PEOPLE);
  const channels = numbered('room', CHANNELS).map(({ name }) => ({ name }));
  const slack = await openSlackEmulator({
    manifest: SOCKET_MANIFEST,
    teams: [{ name: 'bench', people, channels }],
    shareDelayMs: 0,
    processingDelayMs: 0,
  });
  const actors = people.map(({ name }) => slack.person(name));
  const ids = channels.map(({ name }) => slack.channel(name).id);
  return {
    settings: { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_APP_TOKEN: slack.appToken },
    connections: slack.sockets.count,
    async ask(person, room, words, wish) {
      const told = await actors[person % PEOPLE]?.types(`/${COMMANDS[wish]} ${words}`, { in: `room-${room % CHANNELS}` });
      // What comes with the acknowledgement is a no: what was taken is told by a message.
      return told?.acknowledged === true && told.shown === undefined;
    },
    shown: (room, wish) => {
      const isShown = (id: string): boolean => isOne(slack.files.get(id)?.name ?? '', wish);
      const posted = slack.parts.messages.all().filter(({ channelId, botId }) => channelId === ids[room % CHANNELS] && botId !== undefined);
      return posted.filter(({ fileIds }) => fileIds.some(isShown)).length;
    },
    onChange: slack.onChange,
    violations: () => slack.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
  };
}
