import type { MadeAnswer } from '#src/core/answer.ts';
import { cleanText, shorten } from '#src/core/command-text.ts';
import type { Page } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import type { Address } from './address.ts';
import type { DiscordApi } from './client.ts';
import { DISCORD_LIMITS } from './config.ts';
import { createdSchema } from './payload.ts';
import { isOpen, responsePath } from './status.ts';

const DAY_MINUTES = 1440;
/** A message has one thread, whose id is its own: whoever asks a second time is told that it is there. */
const THREAD_EXISTS = 160_004;

/** The thread of a request's own, on the message that asked or on the response to the command. Undefined where there can be none. */
export async function threadFor(
  { prompt }: GenerationRequest,
  address: Address,
  { title }: MadeAnswer,
  page: Page,
  { api, now }: { readonly api: DiscordApi; readonly now: () => number },
): Promise<string | undefined> {
  const noted = await page.read('thread');
  if (typeof noted === 'string') return noted === '' ? undefined : noted;
  // A worker that has lost the job opens nothing.
  await page.write('thread-wanted', true);
  const messageId = address.interaction === undefined ? address.replyTo : await responseId(address, api, now());
  const threadId = messageId === undefined ? undefined : await open(messageId);
  await page.write('thread', threadId ?? '');
  return threadId;

  async function open(id: string): Promise<string | undefined> {
    const name = shorten(cleanText(title === '' ? prompt : title), DISCORD_LIMITS.threadNameLength);
    const path: `/${string}` = `/channels/${address.channelId}/messages/${id}/threads`;
    const reply = await api.bot({ method: 'post', path, body: { name, auto_archive_duration: DAY_MINUTES } });
    if (reply.kind === 'done') return createdSchema.safeParse(reply.body).data?.id;
    return reply.code === THREAD_EXISTS ? id : undefined;
  }
}

async function responseId(address: Address, api: DiscordApi, now: number): Promise<string | undefined> {
  const { interaction } = address;
  if (interaction === undefined || !isOpen(address, now)) return undefined;
  const reply = await api.hook({ method: 'get', path: responsePath(address, interaction.token) });
  return reply.kind === 'done' ? createdSchema.safeParse(reply.body).data?.id : undefined;
}
