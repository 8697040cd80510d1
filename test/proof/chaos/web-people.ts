import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Chance } from '../simulation/chance.ts';
import type { Arena, People } from './arena.ts';

const toldSchema = z.object({ receipt: z.object({ kind: z.enum(['accepted', 'refused']), code: z.string().optional() }) });
const viewSchema = z.object({
  state: z.string(),
  status: z.string(),
  answer: z.object({ pictures: z.array(z.object({ url: z.string() })) }).optional(),
});

/** How long a browser waits, and how long a person goes on pressing the button. */
const POST_MS = 4000;
const GIVE_UP_MS = 60_000;
/** People do not all press it at the same moment. */
const AGAIN_MAX_MS = 2000;
const TWICE = 0.2;

/** People with browsers at the page. A post that nobody answers is sent again with the same id, and now and then one is sent twice. */
export function createWebPeople(arena: Arena): People {
  const { chance, note } = arena;

  /** One delivery. False when nobody has answered it. */
  async function deliver(id: string, text: string, browser: string): Promise<boolean> {
    const page = arena.address();
    if (page === undefined) return false;
    const headers = { 'content-type': 'application/json', cookie: `hoami-browser=${browser}` };
    try {
      const body = JSON.stringify({ id, text });
      const response = await fetch(new URL('api/ask', page), { method: 'POST', headers, body, signal: AbortSignal.timeout(POST_MS) });
      const { receipt } = toldSchema.parse(await response.json());
      note({ kind: 'told', id, said: receipt.kind, ...(receipt.code === undefined ? {} : { code: receipt.code }) });
      return true;
    } catch {
      // Killed in the middle: whether it was accepted nobody knows.
      return false;
    }
  }

  return {
    async ask(wish) {
      const id = `web-${uuid(chance)}`;
      const browser = `00000000-0000-4000-8000-00000000000${wish.person}`;
      const [twice, until] = [chance.happens(TWICE), Date.now() + GIVE_UP_MS];
      arena.own(id, wish);
      note({ kind: 'asked', id, person: browser, thread: 'page', pictures: wish.pictures });
      const twin = twice ? deliver(id, wish.text, browser) : undefined;
      while (!(await deliver(id, wish.text, browser)) && Date.now() < until) await sleep(chance.between(0, AGAIN_MAX_MS));
      await twin;
    },
    leave: async () => {},
    async shown(id) {
      const page = arena.address();
      if (page === undefined) throw new Error('there is no page to look at');
      const response = await fetch(new URL(`api/requests/${id}`, page));
      if (response.status === 404) return [];
      const { state, status, answer } = viewSchema.parse(await response.json());
      if (answer !== undefined) return [{ answer: answer.pictures.map(({ url }) => url.split('/').at(-1)).join(' ') }];
      return state === 'refused' ? [{ answer: status }] : [];
    },
  };
}

function uuid(chance: Chance): string {
  const digits = (count: number): string => Array.from({ length: count }, () => chance.between(0, 15).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
}
