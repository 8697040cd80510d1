import { resolve } from 'node:path';
import type { z } from 'zod';
import { say } from './core/messages.ts';
import { MICROS_PER_DOLLAR } from './core/money.ts';
import { nearest } from './core/nearest.ts';
import type { Language } from './core/request.ts';
import { discordOf, discordSettings, type DiscordSettings } from './discord-settings.ts';
import { bucket, choice, dollars, host, hostNames, integer, names, optional, region, url, words } from './setting.ts';
import { slackMistakes, slackOf, slackSettings, type SlackSettings } from './slack-settings.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Everything the environment decides. Built once, at the start; nothing else reads the environment. */
export interface Config {
  readonly language: Language;
  readonly port: number;
  /** The address the page listens on: this machine's own unless a container's network stands before it. */
  readonly host: string;
  /** Names under which the page may be reached besides localhost and bare addresses: those of a proxy before it. */
  readonly hostNames: readonly string[];
  /** Where a worker alone answers `GET /health`; 0 answers nowhere. */
  readonly healthPort: number;
  /** An absolute path: the server and a shell command meet there wherever they were started. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly s3: { readonly bucket: string; readonly region: string; readonly endpoint: string | undefined } | undefined;
  readonly sandbox: 'auto' | 'on' | 'off';
  readonly sandboxModelTimeMs: number;
  /** Ids of models past their end of life that go on for this account. */
  readonly formerModels: readonly string[];
  readonly bedrock: { readonly region: string; readonly endpoint: string | undefined };
  readonly claude: {
    readonly apiKey: string | undefined;
    readonly baseUrl: string | undefined;
    readonly model: string;
    readonly bedrockModel: string;
  };
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly dailyBudgetMicros: number | undefined;
  /** A request that costs more is taken only from somebody who has seen its price. */
  readonly confirmAboveMicros: number;
  /** How many clips are in the making at once, everywhere together: what the account's quota says. */
  readonly clipsAtOnce: number;
  /** How clips are asked for: by the AWS SDK, by signed requests of our own, or by these where the SDK fails before the clip is begun. */
  readonly videoCalls: 'auto' | 'sdk' | 'http';
  /** Where ffmpeg is, when it is not where programs are. */
  readonly ffmpegPath: string | undefined;
  readonly patienceMs: number;
  /** Undefined: each program chooses what suits whoever is looking. */
  readonly logLevel: LogLevel | undefined;
  /** Undefined without a token: nobody asks in Slack then. */
  readonly slack: SlackSettings | undefined;
  /** Undefined without a token: nobody asks in Discord then. */
  readonly discord: DiscordSettings | undefined;
  /** What encrypts tokens at rest. Undefined: a key file in the data folder. */
  readonly secret: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A mistake in the environment: all of them at once, one line each, every line naming its variable. */
export interface ConfigMistakes {
  readonly kind: 'mistakes';
  readonly text: string;
}

/** Every variable of the product, in the order of `.env.example`. Variables that only the AWS SDK reads are not here. */
const settings = {
  HOAMI_SANDBOX: choice(['auto', 'on', 'off'], 'auto'),
  PORT: integer(3000, 0, 65_535),
  HOAMI_HOST: host,
  HOAMI_HOSTS: hostNames,
  HEALTH_PORT: integer(0, 0, 65_535),
  HOAMI_LANGUAGE: choice(['vi', 'en'], undefined),
  HOAMI_DATA_DIR: words('data'),
  HOAMI_LOG_LEVEL: choice(['debug', 'info', 'warn', 'error', 'silent'], undefined),
  BEDROCK_REGION: region,
  BEDROCK_ENDPOINT: url('http://', 'https://'),
  ANTHROPIC_API_KEY: optional,
  ANTHROPIC_BASE_URL: url('http://', 'https://'),
  CLAUDE_MODEL: words('claude-haiku-5-5'),
  CLAUDE_BEDROCK_MODEL: words('global.anthropic.claude-haiku-5-5'),
  DATABASE_URL: url('postgres://', 'postgresql://'),
  REDIS_URL: url('redis://', 'rediss://'),
  S3_BUCKET: bucket,
  S3_REGION: region,
  S3_ENDPOINT: url('http://', 'https://'),
  HOAMI_CONCURRENCY: integer(4, 1, 64),
  HOAMI_QUEUE_LIMIT: integer(5000, 1, 100_000),
  HOAMI_DAILY_BUDGET_USD: dollars(undefined),
  HOAMI_CONFIRM_ABOVE_USD: dollars(MICROS_PER_DOLLAR),
  HOAMI_CLIPS_AT_ONCE: integer(1, 1, 64),
  HOAMI_VIDEO_CALLS: choice(['auto', 'sdk', 'http'], 'auto'),
  FFMPEG_PATH: optional,
  HOAMI_PATIENCE_MINUTES: integer(60, 1, 1440),
  HOAMI_SANDBOX_MODEL_MS: integer(900, 0, 600_000),
  HOAMI_FORMER_MODELS: names,
  ...slackSettings,
  ...discordSettings,
} as const;

type Values = { readonly [Name in keyof typeof settings]: z.output<(typeof settings)[Name]['schema']> };

/** The names of all variables the product reads: `.env.example` is held against it. */
export const SETTING_NAMES: readonly string[] = Object.keys(settings);

/** Reads the environment once. A blank value is an unset one. `home` is the folder of the installation, from which relative paths are meant. */
export function parseConfig(environment: Environment, home: string): Config | ConfigMistakes {
  const language = languageOf(environment);
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema, say: sentence }] of Object.entries(settings)) {
    const parsed = schema.safeParse(filled(environment, name));
    if (parsed.success) values[name] = parsed.data;
    else mistakes.push(`  ${name} ${sentence(language)}`);
  }
  mistakes.push(...misspelt(environment, language));
  mistakes.push(...slackMistakes((name) => filled(environment, name), values['DATABASE_URL'] !== undefined, language));
  // A shared ledger with a queue in each process would run every job once per process.
  if (values['DATABASE_URL'] !== undefined && filled(environment, 'REDIS_URL') === undefined) {
    mistakes.push(`  DATABASE_URL ${say(language, 'config-needs', { other: 'REDIS_URL' })}`);
  }
  if (!isComplete(values) || mistakes.length > 0)
    return { kind: 'mistakes', text: [say(language, 'config-wrong'), ...mistakes].join('\n') };
  return configOf(values, language, home);
}

