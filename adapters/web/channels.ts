import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Cabinet } from '#src/core/cabinet.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { WEB_LIMITS } from './config.ts';
import { isOfThisHouse, WEB, type Person } from './parse.ts';

/** A place to talk. `open`: for everybody who may see the page; `private`: for its members; `direct`: for one person alone. */
export interface Channel {
  readonly id: string;
  /** Undefined for the two that are always there: the page names them in the reader's language. */
  readonly name: string | undefined;
  readonly kind: 'open' | 'private' | 'direct';
  readonly room: string;
}

export interface Channels {
  /** What this person may see, the two that are always there first, then the oldest first. */
  listFor(person: Person): Promise<readonly Channel[]>;
  find(person: Person, id: string): Promise<Channel | undefined>;
  /** With members it is private, and whoever makes it is one of them. Undefined when there are too many already. */
  make(person: Person, name: string, members: readonly string[] | undefined): Promise<Channel | undefined>;
  /** Whether a request may be shown to this person. */
  sees(person: Person, request: GenerationRequest): Promise<boolean>;
}

export interface ChannelsOptions {
  readonly cabinet: Cabinet;
  /** What was asked in no room, such as from the shell, is shown to everybody where nobody signs in; else to its asker and to admins. */
  readonly asksForSignIn: boolean;
  readonly now: () => number;
}

export const GENERAL = 'general';
export const DIRECT = 'me';
const DRAWER = 'web-channels';
/** Another gateway may have made a channel meanwhile; within one gateway a new channel is there at once. */
const KNOWN_MS = 1000;

const keptSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  members: z.array(z.string()).optional(),
  madeAt: z.int(),
});
type Kept = z.infer<typeof keptSchema>;

const roomOf = (id: string): string => `${WEB}-${id}`;
const general: Channel = { id: GENERAL, name: undefined, kind: 'open', room: roomOf(GENERAL) };

/** Not to be guessed by somebody who knows a person's name, and the same for the same person. */
function directOf({ id }: Person): Channel {
  const hash = createHash('sha256').update(`${DRAWER}\n${id}`).digest('hex').slice(0, 32);
  return { id: DIRECT, name: undefined, kind: 'direct', room: roomOf(`${DIRECT}-${hash}`) };
}

const toChannel = ({ id, name, members }: Kept): Channel => ({
  id,
  name,
  kind: members === undefined ? 'open' : 'private',
  room: roomOf(id),
});

const mayEnter = ({ members }: Kept, person: Person): boolean => members === undefined || members.includes(person.id);

export function createChannels({ cabinet, asksForSignIn, now }: ChannelsOptions): Channels {
  let known: { readonly at: number; readonly kept: Promise<readonly Kept[]> } | undefined;

  const read = async (): Promise<readonly Kept[]> =>
    (await cabinet.list(DRAWER))
      .flatMap(({ value }) => keptSchema.safeParse(value).data ?? [])
      .toSorted((one, other) => one.madeAt - other.madeAt || (one.id < other.id ? -1 : 1));

  async function all(): Promise<readonly Kept[]> {
    if (known === undefined || now() - known.at > KNOWN_MS) known = { at: now(), kept: read() };
    const { kept } = known;
    try {
      return await kept;
    } catch (error) {
      known = undefined;
      throw error;
    }
  }

  const listFor: Channels['listFor'] = async (person) => [
    general,
    directOf(person),
    ...(await all()).filter((kept) => mayEnter(kept, person)).map(toChannel),
  ];

  return {
    listFor,
    // The two that are always there are there also while the ledger is away.
    find: async (person, id) =>
      [general, directOf(person)].find((channel) => channel.id === id) ?? (await listFor(person)).find((channel) => channel.id === id),
    make: async (person, name, members) => {
      if ((await all()).length >= WEB_LIMITS.channelsMax) return undefined;
      const kept: Kept = {
        id: `c-${randomBytes(8).toString('hex')}`,
        name,
        madeAt: now(),
        ...(members === undefined ? {} : { members: [...new Set([person.id, ...members])] }),
      };
      await cabinet.write(DRAWER, kept.id, kept);
      known = undefined;
      return toChannel(kept);
    },
    sees: async (person, request) => {
      if (!isOfThisHouse(request)) return false;
      const { room } = request.thread;
      if (room === undefined) return !asksForSignIn || person.isAdmin || request.requester.id === person.id;
      if (room === general.room || room === directOf(person).room) return true;
      return (await all()).some((kept) => roomOf(kept.id) === room && mayEnter(kept, person));
    },
  };
}
