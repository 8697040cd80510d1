import type { Notes } from '#src/core/notes.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { z } from 'zod';
import type { Address } from './address.ts';
import type { DiscordApi, Reply } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import { timeOf } from './payload.ts';
import type { MessageBody } from './render.ts';

/** The name under which the gateway notes the message that it posted at once. */
export const RECEIPT = 'receipt';
export const receiptSchema = z.strictObject({ channelId: z.string(), messageId: z.string() });

/** Codes of a response that is not there (yet), or whose token no longer works. */
const RESPONSE_GONE = [10_008, 10_015, 10_062, 50_027];

/** Where it is shown how a request stands: the response of its interaction, or the message that the gateway posted. */
export interface Status {
  change(body: MessageBody): Promise<Reply>;
  /** Takes it away, or makes it point to the answer where it cannot be taken away. */
  finish(pointer: MessageBody): Promise<Reply>;
}

interface Stand {
  readonly api: DiscordApi;
  readonly notes: Notes;
  readonly now: () => number;
}

export const responsePath = ({ applicationId }: Address, token: string): `/${string}` =>
  `/webhooks/${applicationId}/${token}/messages/@original`;

/** Whether the token of the interaction can still be used. */
export const isOpen = ({ interaction }: Address, now: number): boolean =>
  interaction !== undefined && now - timeOf(interaction.id) < DISCORD_LIMITS.tokenMs;

/** Undefined when there is nothing that shows it: the token has expired, or nothing was posted. */
export async function statusOf(request: GenerationRequest, address: Address, { api, notes, now }: Stand): Promise<Status | undefined> {
  const { interaction } = address;
  if (interaction !== undefined) {
    if (!isOpen(address, now())) return undefined;
    const change: Status['change'] = (body) =>
      api.hook({ method: 'patch', path: responsePath(address, interaction.token), body: edited(body) });
    return { change, finish: change };
  }
  const receipt = receiptSchema.safeParse(await notes.page(request.id).read(RECEIPT)).data;
  if (receipt === undefined) return undefined;
  const path: `/${string}` = `/channels/${receipt.channelId}/messages/${receipt.messageId}`;
  return {
    change: (body) => api.bot({ method: 'patch', path, body: edited(body) }),
    finish: () => api.bot({ method: 'delete', path }),
  };
}

/** Flags other than that of previews cannot be changed later. */
const edited = ({ content, components, allowed_mentions: mentions }: MessageBody): object => ({
  content,
  components,
  allowed_mentions: mentions,
});

/** True while the gateway may still be about to say the first word: a worker can be faster than that. */
export const isEarly = (request: GenerationRequest, now: number): boolean => now - request.acceptedAt < DISCORD_LIMITS.receiptMs;

export const isResponseGone = (reply: Reply): boolean =>
  reply.kind === 'refused' && (RESPONSE_GONE.includes(reply.code) || reply.status === 404);
