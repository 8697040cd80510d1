import { z } from 'zod';
import { tenantOf } from '#adapters/slack/address.ts';
import { SOCKET_MANIFEST } from '#test/adapters/slack/manifests.ts';
import { openSlackEmulator, type SlackEmulator } from '#test/emulators/slack/emulator.ts';
import type { Message } from '#test/emulators/slack/messages.ts';
import { elementsIn } from '#test/emulators/slack/people/find.ts';
import { keyOf } from '#workers/blobs/key.ts';
import type { Scene, Shown } from './scene.ts';

const FIVE_MINUTES_MS = 5 * 60_000;
const PEOPLE = ['lan', 'sam'] as const;
/** What only looks, and the line under a thread that says what the bot does, which nobody waits for. */
const LEFT_OUT = ['users.', 'files.info', 'conversations.', 'auth.', 'apps.', 'assistant.'].map((method) => `POST /api/${method}`);

/** A workspace with so many channels, in which Lan and Sam ask. */
export async function openSlackScene(rooms: number): Promise<Scene> {
  const slack = await openSlackEmulator({
    manifest: SOCKET_MANIFEST,
    channels: Array.from({ length: rooms }, (_, index) => ({ name: nameOf(index + 1) })),
  });
  const numbers = new Map(Array.from({ length: rooms }, (_, index) => [slack.channel(nameOf(index + 1)).id, index + 1]));
  // No room is empty: whoever looks for a message of their own comes across other people's.
  for (const room of numbers.values()) await slack.person('sam').posts('good morning', { in: nameOf(room), lost: 'message' });
  return {
    settings: { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken(), SLACK_APP_TOKEN: slack.appToken },
    tenant: tenantOf(slack.team().id),
    wire: { origin: slack.origin, leftOut: LEFT_OUT },
    connected: async () => slack.sockets.opened(),
    async ask(room, way, words, person = 0) {
      const somebody = slack.person(PEOPLE[person % PEOPLE.length] ?? 'lan');
      if (way === 'command') {
        const { acknowledged, shown } = await somebody.types(`/imagine ${words}`, { in: nameOf(room) });
        return { taken: acknowledged, wasRefused: () => acknowledged && shown !== undefined };
      }
      const { deliveries } = await somebody.posts(`@hoami ${words}`, { in: nameOf(room) });
      // A message that cannot be written down is not taken, and comes again.
      return { taken: deliveries.every(({ acknowledged }) => acknowledged), wasRefused: () => false };
    },
    sendAgain: () => slack.clock.advance(FIVE_MINUTES_MS),
    givenUp: () => slack.story().split('was given up').length - 1,
    stir: (turn) => [slack.sockets.refresh, slack.sockets.drop, () => slack.loseAcknowledgements(2)][turn % 3]?.(),
    losable: [
      ...['chat.postMessage', 'files.getUploadURLExternal', 'upload', 'files.completeUploadExternal', 'chat.update'].map(
        (call) => ({ way: 'command', call }) as const,
      ),
      { way: 'message', call: 'chat.postMessage' },
      { way: 'message', call: 'chat.delete' },
    ],
    lose: (call, hears) => slack.fault({ method: call, kind: hears === 'nothing' ? 'drop-after' : 'http-500-after' }),
    shown: async () =>
      slack.parts.messages
        .all()
        .filter(({ botId, onlyFor }) => botId !== undefined && onlyFor === undefined)
        .map((message) => shownAs(message, numbers.get(message.channelId) ?? 0, slack)),
    announced: (room) =>
      slack.calls.filter(
        ({ method, args, outcome }) =>
          method === 'chat.postMessage' && numbers.get(String(args['channel'])) === room && outcome.startsWith('ok'),
      ).length,
    // A machine that is busy with others answers late, which is no rule of the product's.
    violations: () => slack.violations.map(({ rule, detail }) => `${rule}: ${detail}`).filter((line) => !line.includes('three seconds')),
    story: () => slack.story(),
    close: async () => slack.close(),
  };
}

const nameOf = (room: number): string => `room-${room}`;

const metadataSchema = z.object({ event_payload: z.object({ id: z.string() }) });

function shownAs({ blocks, fileIds, metadata, text }: Message, room: number, slack: SlackEmulator): Shown {
  const elements = elementsIn(blocks).map(({ element }) => element);
  const pressed = elements.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  return {
    room,
    request: metadataSchema.safeParse(metadata).data?.event_payload.id ?? pressed[0],
    pictures: fileIds.map((id) => keyOf({ bytes: slack.files.get(id)?.bytes ?? new Uint8Array(), type: 'image/png' })).join(' '),
    isWaiting: elements.some((element) => element['action_id'] === 'hoami-cancel'),
    words: text,
  };
}