/** A variable's text, unless it is blank. */
function filled(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

const isComplete = (values: Record<string, unknown>): values is Values => SETTING_NAMES.every((name) => name in values);

/** A variable with our prefix that we do not read is a typing mistake, and would be ignored in silence. */
function misspelt(environment: Environment, language: Language): string[] {
  const ours = SETTING_NAMES.filter((name) => name.startsWith('HOAMI_'));
  return Object.keys(environment)
    .filter((name) => name.startsWith('HOAMI_') && !name.startsWith('HOAMI_TEST_') && !ours.includes(name))
    .map((name) => `  ${name} ${say(language, 'config-unknown', { nearest: nearest(name, ours) })}`);
}

/** The operator's language: as it is set, else the system's. Also when nothing else in the environment is right. */
export function languageOf(environment: Environment): Language {
  const asked = filled(environment, 'HOAMI_LANGUAGE');
  if (asked === 'vi' || asked === 'en') return asked;
  const locale = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => filled(environment, name)).find((value) => value !== undefined);
  return locale?.startsWith('vi') === true ? 'vi' : 'en';
}

function configOf(values: Values, language: Language, home: string): Config {
  return {
    language,
    port: values.PORT,
    host: values.HOAMI_HOST,
    hostNames: values.HOAMI_HOSTS,
    healthPort: values.HEALTH_PORT,
    dataDir: resolve(home, values.HOAMI_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    s3: values.S3_BUCKET === undefined ? undefined : { bucket: values.S3_BUCKET, region: values.S3_REGION, endpoint: values.S3_ENDPOINT },
    sandbox: values.HOAMI_SANDBOX,
    sandboxModelTimeMs: values.HOAMI_SANDBOX_MODEL_MS,
    formerModels: values.HOAMI_FORMER_MODELS,
    bedrock: { region: values.BEDROCK_REGION, endpoint: values.BEDROCK_ENDPOINT },
    claude: {
      apiKey: values.ANTHROPIC_API_KEY,
      baseUrl: values.ANTHROPIC_BASE_URL,
      model: values.CLAUDE_MODEL,
      bedrockModel: values.CLAUDE_BEDROCK_MODEL,
    },
    concurrency: values.HOAMI_CONCURRENCY,
    queueLimit: values.HOAMI_QUEUE_LIMIT,
    dailyBudgetMicros: values.HOAMI_DAILY_BUDGET_USD,
    confirmAboveMicros: values.HOAMI_CONFIRM_ABOVE_USD,
    clipsAtOnce: values.HOAMI_CLIPS_AT_ONCE,
    videoCalls: values.HOAMI_VIDEO_CALLS,
    ffmpegPath: values.FFMPEG_PATH,
    patienceMs: values.HOAMI_PATIENCE_MINUTES * 60_000,
    logLevel: values.HOAMI_LOG_LEVEL,
    slack: slackOf(values),
    discord: discordOf(values),
    secret: values.HOAMI_SECRET,
  };
}
