import type { Entry } from '#src/core/archive.ts';
import type { Channels } from './channels.ts';
import type { WebRoom } from './house.ts';
import type { Person } from './parse.ts';

/** Looks up requests for people: what they may not see is not there. */
export interface Looking {
  find(id: string, person: Person): Promise<Entry | undefined>;
  /** Those of the entries that the person may see, in the same order. */
  visible(entries: readonly Entry[], person: Person): Promise<readonly Entry[]>;
}

export function createLooking({ archive }: Pick<WebRoom, 'archive'>, channels: Channels): Looking {
  return {
    find: async (id, person) => {
      const entry = await archive.find(id);
      return entry !== undefined && (await channels.sees(person, entry.request)) ? entry : undefined;
    },
    visible: async (entries, person) => {
      const seen = await Promise.all(entries.map(({ request }) => channels.sees(person, request)));
      return entries.filter((_, index) => seen[index] === true);
    },
  };
}
