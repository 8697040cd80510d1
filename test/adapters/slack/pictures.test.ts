import { expect, it } from 'vitest';
import { PNG } from '#test/contracts/platform.ts';
import type { FilePlan } from '#test/emulators/slack/files.ts';
import { createSlackHosts } from '#adapters/slack/guard.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

const bytes = Buffer.from(PNG);
const ends = ({ painter }: SlackHouse): string[] => [...painter.ends.values()];

it.each<[string, Partial<FilePlan>, string]>([
  ['a page to sign in at', { download: 'login-page' }, 'picture-gone'],
  ['a redirect to somebody else', { download: 'redirect-elsewhere' }, 'picture-gone'],
  ['nothing', { download: 'gone' }, 'picture-gone'],
  ['a picture of another service', { mode: 'external' }, 'prompt'],
  ['something that is no picture', { mimetype: 'application/pdf' }, 'prompt'],
])('does not paint over %s', async (_, plan, end) => {
  await using house = await openSlackHouse();
  await house.slack.person('lan').posts('@hoami đội mũ', { in: 'general', files: [{ name: 'cat.png', bytes, ...plan }] });
  await house.settled();
  // What Slack says is no picture is none: the words are painted.
  expect(ends(house)).toEqual([end === 'prompt' ? 'made' : end]);
  expect(house.slack.elsewhere).toEqual([]);
  house.text('general');
});

it('asks about every file before it believes in it: a fresh one has no type, another workspace’s nothing but an id', async () => {
  await using house = await openSlackHouse({
    teams: [
      { name: 'khach', people: [{ name: 'mai' }], channels: [], hasApp: false },
      { name: 'nha', people: [{ name: 'lan', locale: 'vi-VN' }], channels: [{ name: 'chung', sharedWith: ['khach'] }] },
    ],
    access: (slack) => ({ kind: 'one-workspace', botToken: slack.botToken('nha') }),
  });
  const { slack } = house;
  await slack.person('mai').posts('@hoami a hat', { in: 'chung', files: [{ name: 'cat.png', bytes }] });
  await slack.person('mai').posts('@hoami a scarf', { in: 'chung', files: [{ name: 'cat.png', bytes, isDenied: true }] });
  await slack.person('lan').posts('@hoami đội mũ', { in: 'chung', files: [{ name: 'cat.png', bytes, isFresh: true }] });
  setTimeout(() => {
    for (const file of slack.files.values()) Object.assign(file, { mimetype: 'image/png', state: 'ready' });
  }, 300);
  await house.settled();
  expect(ends(house).toSorted()).toEqual(['made', 'made', 'picture-gone']);
  expect(slack.violations).toEqual([]);
});

it('tries again when a download breaks off, and leaves what is too heavy where it is', async () => {
  await using house = await openSlackHouse();
  const { slack } = house;
  slack.fault({ method: 'download', kind: 'drop-before' });
  slack.fault({ method: 'download', kind: 'http-500' });
  await slack.person('lan').posts('@hoami đội mũ', { in: 'general', files: [{ name: 'cat.png', bytes }] });
  await house.settled();
  expect(ends(house)).toEqual(['made']);
  const heavy = Buffer.alloc(20 * 1024 * 1024 + 1);
  await slack.person('lan').posts('@hoami đội mũ', { in: 'general', files: [{ name: 'heavy.png', bytes: heavy }] });
  await house.settled();
  expect(ends(house)).toEqual(['made', 'picture-too-heavy']);
  expect(slack.calls.filter(({ method }) => method === 'download')).toHaveLength(3);
});

it('reads no picture without the scope for it', async () => {
  await using house = await openSlackHouse();
  house.slack.withoutScopes(['files:read']);
  await house.slack.person('lan').posts('@hoami đội mũ', { in: 'general', files: [{ name: 'cat.png', bytes }] });
  await house.settled();
  expect(ends(house)).toEqual(['picture-gone']);
});

it('sends the token to Slack’s own hosts only', () => {
  const { isFile, isSlack, isReachable } = createSlackHosts('https://slack.com/api/');
  for (const url of ['https://files.slack.com/files-pri/T1-F1/a.png', 'https://files-pri.slack.com/a']) expect(isFile(url)).toBe(true);
  for (const url of [
    'http://files.slack.com/a',
    'https://files.slack.com:8443/a',
    'https://files.slack.com.evil.example/a',
    'https://evil.example/files.slack.com',
    'https://user:pass@files.slack.com/a',
    'https://slack.com/a',
    'https://127.0.0.1/a',
    'file:///etc/passwd',
    'not an address',
  ])
    expect(isFile(url), url).toBe(false);
  expect([isSlack('https://hooks.slack.com/actions/T1/1/x'), isSlack('https://hooks.slack.com.evil.example/')]).toEqual([true, false]);
  for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])
    expect(isReachable(address), address).toBe(false);
  for (const address of ['13.35.1.2', '2600:9000::1']) expect(isReachable(address), address).toBe(true);
  expect(createSlackHosts('https://slack-gov.com/api/').isFile('https://files.slack-gov.com/a')).toBe(true);
  expect(createSlackHosts('https://slack-gov.com/api/').isFile('https://files.slack.com/a')).toBe(false);
});
