import { z } from 'zod';
import { withinDeadline } from '#src/core/deadline.ts';
import type { Language } from '#src/core/request.ts';
import type { SlackApi } from './api.ts';
import { SLACK_LIMITS } from './config.ts';
import { languageOf } from './address.ts';

/** What is known of somebody. Without the scope for it nothing is, and nobody is an admin. */
export interface Person {
  readonly language: Language | undefined;
  readonly isAdmin: boolean;
}

/** Looks people up, within a moment, and remembers them for some minutes. Never throws. */
export interface People {
  of(team: string, user: string): Promise<Person>;
}

const userSchema = z.object({ user: z.looseObject({ locale: z.string().optional(), is_admin: z.boolean().default(false) }) });
const STRANGER: Person = { language: undefined, isAdmin: false };

export function createPeople(api: SlackApi, now: () => number): People {
  const known = new Map<string, { readonly person: Promise<Person>; readonly untilMs: number }>();

  async function ask(team: string, user: string): Promise<Person> {
    const reply = await api.call(team, 'users.info', { user, include_locale: true });
    const { data } = userSchema.safeParse(reply.kind === 'done' ? reply.body : undefined);
    return data === undefined ? STRANGER : { language: languageOf(data.user.locale), isAdmin: data.user.is_admin };
  }

  function remember(key: string, person: Promise<Person>): void {
    // The one that was looked up first goes first.
    const [oldest] = known.keys();
    if (known.size >= SLACK_LIMITS.peopleKept && oldest !== undefined) known.delete(oldest);
    known.set(key, { person, untilMs: now() + SLACK_LIMITS.personKeptMs });
    person.catch(() => known.delete(key));
  }

  return {
    async of(team, user) {
      const key = `${team} ${user}`;
      const kept = known.get(key);
      const person = kept !== undefined && kept.untilMs > now() ? kept.person : ask(team, user);
      if (person !== kept?.person) {
        known.delete(key);
        remember(key, person);
      }
      const found = await withinDeadline(person, SLACK_LIMITS.personMs);
      return found.kind === 'done' ? found.value : STRANGER;
    },
  };
}
