import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '#src/core/archive.ts';
import type { Running } from '#test/flows/house.ts';
import { wordsOf } from './aftermath.ts';
import type { Arena, People } from './arena.ts';
import { createWebPeople } from './web-people.ts';
import type { Wish } from './wish.ts';

const AT_THE_SHELL = 0.15;
const IMPATIENT = 0.4;
const PATIENCE_MAX_MS = 4000;
const PAGE_LENGTH = 100;

/**
 * People of one house: most at the page, some at the shell, whose processes are killed too. Nobody outside knows a shell's request before its answer,
 * so those are looked up afterwards by their seeds: what the ledger has was accepted, and its answer is what the shell shows whoever asks.
 */
export function createHousePeople(arena: Arena): People {
  const web = createWebPeople(arena);
  const { chance, store } = arena;
  const wishes = new Map<number, Wish>();
  const shells: Promise<unknown>[] = [];

  function type(wish: Wish): void {
    wishes.set(wish.seed, wish);
    const shell = arena.shell(['imagine', ...wish.text.split(' '), '--json']);
    shells.push(shell.ended);
    if (chance.happens(IMPATIENT)) shells.push(killLater(shell, chance.between(0, PATIENCE_MAX_MS)));
  }

  async function killLater(shell: Running, waitMs: number): Promise<void> {
    await Promise.race([shell.ended, sleep(waitMs)]);
    if (shell.child.exitCode === null) arena.kill(shell);
  }

  function remember({ request }: Entry): void {
    const wish = wishes.get(request.options.seed ?? 0);
    if (wish === undefined) return;
    arena.own(request.id, wish);
    arena.note({ kind: 'asked', id: request.id, person: 'shell', thread: request.id, pictures: wish.pictures }, request.acceptedAt);
    arena.note({ kind: 'told', id: request.id, said: 'accepted' }, request.acceptedAt);
  }

  return {
    ask: async (wish) => (chance.happens(AT_THE_SHELL) ? type(wish) : web.ask(wish)),
    async leave() {
      await Promise.all(shells);
      for (let before: { acceptedAt: number; id: string } | undefined; ;) {
        const query = { tenant: 'local', platform: 'cli', limit: PAGE_LENGTH, ...(before === undefined ? {} : { before }) };
        const entries = await store.archive.history(query);
        entries.forEach(remember);
        const last = entries.at(-1);
        if (last === undefined || entries.length < PAGE_LENGTH) return;
        before = { acceptedAt: last.request.acceptedAt, id: last.request.id };
      }
    },
    async shown(id) {
      if (!id.startsWith('cli-')) return web.shown(id);
      const entry = await store.archive.find(id);
      return entry?.answer === undefined ? [] : [{ answer: wordsOf(entry.answer, entry.request.language) }];
    },
  };
}
