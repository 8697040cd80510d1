import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import type { SlackApi } from './api.ts';
import { isPlaceClosed, isThreadGone } from './errors.ts';
import type { Place } from './posts.ts';

/** The way an answer goes: where it was asked, after joining, beside the thread, or straight to whoever asked. */
export const routeSchema = z.strictObject({
  team: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  how: z.enum(['asked', 'joined', 'channel', 'direct']),
});
export type Route = z.infer<typeof routeSchema>;

const openedSchema = z.object({ channel: z.object({ id: z.string() }) });
const AWAY_WAIT_MS = 2000;

/** The direct conversation with somebody. Undefined when there is none to be had. Throws TryLater. */
export async function openDirect(api: SlackApi, team: string, user: string): Promise<string | undefined> {
  const reply = await api.call(team, 'conversations.open', { users: user });
  if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
  return reply.kind === 'done' ? openedSchema.parse(reply.body).channel.id : undefined;
}

/** Goes into a channel, which the bot may do where everybody may. Throws TryLater. */
export async function joinChannel(api: SlackApi, { team, channel }: Place): Promise<boolean> {
  const reply = await api.call(team, 'conversations.join', { channel });
  if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
  return reply.kind === 'done';
}

/** The next best way after Slack's no. Undefined when there is none, or a way is not what was wrong. Throws TryLater. */
export async function nextRoute(api: SlackApi, route: Route, error: string, user: string): Promise<Route | undefined> {
  const { team, channel, how } = route;
  if (isThreadGone(error)) return route.thread === undefined ? undefined : { team, channel, how: how === 'direct' ? 'direct' : 'channel' };
  if (!isPlaceClosed(error) || how === 'direct') return undefined;
  if (error === 'not_in_channel' && how !== 'joined' && (await joinChannel(api, route))) return { ...route, how: 'joined' };
  const direct = await openDirect(api, team, user);
  return direct === undefined ? undefined : { team, channel: direct, how: 'direct' };
}
