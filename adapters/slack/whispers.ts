import type { Json } from '#src/core/request.ts';
import type { Message } from './blocks.ts';
import type { SlackOffice } from './office.ts';
import type { MessageArrival } from './parse.ts';

/** How somebody is told something for their eyes only. Never throws for a no of Slack's: it is said in the log. */
export type Whisper = (message: Message) => Promise<void>;

export const ephemeral = ({ text, blocks }: Message): Json => ({ response_type: 'ephemeral', text, blocks });

/** To whoever did something that Slack gave an address for. It works where the bot is no member. */
export function whisperTo({ wire, log }: SlackOffice, responseUrl: string | undefined, thread: string | undefined): Whisper {
  return async ({ text, blocks }) => {
    if (responseUrl === undefined) return;
    const place = thread === undefined ? {} : { thread_ts: thread };
    const taken = await wire.respond(responseUrl, { response_type: 'ephemeral', replace_original: false, text, blocks, ...place });
    if (!taken) log.warn('slack-whisper-failed', { error: 'response_url' });
  };
}

/** To whoever posted something, where they did. */
export function whisperIn({ api, log }: SlackOffice, team: string, { channel, user, thread }: MessageArrival): Whisper {
  return async ({ text, blocks }) => {
    const place = thread === undefined ? { channel } : { channel, thread_ts: thread };
    const reply = await api.call(team, 'chat.postEphemeral', { ...place, user, text, blocks });
    if (reply.kind !== 'done') log.warn('slack-whisper-failed', { error: reply.kind === 'refused' ? reply.error : reply.kind });
  };
}
