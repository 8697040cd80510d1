import { beforeAll, describe, expect, it } from 'vitest';
import type { Death } from '../crash/mortal.ts';
import { openDiscordScene } from './discord-scene.ts';
import { dieAndRecover, type Fall } from './lives.ts';
import type { Scene, Way } from './scene.ts';
import { openSlackScene } from './slack-scene.ts';

interface Lane {
  readonly name: string;
  readonly way: Way;
  readonly open: (rooms: number) => Promise<Scene>;
  /**
   * Everything that is written and posted on the way of one request through an adapter, in order: the gateway's half, then the worker's. A new one
   * fails the test that reads this list, so that somebody looks at what dying there means.
   */
  readonly places: readonly string[];
}

const listed = (text: string): readonly string[] => text.trim().split(/,\s*|\n\s*/);

const LANES: readonly Lane[] = [
  {
    name: 'a command in Slack',
    way: 'command',
    open: openSlackScene,
    places: listed(`
      ledger accept, queue add, POST /api/chat.postMessage, note announcement, cabinet slack-threads
      write begun, POST /api/files.getUploadURLExternal, POST /upload/v1/:id, write files
      write completing, POST /api/files.completeUploadExternal, write completing (2), write shown
      cabinet slack-latest, POST /api/chat.update, ledger close, queue verdict
    `),
  },
  {
    name: 'a message in Slack',
    way: 'message',
    open: openSlackScene,
    places: listed(`
      ledger accept, queue add, POST /api/chat.postMessage, note announcement
      write begun, POST /api/files.getUploadURLExternal, POST /upload/v1/:id, write files
      write completing, POST /api/files.completeUploadExternal, write completing (2), write shown
      cabinet slack-latest, POST /api/chat.delete, ledger close, queue verdict
    `),
  },
  {
    name: 'a command in Discord',
    way: 'command',
    open: openDiscordScene,
    places: listed(`
      ledger accept, queue add, POST /api/v10/interactions/:id/:id/callback
      PATCH /api/v10/webhooks/:id/:id/messages/@original
      write intent, POST /api/v10/channels/:id/messages, write posted
      PATCH /api/v10/webhooks/:id/:id/messages/@original (2), write tidied, ledger close, queue verdict
    `),
  },
  {
    name: 'a message in Discord',
    way: 'message',
    open: openDiscordScene,
    places: listed(`
      ledger accept, queue add, POST /api/v10/channels/:id/messages, note receipt
      PATCH /api/v10/channels/:id/messages/:id
      write intent, POST /api/v10/channels/:id/messages (2), write posted
      DELETE /api/v10/channels/:id/messages/:id, write tidied, ledger close, queue verdict
    `),
  },
];

/** The only death after which nothing is known of a request: whoever used a command that comes once reads that nobody took it. */
const UNHEARD = 'before ledger accept';
const PICTURE_MICROS = 80_000;

/** CI takes every third moment, others with each way of asking. `npm run crash` takes all. */
const isComplete = process.env['npm_lifecycle_event'] === 'crash';

/**
 * Every moment there is: before a place and after the one that precedes it are the same as seen from outside, except where the platform is told
 * between the two that its command or message was taken.
 */
function deathsOf({ places, way }: Lane): readonly Death[] {
  const all: readonly Death[] = places.flatMap((place, index): Death[] => {
    const isLast = index === places.length - 1;
    return [{ place, when: 'before' }, ...(isLast || place === 'queue add' ? [{ place, when: 'after' } as const] : [])];
  });
  return all.filter((_, index) => isComplete || index % 3 === (way === 'command' ? 0 : 1));
}

describe('a process that serves a chat, killed,', () => {
  const worlds = LANES.map((lane) => ({ lane, deaths: deathsOf(lane), falls: [] as readonly Fall[], violations: [] as readonly string[] }));

  beforeAll(async () => {
    await Promise.all(
      worlds.map(async (world) => {
        const { lane, deaths } = world;
        const scene = await lane.open(deaths.length + 1);
        try {
          world.falls = await dieAndRecover(scene, lane.way, [...deaths, undefined]);
          world.violations = [...scene.violations()];
        } finally {
          await scene.close();
        }
      }),
    );
  }, 1_800_000);

  for (const world of worlds) {
    const { lane, deaths } = world;
    describe(`with ${lane.name}`, () => {
      it('comes nowhere to other places than this page lists', () => {
        const { places, err } = world.falls.at(-1) ?? {};
        expect(places, err).toEqual(lane.places);
      });

      it.each(deaths)('$when “$place” leaves what is seen once and paid once', (death) => {
        const fall = world.falls[deaths.indexOf(death)];
        expect(fall?.signal, fall?.err).toBe('SIGKILL');
        expect(fall).toMatchObject(fall === undefined ? {} : expectedOf(fall, death, lane));
      });

      it('does nothing that the platform holds against it', () => {
        expect(world.violations).toEqual([]);
      });
    });
  }
});

/** What is to be seen, in the ledger and on the bill afterwards. */
function expectedOf({ taken, entry, answer, seen }: Fall, { place, when }: Death, { way }: Lane): Partial<Fall> {
  if (`${when} ${place}` === UNHEARD && way === 'command' && !taken && entry === undefined)
    return { entry: undefined, seen: { answers: [], announcements: 0, waiting: 0 }, chargedMicros: 0, bookedMicros: 0 };
  const announcements = Math.min(seen.announcements, 1);
  return {
    entry,
    seen: { answers: [answer ?? 'none'], announcements, waiting: 0 },
    chargedMicros: PICTURE_MICROS,
    bookedMicros: PICTURE_MICROS,
  };
}
