import { idOf, isJsonArray, isObject, objectsOf, textOf, type Json, type JsonObject } from '../json.ts';
import type { Fault } from '../problems.ts';
import { COMPONENTS_V2, EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS } from '../world.ts';
import { componentFaults, KIND, kindOf, mediaOf, placedIn } from './components.ts';

const CONTENT_MAX = 2000;
const EMBED_LETTERS_MAX = 6000;
const PICTURE_NAMES = /\.(?:jpe?g|png|webp|gif)$/i;

/** By which way a message's body came: each way knows other flags and other defaults. */
export type Way = 'create' | 'edit' | 'callback' | 'deferral' | 'follow-up' | 'hook-edit';

const FLAGS: Readonly<Record<Way, number>> = {
  create: SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2,
  edit: SUPPRESS_EMBEDS | COMPONENTS_V2,
  callback: EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2,
  deferral: EPHEMERAL,
  'follow-up': EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2,
  'hook-edit': SUPPRESS_EMBEDS | COMPONENTS_V2,
};

/** What the body has to agree with besides itself. */
export interface Surroundings {
  readonly way: Way;
  /** The numbers in `files[n]` that came along. */
  readonly fileNumbers: readonly number[];
  /** Names under which the body may speak of files: new ones and, in an edit, those kept. */
  readonly filenames: readonly string[];
  /** New files only: an edit must not show one through a component (discord-api-docs#7529). */
  readonly newFilenames: readonly string[];
  /** The message that is edited shows components of the second kind, and cannot go back. */
  readonly wasV2: boolean;
}

const fault = (path: readonly (string | number)[], code: string, message: string): Fault => ({ path, code, message });
const flagsOf = (body: JsonObject): number => (typeof body['flags'] === 'number' ? body['flags'] : 0);
const isFilled = (value: Json | undefined): boolean =>
  isJsonArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== '';

export const isV2Body = (body: JsonObject, wasV2: boolean): boolean => wasV2 || (flagsOf(body) & COMPONENTS_V2) !== 0;

function lengthFaults(body: JsonObject): readonly Fault[] {
  const letters = objectsOf(body['embeds']).reduce((sum, embed) => sum + lettersOf(embed), 0);
  return [
    ...(textOf(body['content']).length > CONTENT_MAX
      ? [fault(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${CONTENT_MAX} or fewer in length.`)]
      : []),
    ...(letters > EMBED_LETTERS_MAX
      ? [fault(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBED_LETTERS_MAX}`)]
      : []),
  ];
}

function lettersOf(embed: JsonObject): number {
  const inside = (value: Json | undefined, name: string): number => (isObject(value) ? textOf(value[name]).length : 0);
  const fields = objectsOf(embed['fields']).reduce((sum, field) => sum + textOf(field['name']).length + textOf(field['value']).length, 0);
  return (
    textOf(embed['title']).length +
    textOf(embed['description']).length +
    inside(embed['footer'], 'text') +
    inside(embed['author'], 'name') +
    fields
  );
}

