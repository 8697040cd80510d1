import { z } from 'zod';
import type { Ask } from '#src/core/platform.ts';
import type { ImageRef, Json, Language, Thread } from '#src/core/request.ts';
import { SLACK } from './config.ts';

/** Where an answer goes. `thread`: the message that begins its thread; without it, our own message of the request begins one. */
const addressSchema = z.strictObject({
  team: z.string().min(1).max(40),
  channel: z.string().min(1).max(40),
  thread: z.string().max(40).optional(),
});
export type Address = z.infer<typeof addressSchema>;

/** A picture is known by its file's id alone: where its bytes are, Slack is asked when they are wanted. */
const sourceSchema = z.strictObject({ team: z.string().min(1).max(40), file: z.string().regex(/^F[A-Z0-9]{2,40}$/) });
export type FileSource = z.infer<typeof sourceSchema>;

export const parseAddress = ({ platform, address }: Thread): Address | undefined =>
  platform === SLACK ? addressSchema.safeParse(address).data : undefined;

export function parseImage(image: { readonly platform: string; readonly source: Json }): FileSource | undefined {
  return image.platform === SLACK ? sourceSchema.safeParse(image.source).data : undefined;
}

export const imageOf = (team: string, file: string): ImageRef => ({ platform: SLACK, source: { team, file } });
export const tenantOf = (team: string): string => `slack-${team}`;
export const roomOf = (team: string, channel: string): string => `${team}:${channel}`;

export function threadOf(address: Address, topic: string): Ask['thread'] {
  return { platform: SLACK, address, room: roomOf(address.team, address.channel), topic };
}

/** `vi-VN` is Vietnamese, everything else that Slack speaks is answered in English when the words do not tell. */
export function languageOf(locale: string | undefined): Language | undefined {
  if (locale === undefined) return undefined;
  return locale.toLowerCase().startsWith('vi') ? 'vi' : 'en';
}
