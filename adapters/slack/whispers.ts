import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Json } from '#src/core/request.ts';
import type { Message } from './blocks.ts';
import type { SlackOffice } from './office.ts';
import type { MessageArrival } from './parse.ts';

/** How somebody is told something for their eyes only. False when Slack did not take it, which is said in the log; it does not throw for that. */
export type Whisper = (message: Message) => Promise<boolean>;

export const ephemeral = ({ text, blocks }: Message): Json => ({ response_type: 'ephemeral', text, blocks });

/** To whoever did something that Slack gave an address for. It works where the bot is no member. */
export function whisperTo({ wire, log }: SlackOffice, responseUrl: string | undefined, thread: string | undefined): Whisper {
  return async ({ text, blocks }) => {
    if (responseUrl === undefined) return false;
    const place = thread === undefined ? {} : { thread_ts: thread };
    const taken = await wire.respond(responseUrl, { response_type: 'ephemeral', replace_original: false, text, blocks, ...place });
    if (!taken) log.warn('slack-whisper-failed', { error: 'response_url' });
    return taken;
  };
}

const SAID = 'slack-said';
/** Long enough for the first event of a post to have been answered, wherever that was. */
const SECOND_WAIT_MS = 700;

/**
 * Says something about a post once, though Slack sends two events of it and each of them again. What was said last to somebody in a conversation is
 * kept, so that it takes no more room than there are people.
 */
export async function sayOnce({ cabinet }: SlackOffice, team: string, post: MessageArrival, speak: () => Promise<unknown>): Promise<void> {
  const { channel, user, ts, isSecond } = post;
  const name = `${team}:${channel}:${user}`;
  if (isSecond) await sleep(SECOND_WAIT_MS);
  const said = saidSchema.safeParse(await cabinet.read(SAID, name).catch(() => undefined)).data;
  if (said?.ts === ts) return;
  await cabinet.write(SAID, name, { ts }).catch(() => {});
  await speak();
}

const saidSchema = z.strictObject({ ts: z.string() });

/** To whoever posted something, where they did. */
export function whisperIn({ api, log }: SlackOffice, team: string, { channel, user, thread }: MessageArrival): Whisper {
  return async ({ text, blocks }) => {
    const place = thread === undefined ? { channel } : { channel, thread_ts: thread };
    const reply = await api.call(team, 'chat.postEphemeral', { ...place, user, text, blocks });
    if (reply.kind !== 'done') log.warn('slack-whisper-failed', { error: reply.kind === 'refused' ? reply.error : reply.kind });
    return reply.kind === 'done';
  };
}
