import { isJsonArray, isObject, textOf, type Json } from './json.ts';
import { may } from './permissions.ts';
import type { Channel, Message, World } from './world.ts';

export interface Mentions {
  readonly mentionIds: readonly string[];
  readonly mentionRoleIds: readonly string[];
  readonly mentionsEveryone: boolean;
}

export interface MentionSource {
  /** Everything the message says, in content and components. */
  readonly text: string;
  readonly channel: Channel;
  readonly authorId: string;
  readonly allowed: Json | undefined;
  /** What is looked for when nothing is said about it: everything in ordinary messages, people in those of interactions. */
  readonly parsesByDefault: 'everything' | 'people';
  /** Whom a reply answers, where answering mentions. */
  readonly repliedTo: Message | undefined;
}

const idsIn = (text: string, pattern: RegExp): readonly string[] => [...new Set([...text.matchAll(pattern)].map(([, id = '']) => id))];

const listed = (value: Json | undefined): readonly string[] | undefined => (isJsonArray(value) ? value.map(textOf) : undefined);

/** Whom a message mentions (Discord, "Allowed Mentions Object"). A reply to an answer of an interaction mentions nobody. */
export function mentionsOf(world: World, source: MentionSource): Mentions {
  const { text, channel, authorId, parsesByDefault, repliedTo } = source;
  const allowed = isObject(source.allowed) ? source.allowed : undefined;
  const parse =
    allowed === undefined
      ? ['users', ...(parsesByDefault === 'everything' ? ['roles', 'everyone'] : [])]
      : (listed(allowed['parse']) ?? []);
  const pick = (kind: string, ids: readonly string[]): readonly string[] =>
    parse.includes(kind) ? ids : ids.filter((id) => listed(allowed?.[kind])?.includes(id) === true);
  const people = pick('users', idsIn(text, /<@!?(\d+)>/g)).filter((id) => world.users.has(id));
  const isPinged = allowed === undefined || allowed['replied_user'] === true;
  const replied = isPinged && repliedTo !== undefined && repliedTo.origin === undefined ? [repliedTo.authorId] : [];
  const mayAll = channel.guildId !== undefined && may(world, channel, authorId, 'MENTION_EVERYONE');
  return {
    mentionIds: [...new Set([...people, ...replied])],
    mentionRoleIds: pick('roles', idsIn(text, /<@&(\d+)>/g)),
    mentionsEveryone: mayAll && parse.includes('everyone') && /@(?:everyone|here)\b/.test(text),
  };
}
