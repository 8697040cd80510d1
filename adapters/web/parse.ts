import { z } from 'zod';
import type { HistoryQuery } from '#src/core/archive.ts';
import { BLOB_KEY_PATTERN } from '#src/core/blobs.ts';
import type { Ask, Repeat } from '#src/core/platform.ts';
import { languageSchema, REPEATS, requestIdSchema, type GenerationRequest, type ImageRef, type Language } from '#src/core/request.ts';
import { commandTable, readSlash } from './commands.ts';
import { WEB_LIMITS } from './config.ts';
import { wishOf, type Part } from './wish.ts';

export const WEB = 'web';
/** The page belongs to one house: what was asked from the shell of the same machine is its history too. */
export const TENANT = 'local';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const idSchema = z.string().regex(new RegExp(`^${WEB}-${UUID}$`));
const browserSchema = z.string().regex(new RegExp(`^${UUID}$`));
const channelIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/**
 * What the page posts. The browser makes the id, so that a post that is sent again is the same request. `topic`: the request whose thread it is
 * said in; `reply`: the one whose picture, the first unless `which` says another, is worked on. `command`: what a slash command in the text would
 * say; `confirmed`: the price is agreed to whatever it is.
 */
export const formSchema = z.object({
  id: idSchema.optional(),
  text: z.string(),
  channel: channelIdSchema.optional(),
  topic: requestIdSchema.optional(),
  reply: requestIdSchema.optional(),
  which: z.coerce.number().int().min(0).max(3).optional(),
  command: z.enum(commandTable.map(({ name }) => name)).optional(),
  confirmed: z.union([z.boolean(), z.stringbool()]).optional(),
});
export type Form = z.infer<typeof formSchema>;

export const repeatSchema = z.object({
  id: idSchema,
  how: z.enum(REPEATS).exclude(['reply']),
  text: z.string().max(WEB_LIMITS.textLength).optional(),
});

export const channelSchema = z.object({
  name: z.string().trim().min(1).max(WEB_LIMITS.channelNameLength),
  members: z.array(z.string().min(1).max(200)).max(WEB_LIMITS.membersMax).optional(),
});

/** A picture as it was sent: what is stored under the key is for the worker alone. */
const sourceSchema = z.strictObject({ upload: z.string().regex(BLOB_KEY_PATTERN) });

/** Somebody who looks at the page. `id` is never shown to anybody else: where nobody signs in, it is all that tells a browser from another. */
export interface Person {
  readonly id: string;
  readonly name: string | undefined;
  readonly isAdmin: boolean;
}

export interface Asker {
  readonly person: Person;
  readonly language: Language;
}

export const parseBrowser = (cookie: string | undefined): string | undefined => browserSchema.safeParse(cookie).data;

/** Where nobody signs in: a browser, known by its cookie, or a program without one. Whoever reaches the page runs this machine. */
export const guestOf = (browser: string | undefined): Person => ({ id: `${WEB}-${browser ?? 'program'}`, name: undefined, isAdmin: true });

/** Where something is asked: a room, and the conversation in it. */
export interface Place {
  readonly room: string;
  readonly topic: string | undefined;
}

/** What is asked, without its pictures: `parts` says what each of them is for. Throws what `wishOf` throws. */
export function buildAsk(form: Form & { readonly id: string }, parts: readonly Part[], place: Place, asker: Asker): Omit<Ask, 'images'> {
  const { id, text, reply, command, confirmed } = form;
  const { name, words } = readSlash(text);
  return {
    id,
    ...wishOf({ command: command ?? name, words: words.trim(), parts }),
    options: {},
    ...(confirmed === true ? { isConfirmed: true } : {}),
    ...(reply === undefined ? {} : { origin: { id: reply, how: 'reply' } }),
    ...commonOf(place, asker),
  };
}

export function buildRepeat(of: string, { id, how, text }: z.infer<typeof repeatSchema>, place: Place, asker: Asker): Repeat {
  return { id, of, how, ...(text === undefined ? {} : { text: readSlash(text).words }), ...commonOf(place, asker) };
}

function commonOf({ room, topic }: Place, { person, language }: Asker): Pick<Ask, 'thread' | 'requester' | 'tenant' | 'locale'> {
  return {
    thread: { platform: WEB, address: null, room, ...(topic === undefined ? {} : { topic }) },
    requester: { id: person.id, ...(person.name === undefined ? {} : { name: person.name }) },
    tenant: TENANT,
    locale: language,
  };
}

export const uploadRef = (upload: string): ImageRef => ({ platform: WEB, source: { upload } });

/** The key of an upload that this platform kept, or undefined when it is not one of ours. */
export function parseImage(image: ImageRef): string | undefined {
  return 'platform' in image && image.platform === WEB ? sourceSchema.safeParse(image.source).data?.upload : undefined;
}

export const uploadsOf = ({ images }: GenerationRequest): readonly string[] => images.flatMap((image) => parseImage(image) ?? []);

/** What other platforms' people asked is not shown here, whoever knows its id. */
export const isOfThisHouse = ({ tenant }: GenerationRequest): boolean => tenant === TENANT;

const cursorSchema = z
  .string()
  .regex(/^\d{1,15},[A-Za-z0-9-]{1,120}$/)
  .transform((text) => {
    const [acceptedAt = '', id = ''] = text.split(',');
    return { acceptedAt: Number(acceptedAt), id };
  });

const pageSchema = z.object({ before: cursorSchema.optional() });
const gallerySchema = pageSchema.extend({
  words: z.string().max(200).default(''),
  model: z.string().max(64).default(''),
});

type Search = Readonly<Record<string, string>>;

/** The roots of a channel's conversations. Undefined when the address is not one the page makes. */
export function parseMessages(search: Search, room: string): HistoryQuery | undefined {
  const { data } = pageSchema.safeParse(search);
  if (data === undefined) return undefined;
  const { before } = data;
  return { tenant: TENANT, room, onlyRoots: true, limit: WEB_LIMITS.messagesLength, ...(before === undefined ? {} : { before }) };
}

/** Every result, of every platform of this house. Undefined when the address is not one the page makes. */
export function parseGallery(search: Search): HistoryQuery | undefined {
  const { data } = gallerySchema.safeParse(search);
  if (data === undefined) return undefined;
  const { before, words, model } = data;
  return {
    tenant: TENANT,
    onlyMade: true,
    limit: WEB_LIMITS.galleryLength,
    ...(words.trim() === '' ? {} : { words }),
    ...(model === '' ? {} : { modelId: model }),
    ...(before === undefined ? {} : { before }),
  };
}

/** What was chosen on the page, else what the browser asks for first, else English. */
export function parseLanguage(chosen: string | undefined, accepted: string | undefined): Language {
  const named = languageSchema.safeParse(chosen);
  if (named.success) return named.data;
  const wishes = (accepted ?? '').slice(0, 500).split(',').map(readWish);
  return wishes.toSorted((left, right) => right.weight - left.weight).find(({ language }) => language !== undefined)?.language ?? 'en';
}

function readWish(part: string): { language: Language | undefined; weight: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
  const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
  return { language: languageSchema.safeParse(tag.split('-')[0]).data, weight: Number(quality ?? 1) };
}
