import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOf } from '../chaos/aftermath.ts';
import type { Arena, People } from '../chaos/arena.ts';
import type { Wish } from '../chaos/wish.ts';
import { entriesBySeed } from './entries.ts';
import type { Heard, Scene, Shown, Way } from './scene.ts';

interface Asked {
  readonly wish: Wish;
  readonly room: number;
  readonly way: Way;
  readonly at: number;
  heard: Heard | undefined;
  heardAt: number;
}

const STIRS = 0.12;
const LISTEN_MAX_MS = 60_000;
const LOOK_EVERY_MS = 500;
const AGAIN_EVERY_MS = 10_000;
const STILL_MS = 1500;

/**
 * People in a chat. They ask with commands and with messages, in rooms where others ask too, while the platform renews its connections now and then.
 * Nobody there knows a request's id: the ledger is looked through afterwards for what each of them wanted. What was taken and is nowhere in it counts
 * as accepted and lost, and so does every message, unless the platform itself has given some up because nobody was there for minutes.
 */
export function createChatPeople({ chance, note, own, store }: Arena, scene: Scene, rooms: number): People {
  const all: Asked[] = [];
  const entriesNow = async (): Promise<ReadonlyMap<number, { readonly request: { readonly id: string } }>> =>
    entriesBySeed(store.archive, scene.tenant);

  /** A message is sent again until somebody takes it. */
  async function waitForMessages(): Promise<void> {
    const until = Date.now() + LISTEN_MAX_MS;
    for (let againAt = 0; Date.now() < until; await sleep(LOOK_EVERY_MS)) {
      const entries = await entriesNow();
      const missing = all.filter(({ way, wish, heard }) => way === 'message' && !entries.has(wish.seed) && heard?.wasRefused() !== true);
      if (missing.length <= scene.givenUp()) return;
      if (Date.now() < againAt) continue;
      scene.sendAgain();
      againAt = Date.now() + AGAIN_EVERY_MS;
    }
  }

  /** A platform that goes on with a connection tells what happened meanwhile, commands too: nobody is asked about until nothing new comes. */
  async function waitForStillness(): Promise<void> {
    for (let [before, now] = [-1, 0]; before !== now; [before, now] = [now, (await entriesNow()).size]) await sleep(STILL_MS);
  }

  function noteAsked({ wish, way, room, at, heard, heardAt }: Asked, id: string | undefined): void {
    const [taken, refused] = [heard?.taken === true, heard?.wasRefused() === true];
    if (id === undefined && !taken && (way === 'command' || scene.givenUp() > 0)) return;
    const known = id ?? `nowhere-${wish.seed}`;
    own(known, wish);
    note({ kind: 'asked', id: known, person: String(wish.person % 2), thread: threadOf(room), pictures: wish.pictures }, at);
    // The only no that these wishes can be told at once: the machine was too busy to write them down in time.
    // A platform acknowledges before the product has asked for anything, or sends again: when it was taken is not known, only that it was.
    if (refused) note({ kind: 'told', id: known, said: 'refused', code: 'ledger-unavailable' }, heardAt);
    else if (taken || way === 'message') note({ kind: 'told', id: known, said: 'accepted' });
  }

  return {
    async ask(wish) {
      const way = chance.happens(0.5) ? 'command' : 'message';
      const asked: Asked = { wish, way, room: chance.between(1, rooms), at: Date.now(), heard: undefined, heardAt: 0 };
      all.push(asked);
      if (chance.happens(STIRS)) scene.stir(chance.between(0, 2));
      asked.heard = await scene.ask(asked.room, way, wish.text, wish.person);
      asked.heardAt = Date.now();
    },
    async leave() {
      await scene.connected();
      await waitForMessages();
      await waitForStillness();
      const entries = await entriesNow();
      for (const asked of all) noteAsked(asked, entries.get(asked.wish.seed)?.request.id);
    },
    async shown(id) {
      const entry = await store.archive.find(id);
      const messages = (await scene.shown()).filter(({ request }) => request === id);
      const made = messages.flatMap(({ pictures, room }) => (pictures === '' ? [] : [{ answer: pictures, thread: threadOf(room) }]));
      if (entry?.answer?.kind !== 'refused') return made;
      const sentence = wordsOf(entry.answer, entry.request.language);
      return [
        ...made,
        ...messages.flatMap(({ words, room }) => (words.includes(sentence) ? [{ answer: sentence, thread: threadOf(room) }] : [])),
      ];
    },
  };
}

const threadOf = (room: number): string => `room ${room}`;

/** What nobody would want to see in a chat in which everything is quiet again, one sentence each. */
export async function complaintsAbout(scene: Scene): Promise<readonly string[]> {
  const shown = await scene.shown();
  const waiting = shown.filter(({ isWaiting }) => isWaiting).map(({ room, words }) => `still on its way in room ${room}: ${words}`);
  return [...waiting, ...announcedTwice(shown), ...scene.violations()];
}

function announcedTwice(shown: readonly Shown[]): readonly string[] {
  const ids = shown.flatMap(({ request, pictures }) => (request === undefined || pictures !== '' ? [] : [request]));
  return [...new Set(ids)].filter((id) => ids.indexOf(id) !== ids.lastIndexOf(id)).map((id) => `announced twice: ${id}`);
}
