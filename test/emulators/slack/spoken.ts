import { z } from 'zod';
import { compact, isObject, type JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { Parts } from './parts.ts';
import type { Posting } from './posting.ts';
import { refuse } from './refusal.ts';
import { takeBlocks, takeText } from './surfaces.ts';
import type { ResponsePlace } from './triggers.ts';

const spokenSchema = z.strictObject({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  mrkdwn: z.boolean().optional(),
  parse: z.enum(['none', 'full', 'mrkdwn', 'false']).optional(),
  link_names: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

/** What an acknowledgement or a response_url says to the person who acted: by itself for them alone. Refuses what Slack would not show. */
export function speak(parts: Parts, posting: Posting, given: JsonObject, place: ResponsePlace, where: string): Message | undefined {
  const { world, messages, record } = parts;
  const app = world.teams.get(place.teamId)?.app ?? refuse('account_inactive');
  const channel = world.channels.get(place.channelId) ?? refuse('channel_not_found');
  const parsed = spokenSchema.safeParse(compact(given));
  if (!parsed.success) {
    record.violate(
      'invalid_payload',
      `${where}: ${parsed.error.issues.map(({ message, path }) => `${message} ${path.join('/')}`).join('; ')}`,
    );
    return refuse('invalid_payload');
  }
  const spoken = parsed.data;
  const original = place.messageTs === undefined ? undefined : messages.find(channel.id, place.messageTs, true);
  if (spoken.delete_original === true) {
    posting.remove(channel, original ?? refuse('message_not_found'));
    return undefined;
  }
  const text = takeText(parts, spoken.text ?? '', where, spoken.parse === 'full' || spoken.link_names === true);
  const blocks = spoken.blocks === undefined ? [] : takeBlocks(parts, spoken.blocks, { teamId: place.teamId, where });
  if (text === '' && blocks.length === 0) refuse('no_text');
  if (spoken.replace_original === true) {
    const found = original ?? refuse('message_not_found');
    posting.edit(channel, found, { text, blocks }, app.botUserId);
    return found;
  }
  const { message } = posting.post(channel, {
    text,
    blocks,
    userId: app.botUserId,
    botId: app.botId,
    threadTs: spoken.thread_ts ?? place.threadTs,
    onlyFor: spoken.response_type === 'in_channel' ? undefined : place.userId,
    metadata: isObject(spoken.metadata) ? spoken.metadata : undefined,
  });
  return message;
}
