import { isResultButton } from './buttons.ts';
import { attachmentSchema, type Attachment, type ShownMessage } from './payload.ts';

/** A picture that a message shows. `attachmentId` finds its link again when the one that came has expired. */
export interface Shown {
  readonly url: string;
  readonly attachmentId: string | undefined;
}

type Showing = Pick<ShownMessage, 'attachments' | 'embeds' | 'components'> & Partial<Pick<ShownMessage, 'message_snapshots'>>;

const IMAGE_NAME = /\.(?:png|jpe?g|webp|gif|avif|hei[cf])$/i;
/** Components nest twice; deeper is nothing that Discord sends. */
const DEPTH_MAX = 4;
const MEDIA_GALLERY = 12;
const THUMBNAIL = 11;
/** A bit of an attachment's flags. */
const SPOILER = 1 << 3;

/**
 * The pictures of a message in the order in which a person sees them. Its list of attachments leaves out those that components and embeds show
 * (Discord, "Attachments" of a message), and a forward carries its pictures in a snapshot.
 */
export function picturesOf(message: Showing): readonly Shown[] {
  const own = [
    ...message.attachments.filter(isPicture).map(({ id, url }) => ({ url, attachmentId: id })),
    ...message.components.flatMap((component) => inComponent(component, 0)),
    ...message.embeds.flatMap(inEmbed),
    ...(message.message_snapshots ?? []).flatMap((snapshot) => picturesOf(snapshot.message)),
  ];
  return own.filter(({ url }, index) => own.findIndex((other) => pathOf(other.url) === pathOf(url)) === index);
}

/** The request whose result a message of the bot is, by its buttons. */
export function resultIn({ components }: Pick<ShownMessage, 'components'>): string | undefined {
  return components.flatMap((component) => customIdsIn(component, 0)).flatMap((id) => isResultButton(id) ?? [])[0];
}

/** Whether a message covers a picture until somebody clicks it: what is made from that one is covered too. */
export const isCovered = ({ attachments }: Pick<ShownMessage, 'attachments'>): boolean =>
  attachments.some(({ flags }) => (flags & SPOILER) !== 0);

const isPicture = ({ content_type: type, filename }: Attachment): boolean =>
  type === undefined || type === null ? IMAGE_NAME.test(filename) : type.startsWith('image/');

/** The same file has links that differ in what follows the question mark. */
const pathOf = (url: string): string => url.split('?')[0] ?? url;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function inComponent(component: unknown, depth: number): Shown[] {
  if (!isRecord(component) || depth > DEPTH_MAX) return [];
  const own =
    component['type'] === MEDIA_GALLERY
      ? listOf(component['items']).flatMap((item) => (isRecord(item) ? inMedia(item['media']) : []))
      : component['type'] === THUMBNAIL
        ? inMedia(component['media'])
        : [];
  const nested = [...listOf(component['components']), component['accessory']];
  return [...own, ...nested.flatMap((child) => inComponent(child, depth + 1))];
}

function inEmbed(embed: unknown): Shown[] {
  if (!isRecord(embed)) return [];
  return [embed['image'], embed['thumbnail']].flatMap(inMedia);
}

/** The file itself where Discord holds it, else the copy that Discord made of it. */
function inMedia(media: unknown): Shown[] {
  if (!isRecord(media) || typeof media['url'] !== 'string') return [];
  const type = media['content_type'];
  if (typeof type === 'string' && !type.startsWith('image/')) return [];
  const id = attachmentSchema.shape.id.safeParse(media['attachment_id']).data;
  const urls = [media['url'], media['proxy_url']].filter((url) => typeof url === 'string');
  const url = urls.find((one) => /^https?:\/\/[^/]+\/(?:ephemeral-)?attachments\//.test(one)) ?? urls[0];
  return url === undefined ? [] : [{ url, attachmentId: id }];
}

function customIdsIn(component: unknown, depth: number): string[] {
  if (!isRecord(component) || depth > DEPTH_MAX) return [];
  const own = typeof component['custom_id'] === 'string' ? [component['custom_id']] : [];
  return [...own, ...listOf(component['components']).flatMap((child) => customIdsIn(child, depth + 1))];
}
