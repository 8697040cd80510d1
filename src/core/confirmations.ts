import { z } from 'zod';
import type { Cabinet } from './cabinet.ts';
import type { Ask } from './platform.ts';
import {
  imageRefSchema,
  jsonSchema,
  languageSchema,
  optionsSchema,
  requesterSchema,
  requestSchema,
  taskSchema,
  threadSchema,
} from './request.ts';

const DRAWER = 'confirmations';
/** A price that was told yesterday may be another one today. */
const KEPT_MS = 24 * 60 * 60_000;

const shape = requestSchema.shape;
/** Every member of an ask, so that none is forgotten that a person has agreed to. */
const askShape = {
  id: shape.id,
  text: z.string(),
  options: optionsSchema,
  defaults: optionsSchema.exactOptional(),
  images: z.array(imageRefSchema),
  task: taskSchema.exactOptional(),
  isInstruction: z.boolean().exactOptional(),
  words: shape.words,
  isUnderstood: shape.isUnderstood,
  origin: shape.origin,
  thread: threadSchema,
  requester: requesterSchema,
  tenant: shape.tenant,
  locale: languageSchema.nullable(),
} satisfies Record<Exclude<keyof Ask, 'isConfirmed' | 'agreedMicros'>, z.ZodType>;
const keptSchema = z.strictObject({ at: z.int(), priceMicros: z.int(), ask: z.strictObject(askShape) });

/** Asks whose price nobody has agreed to yet. They hold people's words, so that they go as soon as nobody needs them. */
export interface Confirmations {
  keep(ask: Ask, priceMicros: number): Promise<void>;
  /** As it is once it is agreed to: at the price that was told. Undefined when there is none, or only one that is too old. */
  find(id: string): Promise<Ask | undefined>;
  drop(id: string): Promise<void>;
  /** Throws away what is too old, and resolves with how many that were. */
  clear(): Promise<number>;
}

export function createConfirmations(cabinet: Cabinet, now: () => number): Confirmations {
  const isOld = (at: number): boolean => now() - at > KEPT_MS;
  return {
    keep: async ({ isConfirmed: _isConfirmed, agreedMicros: _agreedMicros, locale, ...ask }, priceMicros) => {
      const kept = { at: now(), priceMicros, ask: { ...ask, locale: locale ?? null } };
      // What goes into the drawer is what comes out of it, and nothing that JSON does not have.
      await cabinet.write(DRAWER, ask.id, jsonSchema.parse(JSON.parse(JSON.stringify(kept))));
    },
    find: async (id) => {
      const kept = keptSchema.safeParse(await cabinet.read(DRAWER, id)).data;
      if (kept === undefined || isOld(kept.at)) return undefined;
      return { ...kept.ask, locale: kept.ask.locale ?? undefined, isConfirmed: true, agreedMicros: kept.priceMicros };
    },
    drop: async (id) => cabinet.remove(DRAWER, id),
    clear: async () => {
      const kept = await cabinet.list(DRAWER);
      // What this version cannot read nobody can agree to either.
      const old = kept.filter(({ value }) => isOld(keptSchema.safeParse(value).data?.at ?? -Infinity));
      for (const { name } of old) await cabinet.remove(DRAWER, name);
      return old.length;
    },
  };
}
