import { z } from 'zod';
import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import type { Actor, Reaction } from '#test/emulators/slack/people/person.ts';
import type { TeamPlan } from '#test/emulators/slack/world.ts';
import type { HandedFile, Outcome, Stage } from '../stage.ts';
import { slackScene } from './scene.ts';

const PEOPLE = [
  { name: 'Lan', locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh' },
  { name: 'Sam', locale: 'en-US', timeZone: 'America/New_York' },
  { name: 'Mai', locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh', isAdmin: true },
];

/** A place of every kind that the bot can meet: its own, one that it may join, one that it has to be invited to. */
const TEAM: TeamPlan = {
  name: 'Xóm Vẽ',
  people: PEOPLE,
  channels: [{ name: 'general' }, { name: 'ý-tưởng' }, { name: 'vườn', bot: false }, { name: 'phòng-kín', kind: 'private', bot: false }],
};

const words = z.string().max(40_000);
const place = { place: words };
const entered = z.union([words, z.array(words)]);
const deedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), ...place, text: words, thread: words.optional() }),
  z.strictObject({ kind: z.literal('press'), ...place, message: words, element: words }),
  z.strictObject({ kind: z.literal('press-in-view'), element: words, entered: entered.optional() }),
  z.strictObject({ kind: z.literal('submit'), values: z.record(z.string(), entered) }),
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('shortcut'), name: words, place: words.optional(), message: words.optional() }),
  z.strictObject({ kind: z.literal('home') }),
  z.strictObject({ kind: z.literal('remove'), ...place, message: words }),
]);
type Deed = z.infer<typeof deedSchema>;

/** The emulated Slack with three people in it. Pictures take a moment to appear, as they do there. */
export async function openSlackStage(): Promise<Stage> {
  const slack = await openSlackEmulator({ manifest: SOCKET_MANIFEST, teams: [TEAM], shareDelayMs: 300, processingDelayMs: 200 });
  return {
    page: 'slack.html',
    people: PEOPLE.map(({ name, locale, isAdmin = false }) => ({ name, locale, isAdmin })),
    environment: { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_APP_TOKEN: slack.appToken },
    connected: () => slack.sockets.opened(),
    scene: (person) => slackScene(slack, person),
    act: (person, deed, files) => act(slack, slack.person(person), deedSchema.parse(deed), files),
    picture: (id) => {
      const file = slack.files.get(id);
      const isShown = file !== undefined && !file.isDeleted && /^(?:image\/|video\/mp4$)/.test(file.mimetype);
      return Promise.resolve(isShown ? { type: file.mimetype, bytes: Buffer.from(file.bytes) } : undefined);
    },
    onChange: slack.onChange,
    violations: () => slack.violations.map(({ rule, detail }) => `${rule}: ${detail}`),
    close: slack.close,
  };
}

async function act(slack: SlackEmulator, actor: Actor, deed: Deed, files: readonly HandedFile[]): Promise<Outcome> {
  switch (deed.kind) {
    case 'say':
      return say(slack, actor, deed, files);
    case 'press':
      return noticed(await actor.presses(deed.element, messageOf(slack, deed)));
    case 'press-in-view':
      return noticed(await actor.pressesInView(deed.element, deed.entered));
    case 'submit':
      return noticed(await actor.submits({ ...deed.values, ...filesByField(files) }));
    case 'close':
      await actor.closes();
      return {};
    case 'shortcut': {
      const { name, place: channel = '', message } = deed;
      return noticed(await actor.usesShortcut(name, message === undefined ? undefined : messageOf(slack, { place: channel, message })));
    }
    case 'home':
      await actor.opensHome();
      return {};
    case 'remove':
      actor.deletes(messageOf(slack, deed));
      return {};
  }
}

async function say(
  slack: SlackEmulator,
  actor: Actor,
  deed: Extract<Deed, { kind: 'say' }>,
  files: readonly HandedFile[],
): Promise<Outcome> {
  const [command = ''] = deed.text.split(' ');
  if (command === '/invite') {
    actor.invitesBot(deed.place);
    return {};
  }
  if (command.startsWith('/') && deed.thread !== undefined) return { notice: `${command} is not supported in threads. Sorry!` };
  if (command.startsWith('/')) return noticed(await actor.types(deed.text, { in: deed.place }), command);
  const thread = deed.thread === undefined ? undefined : messageOf(slack, { place: deed.place, message: deed.thread });
  const plans = files.map(({ name, bytes, type }) => ({ name, bytes, mimetype: type }));
  // The window shows a post at once; whether the product took it is nothing that its author waits for.
  void actor.posts(deed.text, { in: deed.place, files: plans, ...(thread !== undefined && { thread }) });
  return {};
}

function messageOf(slack: SlackEmulator, { place: channelId, message: ts }: { readonly place: string; readonly message: string }): Message {
  const message = slack.parts.messages.find(channelId, ts, true);
  if (message === undefined) throw new Error('the message is not there any more');
  return message;
}

/** What Slack says by itself when nobody took what somebody did. */
function noticed({ acknowledged, shown }: Reaction, what = 'This'): Outcome {
  return acknowledged ? {} : { notice: `${what} failed with the error “${shown}”` };
}

const filesByField = (files: readonly HandedFile[]) =>
  Object.fromEntries(files.map(({ field, name, bytes, type }) => [field, { files: [{ name, bytes, mimetype: type }] }]));
