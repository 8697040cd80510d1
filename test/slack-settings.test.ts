import { expect, it } from 'vitest';
import { parseConfig, type Config } from '#src/config.ts';

const BOT = 'xoxb-1-a';
const APP = 'xapp-1-a';
const CLIENT = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'c', SLACK_SIGNING_SECRET: 's' };
const SHARED = { DATABASE_URL: 'postgres://db', REDIS_URL: 'redis://queue' };

const parse = (environment: Record<string, string>) => parseConfig(environment, '/srv/hoami');
function slackOf(environment: Record<string, string>): Config['slack'] {
  const parsed = parse(environment);
  if ('kind' in parsed) throw new Error(parsed.text);
  return parsed.slack;
}
function mistakes(environment: Record<string, string>): string[] {
  const parsed = parse(environment);
  return 'kind' in parsed ? parsed.text.split('\n').slice(1) : [];
}

it('leaves Slack alone when nothing is set', () => {
  expect(slackOf({})).toBeUndefined();
  expect(slackOf({ SLACK_SIGNING_SECRET: 's' })).toBeUndefined();
});

it('connects in Socket Mode with two tokens, over HTTP with one and the signing secret', () => {
  const access = { kind: 'one-workspace', botToken: BOT };
  expect(slackOf({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP })).toEqual({
    apiUrl: 'https://slack.com/api/',
    access,
    connection: { kind: 'socket', appToken: APP },
  });
  expect(slackOf({ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'https://slack-gov.com/api' })).toEqual({
    apiUrl: 'https://slack-gov.com/api/',
    access,
    connection: { kind: 'http', signingSecret: 's', port: 3002 },
  });
});

it('is installed in many workspaces with a client', () => {
  expect(slackOf({ ...CLIENT, SLACK_PUBLIC_URL: 'https://draw.example/' })).toMatchObject({
    access: { kind: 'many-workspaces', clientId: '1.2', clientSecret: 'c', publicUrl: 'https://draw.example' },
    connection: { kind: 'http' },
  });
});

it.each<[Record<string, string>, string[]]>([
  [{ SLACK_BOT_TOKEN: BOT }, ['  SLACK_BOT_TOKEN needs SLACK_APP_TOKEN as well']],
  [{ SLACK_APP_TOKEN: APP }, ['  SLACK_APP_TOKEN needs SLACK_BOT_TOKEN as well']],
  [{ SLACK_BOT_TOKEN: APP, SLACK_APP_TOKEN: BOT }, ['  SLACK_BOT_TOKEN must begin with xoxb-', '  SLACK_APP_TOKEN must begin with xapp-']],
  [
    { SLACK_CLIENT_ID: '1' },
    ['  SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET as well', '  SLACK_CLIENT_ID needs SLACK_SIGNING_SECRET as well'],
  ],
  [{ ...CLIENT, ...SHARED }, ['  SLACK_CLIENT_ID needs HOAMI_SECRET as well']],
  [{ ...CLIENT, HOAMI_SECRET: 'short' }, ['  HOAMI_SECRET must have at least 32 characters']],
  [{ ...CLIENT, SLACK_BOT_TOKEN: BOT }, ['  SLACK_CLIENT_ID is for installing in many workspaces; leave it out, or SLACK_BOT_TOKEN']],
])('says what is missing or in the wrong place: %j', (environment, lines) => {
  expect(mistakes(environment)).toEqual(lines);
});
