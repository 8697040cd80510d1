import { request } from 'undici';
import { z } from 'zod';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Upload } from '#src/core/media.ts';
import type { PlatformImage } from '#src/core/request.ts';
import { DISCORD } from './address.ts';
import type { DiscordApi } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import { postedSchema } from './payload.ts';
import { picturesOf } from './pictures.ts';

const id = z.string().regex(/^\d{15,20}$/);
const sourceSchema = z.strictObject({
  url: z.url().max(2000),
  attachmentId: id.optional(),
  messageId: id.optional(),
  channelId: id.optional(),
});
type Source = z.infer<typeof sourceSchema>;

/** The only hosts that serve what people attach, and copies that Discord makes of it. */
const HOSTS = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
const PATHS = ['/attachments/', '/ephemeral-attachments/'];
const RETRY_WAIT_MS = 3000;

interface Downloading {
  readonly api: Pick<DiscordApi, 'bot'>;
  readonly cdnUrl: string | undefined;
}

/**
 * Reads a picture from Discord's own hosts. A link that has expired is looked up again in its message. Throws Refusal `picture-gone` when it is
 * nowhere any more and `picture-too-heavy`, TryLater when Discord does not answer, and the signal's reason.
 */
export async function download(image: PlatformImage, signal: AbortSignal, { api, cdnUrl }: Downloading): Promise<Upload> {
  signal.throwIfAborted();
  const source = image.platform === DISCORD ? sourceSchema.safeParse(image.source).data : undefined;
  const hosts = cdnUrl === undefined ? HOSTS : [new URL(cdnUrl).origin];
  if (source === undefined || !isOurs(source.url, hosts)) throw new Refusal('picture-gone');
  const upload = await read(source.url, signal);
  if (upload !== undefined) return upload;
  const fresh = await refresh(source, api);
  const again = fresh === undefined || !isOurs(fresh, hosts) ? undefined : await read(fresh, signal);
  if (again === undefined) throw new Refusal('picture-gone');
  return again;
}

function isOurs(url: string, hosts: readonly string[]): boolean {
  const { origin, pathname, username, password } = new URL(url);
  return hosts.includes(origin) && username === '' && password === '' && PATHS.some((path) => pathname.startsWith(path));
}

/** Undefined when the link leads nowhere (any more). Redirects are not followed. */
async function read(url: string, signal: AbortSignal): Promise<Upload | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(DISCORD_LIMITS.downloadMs)]);
  try {
    const { statusCode, body } = await request(url, { method: 'GET', signal: limit });
    if (statusCode !== 200) {
      await body.dump();
      if (statusCode >= 500 || statusCode === 429) throw new TryLater('unreachable', RETRY_WAIT_MS);
      return undefined;
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) continue;
      length += chunk.length;
      // Leaving the loop closes the connection.
      if (length > DISCORD_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: DISCORD_LIMITS.pictureMegabytes });
      chunks.push(chunk);
    }
    return { bytes: new Uint8Array(Buffer.concat(chunks)) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Refusal || error instanceof TryLater) throw error;
    throw new TryLater('unreachable', RETRY_WAIT_MS, new Error(error instanceof Error ? error.name : 'download'));
  }
}

/** Links are signed for about a day; the message gives a new one for as long as it is there. */
async function refresh({ attachmentId, channelId, messageId }: Source, api: Pick<DiscordApi, 'bot'>): Promise<string | undefined> {
  if (channelId === undefined || messageId === undefined) return undefined;
  const reply = await api.bot({ method: 'get', path: `/channels/${channelId}/messages/${messageId}` });
  const message = reply.kind === 'done' ? refreshedSchema.safeParse(reply.body).data : undefined;
  if (message === undefined) return undefined;
  const pictures = picturesOf(message);
  return (pictures.find((picture) => picture.attachmentId === attachmentId) ?? pictures[0])?.url;
}

const refreshedSchema = postedSchema.extend({ embeds: z.array(z.unknown()).default([]) });
