/** Bits a session may ask for (Discord, "Gateway Intents"). */
export const INTENT = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildReactions: 1 << 10,
  directMessages: 1 << 12,
  directReactions: 1 << 13,
  messageContent: 1 << 15,
} as const;

const ALL_KNOWN = ((1 << 26) - 1) & ~(0b11 << 17) & ~(0b11 << 22);
const PRIVILEGED = INTENT.guildMembers | INTENT.guildPresences | INTENT.messageContent;

/** What an event needs, in a guild and directly; nothing for what everybody gets. */
const NEEDED: Readonly<Record<string, readonly [guild: number, direct: number]>> = {
  GUILD_CREATE: [INTENT.guilds, 0],
  GUILD_DELETE: [INTENT.guilds, 0],
  CHANNEL_CREATE: [INTENT.guilds, 0],
  CHANNEL_UPDATE: [INTENT.guilds, 0],
  CHANNEL_DELETE: [INTENT.guilds, 0],
  THREAD_CREATE: [INTENT.guilds, 0],
  THREAD_UPDATE: [INTENT.guilds, 0],
  THREAD_DELETE: [INTENT.guilds, 0],
  MESSAGE_CREATE: [INTENT.guildMessages, INTENT.directMessages],
  MESSAGE_UPDATE: [INTENT.guildMessages, INTENT.directMessages],
  MESSAGE_DELETE: [INTENT.guildMessages, INTENT.directMessages],
  MESSAGE_REACTION_ADD: [INTENT.guildReactions, INTENT.directReactions],
  MESSAGE_REACTION_REMOVE: [INTENT.guildReactions, INTENT.directReactions],
};

export const isWanted = (name: string, isInGuild: boolean, intents: number): boolean => {
  const needed = NEEDED[name]?.[isInGuild ? 0 : 1] ?? 0;
  return needed === 0 || (intents & needed) !== 0;
};

export const areValid = (intents: number): boolean => Number.isInteger(intents) && intents >= 0 && (intents & ~ALL_KNOWN) === 0;

/** Privileged bits that the portal did not switch on. */
export const areAllowed = (intents: number, messageContent: boolean): boolean =>
  (intents & PRIVILEGED & ~(messageContent ? INTENT.messageContent : 0)) === 0;
