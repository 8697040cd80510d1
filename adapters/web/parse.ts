import { z } from 'zod';
import type { HistoryQuery } from '#src/core/archive.ts';
import { BLOB_KEY_PATTERN } from '#src/core/blobs.ts';
import type { Ask } from '#src/core/platform.ts';
import { languageSchema, type GenerationRequest, type ImageRef, type Language } from '#src/core/request.ts';
import { WEB_LIMITS } from './config.ts';

export const WEB = 'web';
/** The page belongs to one house: what was asked from the shell of the same machine is its history too. */
const TENANT = 'local';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const idSchema = z.string().regex(new RegExp(`^${WEB}-${UUID}$`));
const browserSchema = z.string().regex(new RegExp(`^${UUID}$`));

/** What the page posts. The browser makes the id, so that a post that is sent again is the same request. */
export const formSchema = z.object({ id: idSchema.optional(), text: z.string() });

/** A picture as it was sent: what is stored under the key is for the worker alone. */
const sourceSchema = z.strictObject({ upload: z.string().regex(BLOB_KEY_PATTERN) });

/** Who asks: a browser, known by its cookie, or a program without one. */
export interface Asker {
  readonly browser: string | undefined;
  readonly language: Language;
}

export const parseBrowser = (cookie: string | undefined): string | undefined => browserSchema.safeParse(cookie).data;

const requesterId = ({ browser }: Asker): string => `${WEB}-${browser ?? 'program'}`;

export function buildAsk(id: string, text: string, uploads: readonly string[], asker: Asker): Ask {
  return {
    id,
    text,
    options: {},
    images: uploads.map((upload) => ({ platform: WEB, source: { upload } })),
    thread: { platform: WEB, address: null },
    requester: { id: requesterId(asker) },
    tenant: TENANT,
    locale: asker.language,
  };
}

/** The key of an upload that this platform kept, or undefined when it is not one of ours. */
export function parseImage(image: ImageRef): string | undefined {
  return 'platform' in image && image.platform === WEB ? sourceSchema.safeParse(image.source).data?.upload : undefined;
}

export const uploadsOf = ({ images }: GenerationRequest): readonly string[] => images.flatMap((image) => parseImage(image) ?? []);

/** What other platforms' people asked is not shown here, whoever knows its id. */
export const isOfThisHouse = ({ tenant }: GenerationRequest): boolean => tenant === TENANT;

const historySchema = z.object({
  whose: z.enum(['mine', 'all']).default('mine'),
  before: z
    .string()
    .regex(/^\d{1,15},[A-Za-z0-9-]{1,120}$/)
    .optional(),
});

/** Undefined when the address is not one the page makes. */
export function parseHistory(search: Readonly<Record<string, string>>, asker: Asker): HistoryQuery | undefined {
  const { data } = historySchema.safeParse(search);
  if (data === undefined) return undefined;
  const [acceptedAt = '', id = ''] = data.before?.split(',') ?? [];
  return {
    tenant: TENANT,
    limit: WEB_LIMITS.historyLength,
    ...(data.whose === 'mine' ? { requesterId: requesterId(asker) } : {}),
    ...(data.before === undefined ? {} : { before: { acceptedAt: Number(acceptedAt), id } }),
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
