import type { Cabinet } from '#src/core/cabinet.ts';
import type { Notes } from '#src/core/notes.ts';
import type { Preferences } from '#src/core/preferences.ts';
import type { Json, Options } from '#src/core/request.ts';

/** A gateway's notes, a cabinet and preferences in memory, for one test's platforms to meet in. */
export function createMemories(): { readonly notes: Notes; readonly cabinet: Cabinet; readonly preferences: Preferences } {
  const pages = new Map<string, Json>();
  const drawers = new Map<string, Json>();
  const chosen = new Map<string, Options>();
  return {
    notes: {
      page: (id) => ({
        read: async (name) => pages.get(`${id} ${name}`),
        write: async (name, fact) => void pages.set(`${id} ${name}`, fact),
      }),
    },
    cabinet: {
      read: async (drawer, name) => drawers.get(`${drawer} ${name}`),
      write: async (drawer, name, value) => void drawers.set(`${drawer} ${name}`, value),
      remove: async (drawer, name) => void drawers.delete(`${drawer} ${name}`),
      list: async () => [],
    },
    preferences: {
      read: async (tenant, requesterId) => chosen.get(`${tenant} ${requesterId}`) ?? {},
      write: async (tenant, requesterId, options) => void chosen.set(`${tenant} ${requesterId}`, options),
    },
  };
}
