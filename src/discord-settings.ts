import { z } from 'zod';
import { say } from './core/messages.ts';
import { choice, integer, optional, setting, text, url } from './setting.ts';

/** What the environment says about Discord; see `.env.example` for each. */
export interface DiscordSettings {
  readonly token: string;
  readonly publicKey: string | undefined;
  readonly port: number;
  readonly gateway: boolean;
  readonly shardCount: number | undefined;
  readonly shardIds: readonly number[] | undefined;
  readonly messageContent: boolean;
  readonly threads: 'all' | ReadonlySet<string>;
  readonly ageRestricted: boolean;
  readonly userInstall: boolean;
  readonly requestsPerSecond: number;
  readonly apiUrl: string;
  readonly cdnUrl: string | undefined;
}

const API = 'https://discord.com/api';
const SHARDS_MAX = 10_000;

const key = setting(
  text.pipe(
    z
      .string()
      .regex(/^[0-9a-f]{64}$/i)
      .optional(),
  ),
  (language) => say(language, 'config-key'),
);

/** `all`, or ids of servers with commas between them; nobody when it is blank. */
const threads = setting(
  text.transform((value, context): 'all' | ReadonlySet<string> => {
    if (value === 'all') return value;
    const ids = (value ?? '').split(',').map((id) => id.trim());
    const named = ids.filter((id) => id !== '');
    if (!named.every((id) => /^\d{15,20}$/.test(id))) context.addIssue('neither all nor ids');
    return new Set(named);
  }),
  (language) => say(language, 'config-servers'),
);

/** `0-3`, or `5`. */
const shards = setting(
  text.transform((value, context): readonly number[] | undefined => {
    if (value === undefined) return undefined;
    const [, first = '', last = first] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(value) ?? [];
    const length = Number(last) - Number(first) + 1;
    if (first === '' || length < 1) context.addIssue('no range');
    return Array.from({ length: Math.max(0, length) }, (_, index) => Number(first) + index);
  }),
  (language) => say(language, 'config-shards'),
);

export const discordSettings = {
  DISCORD_TOKEN: optional,
  DISCORD_PUBLIC_KEY: key,
  DISCORD_PORT: integer(3001, 0, 65_535),
  DISCORD_GATEWAY: choice(['on', 'off'], 'on'),
  DISCORD_SHARD_COUNT: integer(0, 0, SHARDS_MAX),
  DISCORD_SHARDS: shards,
  DISCORD_MESSAGE_CONTENT: choice(['on', 'off'], 'off'),
  DISCORD_THREADS: threads,
  DISCORD_AGE_RESTRICTED: choice(['on', 'off'], 'off'),
  DISCORD_USER_INSTALL: choice(['on', 'off'], 'on'),
  DISCORD_REQUESTS_PER_SECOND: integer(50, 1, 50),
  DISCORD_API_URL: url('http://', 'https://'),
  DISCORD_CDN_URL: url('http://', 'https://'),
} as const;

type Values = { readonly [Name in keyof typeof discordSettings]: z.output<(typeof discordSettings)[Name]['schema']> };

/** Undefined without a token. */
export function discordOf(values: Values): DiscordSettings | undefined {
  if (values.DISCORD_TOKEN === undefined) return undefined;
  return {
    token: values.DISCORD_TOKEN,
    publicKey: values.DISCORD_PUBLIC_KEY,
    port: values.DISCORD_PORT,
    gateway: values.DISCORD_GATEWAY === 'on',
    shardCount: values.DISCORD_SHARD_COUNT === 0 ? undefined : values.DISCORD_SHARD_COUNT,
    shardIds: values.DISCORD_SHARDS,
    messageContent: values.DISCORD_MESSAGE_CONTENT === 'on',
    threads: values.DISCORD_THREADS,
    ageRestricted: values.DISCORD_AGE_RESTRICTED === 'on',
    userInstall: values.DISCORD_USER_INSTALL === 'on',
    requestsPerSecond: values.DISCORD_REQUESTS_PER_SECOND,
    apiUrl: values.DISCORD_API_URL ?? API,
    cdnUrl: values.DISCORD_CDN_URL,
  };
}
