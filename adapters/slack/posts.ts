import { z } from 'zod';
import { SLACK_LIMITS } from './config.ts';
import type { SlackApi } from './api.ts';
import type { Message } from './blocks.ts';
import type { Reply } from './client.ts';
import { isThreadGone } from './errors.ts';
import { messageUuid } from './ids.ts';

/** Where a message is to stand: in the channel, or under the message that began a thread. */
export interface Place {
  readonly team: string;
  readonly channel: string;
  readonly thread?: string | undefined;
}

/** Which message of which request it is: written into the message itself, so that it is found again whatever became of the call. */
export interface Mark {
  readonly id: string;
  readonly step: string;
}

export type Sent =
  | { readonly kind: 'posted'; readonly ts: string }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'unknown' };

/** `unreadable`: Slack does not let the place be searched. */
export type Found = { readonly kind: 'found'; readonly ts: string } | { readonly kind: 'absent' } | { readonly kind: 'unreadable' };

/** Messages of ours. None of them is posted twice blindly: Slack has no key that would make two of them one. */
export interface Posts {
  send(place: Place, message: Message, mark: Mark): Promise<Sent>;
  /** Looks for one that may have been posted around then. */
  find(place: Place, mark: Mark, aroundMs: number): Promise<Found>;
  /** Changing a message twice is changing it once. */
  change(place: Place, ts: string, message: Message): Promise<Reply>;
  remove(place: Place, ts: string): Promise<Reply>;
}

const EVENT = 'hoami_request';
/** Nobody is named by what people write, and no page is unfolded. */
const CALM = { parse: 'none', link_names: false } as const;
const postedSchema = z.object({ ts: z.string() });
const metadataSchema = z.object({ event_type: z.literal(EVENT), event_payload: z.object({ id: z.string(), step: z.string() }) });
const listedSchema = z.object({ messages: z.array(z.looseObject({ ts: z.string(), metadata: z.unknown().optional() })) });
const SEARCHED = 100;

export function createPosts(api: SlackApi): Posts {
  return {
    async send({ team, channel, thread }, { text, blocks }, mark) {
      const reply = await api.call(team, 'chat.postMessage', {
        channel,
        thread_ts: thread,
        text,
        blocks,
        ...CALM,
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: EVENT, event_payload: { id: mark.id, step: mark.step } },
        client_msg_id: messageUuid(mark.id, mark.step),
      });
      if (reply.kind === 'done') return { kind: 'posted', ts: postedSchema.parse(reply.body).ts };
      return reply.kind === 'refused' ? { kind: 'refused', error: reply.error } : { kind: 'unknown' };
    },

    async find({ team, channel, thread }, mark, aroundMs) {
      const times = { oldest: stampOf(aroundMs - 5000), latest: stampOf(aroundMs + 2 * SLACK_LIMITS.postingMs) };
      const args = { channel, ...times, include_all_metadata: true, limit: SEARCHED };
      const reply =
        thread === undefined
          ? await api.call(team, 'conversations.history', args)
          : await api.call(team, 'conversations.replies', { ...args, ts: thread });
      // Nothing can have been posted in a thread that is not there.
      if (reply.kind === 'refused' && isThreadGone(reply.error)) return { kind: 'absent' };
      if (reply.kind !== 'done') return { kind: 'unreadable' };
      const own = listedSchema.parse(reply.body).messages.find(({ metadata }) => {
        const { data } = metadataSchema.safeParse(metadata);
        return data?.event_payload.id === mark.id && data.event_payload.step === mark.step;
      });
      return own === undefined ? { kind: 'absent' } : { kind: 'found', ts: own.ts };
    },

    change: async ({ team, channel }, ts, { text, blocks }) => api.call(team, 'chat.update', { channel, ts, text, blocks, ...CALM }),
    remove: async ({ team, channel }, ts) => api.call(team, 'chat.delete', { channel, ts }),
  };
}

const stampOf = (ms: number): string => (ms / 1000).toFixed(6);