function embedFaults(body: JsonObject, filenames: readonly string[]): readonly Fault[] {
  return objectsOf(body['embeds']).flatMap((embed, index) => {
    const shown = ['image', 'thumbnail'].flatMap((place) => {
      const media = embed[place];
      return isObject(media) ? referenceFaults(textOf(media['url']), ['embeds', index, place, 'url'], filenames) : [];
    });
    const wrongKind = shown.length > 0 ? [] : notPictures(embed, index);
    const video =
      'video' in embed ? [fault(['embeds', index, 'video'], 'EMULATOR_NOT_FOR_BOTS', 'A bot cannot set the video of an embed')] : [];
    const isEmpty = Object.entries(embed).every(([name, value]) => ['type', 'color'].includes(name) || !isFilled(value));
    return [
      ...shown,
      ...wrongKind,
      ...video,
      ...(isEmpty ? [fault(['embeds', index, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')] : []),
    ];
  });
}

const notPictures = (embed: JsonObject, index: number): readonly Fault[] =>
  ['image', 'thumbnail'].flatMap((place) => {
    const media = embed[place];
    const url = isObject(media) ? textOf(media['url']) : '';
    const isPicture = !url.startsWith('attachment://') || PICTURE_NAMES.test(url);
    return isPicture
      ? []
      : [fault(['embeds', index, place, 'url'], 'URL_TYPE_INVALID_URL', 'An embed shows jpg, jpeg, png, webp and gif only')];
  });

function referenceFaults(url: string, path: readonly (string | number)[], filenames: readonly string[]): readonly Fault[] {
  if (/^https?:\/\//.test(url)) return [];
  if (!url.startsWith('attachment://')) return [fault(path, 'URL_TYPE_INVALID_SCHEME', 'Scheme must be one of (http, https, attachment).')];
  const isThere = filenames.includes(url.slice('attachment://'.length));
  return isThere
    ? []
    : [fault(path, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', 'The referenced attachment was not found in the request')];
}

function mediaFaults(body: JsonObject, { way, filenames, newFilenames }: Surroundings): readonly Fault[] {
  const isEdit = way === 'edit' || way === 'hook-edit';
  const usable = isEdit ? filenames.filter((name) => !newFilenames.includes(name)) : filenames;
  return placedIn(body['components']).flatMap(({ node, path }) =>
    mediaOf(node).flatMap(({ media, path: within }) => {
      const url = textOf(media['url']);
      const place = [...path, ...within, 'url'];
      const isOnlyAttachment = kindOf(node) === KIND.file && !url.startsWith('attachment://');
      return [
        ...(isOnlyAttachment ? [fault(place, 'UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED', 'A file shows attachment:// only')] : []),
        ...referenceFaults(url, place, usable),
      ];
    }),
  );
}

function attachmentFaults(body: JsonObject, { fileNumbers }: Surroundings): readonly Fault[] {
  const list = objectsOf(body['attachments']);
  const ids = list.map(({ id }) => idOf(id));
  const isNew = (id: string): boolean => id.length < 3;
  const unsent = ids.flatMap((id, index) => (isNew(id) && !fileNumbers.includes(Number(id)) ? [index] : []));
  const unnamed =
    body['attachments'] === undefined || body['attachments'] === null ? [] : fileNumbers.filter((number) => !ids.includes(String(number)));
  return [
    ...unsent.map((index) => fault(['attachments', index, 'id'], 'ATTACHMENT_NOT_FOUND', 'No file of that number was sent')),
    ...unnamed.map((number) => fault(['attachments'], 'EMULATOR_FILE_NOT_NAMED', `files[${number}] was sent and is not in the list`)),
    ...(new Set(ids).size < ids.length ? [fault(['attachments'], 'BASE_TYPE_UNIQUE', 'An attachment stands there twice')] : []),
    ...(fileNumbers.length > 10 ? [fault(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.')] : []),
  ];
}

function mentionFaults(body: JsonObject): readonly Fault[] {
  const allowed = body['allowed_mentions'];
  if (!isObject(allowed)) return [];
  const parse = isJsonArray(allowed['parse']) ? allowed['parse'] : [];
  return ['users', 'roles'].flatMap((kind) =>
    parse.includes(kind) && isFilled(allowed[kind])
      ? [
          fault(
            ['allowed_mentions'],
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        ]
      : [],
  );
}

function flagFaults(body: JsonObject, way: Way): readonly Fault[] {
  const strange = flagsOf(body) & ~FLAGS[way];
  return strange === 0 ? [] : [fault(['flags'], 'EMULATOR_FLAG_NOT_SETTABLE', `flags ${strange} cannot be set here`)];
}

function nonceFaults(body: JsonObject): readonly Fault[] {
  const isEnforced = body['enforce_nonce'] === true;
  return isEnforced && !isFilled(body['nonce']) ? [fault(['nonce'], 'BASE_TYPE_REQUIRED', 'A nonce is required to be enforced')] : [];
}

function v2Faults(body: JsonObject): readonly Fault[] {
  const forbidden = ['content', 'embeds', 'poll', 'sticker_ids'].filter((name) => isFilled(body[name]));
  return forbidden.map((name) =>
    fault([name], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', 'The legacy fields cannot be used with IS_COMPONENTS_V2'),
  );
}

/** What the schemas cannot say about a message's body. */
export function messageFaults(body: JsonObject, around: Surroundings): readonly Fault[] {
  const isV2 = isV2Body(body, around.wasV2);
  const hasLength = body['embeds'] === undefined || objectsOf(body['embeds']).length <= 10;
  return [
    ...lengthFaults(body),
    ...(hasLength ? embedFaults(body, around.filenames) : []),
    ...componentFaults(body['components'], isV2),
    ...mediaFaults(body, around),
    ...attachmentFaults(body, around),
    ...mentionFaults(body),
    ...flagFaults(body, around.way),
    ...nonceFaults(body),
    ...(isV2 ? v2Faults(body) : []),
  ];
}
