import { z } from 'zod';
import { say } from './core/messages.ts';
import type { Language } from './core/request.ts';
import { integer, optional, setting, text, url, type Setting } from './setting.ts';

/** What the environment says about Slack; see `.env.example` for each. */
export interface SlackSettings {
  readonly apiUrl: string;
  readonly connection:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  readonly access:
    | { readonly kind: 'one-workspace'; readonly botToken: string }
    | {
        readonly kind: 'many-workspaces';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly publicUrl: string | undefined;
      };
}

const API = 'https://slack.com/api/';
const SECRET_LENGTH_MIN = 32;

/** Slack's tokens say what they are for, so that one in the place of another is seen at once. */
const token = (prefix: string): Setting<string | undefined> =>
  setting(
    text.pipe(
      z
        .string()
        .regex(new RegExp(`^(?:xoxe\\.)?${prefix}`))
        .optional(),
    ),
    (language) => say(language, 'slack-config-token', { prefix }),
  );

export const slackSettings = {
  SLACK_BOT_TOKEN: token('xoxb-'),
  SLACK_APP_TOKEN: token('xapp-'),
  SLACK_SIGNING_SECRET: optional,
  SLACK_PORT: integer(3002, 0, 65_535),
  SLACK_CLIENT_ID: optional,
  SLACK_CLIENT_SECRET: optional,
  SLACK_PUBLIC_URL: url('https://', 'http://127.0.0.1'),
  SLACK_API_URL: url('http://', 'https://'),
  HOAMI_SECRET: setting(text.pipe(z.string().min(SECRET_LENGTH_MIN).optional()), (language) =>
    say(language, 'slack-config-secret', { length: SECRET_LENGTH_MIN }),
  ),
} as const;

type Values = { readonly [Name in keyof typeof slackSettings]: z.output<(typeof slackSettings)[Name]['schema']> };

/** What is missing beside what is there, a line each. `isShared`: the ledger is one that other machines use. */
export function slackMistakes(filled: (name: string) => string | undefined, isShared: boolean, language: Language): string[] {
  const has = (name: keyof Values): boolean => filled(name) !== undefined;
  const needs = (name: keyof Values, other: keyof Values, isMissing = !has(other)): string[] =>
    has(name) && isMissing ? [`  ${name} ${say(language, 'config-needs', { other })}`] : [];
  const isOne = has('SLACK_BOT_TOKEN');
  return [
    ...needs('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', !has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET')),
    ...needs('SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN'),
    ...needs('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'),
    ...needs('SLACK_CLIENT_ID', 'SLACK_SIGNING_SECRET'),
    // Each process would make a key of its own, and read nobody else's tokens.
    ...(isShared ? needs('SLACK_CLIENT_ID', 'HOAMI_SECRET') : []),
    ...(isOne && has('SLACK_CLIENT_ID') ? [`  SLACK_CLIENT_ID ${say(language, 'slack-config-either')}`] : []),
  ];
}

/** Undefined without a token or a client. */
export function slackOf(values: Values): SlackSettings | undefined {
  const access = accessOf(values);
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl = API, SLACK_PORT: port } = values;
  if (access === undefined) return undefined;
  const place = { apiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`, access };
  if (appToken !== undefined) return { ...place, connection: { kind: 'socket', appToken } };
  return signingSecret === undefined ? undefined : { ...place, connection: { kind: 'http', signingSecret, port } };
}

function accessOf(values: Values): SlackSettings['access'] | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = values;
  if (botToken !== undefined) return { kind: 'one-workspace', botToken };
  if (clientId === undefined || clientSecret === undefined) return undefined;
  return { kind: 'many-workspaces', clientId, clientSecret, publicUrl: values.SLACK_PUBLIC_URL?.replace(/\/$/, '') };
}
