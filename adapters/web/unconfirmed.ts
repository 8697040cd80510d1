import { z } from 'zod';
import type { Archive } from '#src/core/archive.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Cabinet } from '#src/core/cabinet.ts';
import { WEB_LIMITS } from './config.ts';

/** The pictures of what somebody was told a price for: kept until they say yes, and let go when they say no or nothing at all. */
export interface Unconfirmed {
  note(id: string, personId: string, uploads: readonly string[]): Promise<void>;
  /** Said no: the pictures are gone when it resolves. Another person's are left alone. */
  drop(id: string, personId: string): Promise<void>;
  /** Lets go of what nobody has answered for days. */
  tidy(): Promise<void>;
}

interface UnconfirmedOptions {
  readonly cabinet: Cabinet;
  readonly blobs: Pick<Blobs, 'remove'>;
  readonly archive: Pick<Archive, 'find'>;
  readonly now: () => number;
}

const DRAWER = 'web-unconfirmed';
const keptSchema = z.strictObject({ personId: z.string(), uploads: z.array(z.string()), at: z.int() });

export function createUnconfirmed({ cabinet, blobs, archive, now }: UnconfirmedOptions): Unconfirmed {
  /** Pictures of what was taken after all belong to its worker. */
  async function letGo(id: string, uploads: readonly string[]): Promise<void> {
    if ((await archive.find(id)) === undefined) for (const upload of uploads) await blobs.remove(upload);
    await cabinet.remove(DRAWER, id);
  }

  return {
    note: async (id, personId, uploads) => {
      if (uploads.length > 0) await cabinet.write(DRAWER, id, { personId, uploads: [...uploads], at: now() });
    },
    drop: async (id, personId) => {
      const { data } = keptSchema.safeParse(await cabinet.read(DRAWER, id));
      if (data?.personId === personId) await letGo(id, data.uploads);
    },
    tidy: async () => {
      for (const { name, value } of await cabinet.list(DRAWER)) {
        const { data } = keptSchema.safeParse(value);
        if (data === undefined || data.at + WEB_LIMITS.unconfirmedMs < now()) await letGo(name, data?.uploads ?? []);
      }
    },
  };
}
