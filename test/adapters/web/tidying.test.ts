import { expect, it } from 'vitest';
import { createMembers, createTokens } from '#adapters/web/people.ts';
import { createMemoryCabinet, openRoom } from './room.ts';

const DAY_MS = 86_400_000;
const SESSIONS = 'web-sessions';

it('forgets sessions that have ended or whose token was taken back, and no other', async () => {
  let now = 0;
  const cabinet = createMemoryCabinet();
  const tokens = createTokens(cabinet, () => now);
  const people = createMembers(cabinet, () => now);
  const [lan, minh] = [await tokens.make('Lan', false), await tokens.make('Minh', false)];
  await people.signIn(lan);
  await people.signIn(minh);
  now = 60 * DAY_MS;
  const late = await people.signIn(lan);
  await people.tidy();
  expect(await cabinet.list(SESSIONS)).toHaveLength(3);
  now = 91 * DAY_MS;
  await people.tidy();
  expect(await cabinet.list(SESSIONS)).toHaveLength(1);
  expect(await people.identify({ session: late, bearer: undefined, browser: undefined })).toMatchObject({ name: 'Lan' });
  const token = (await tokens.list()).find(({ name }) => name === 'Lan');
  await tokens.revoke(token?.id ?? '');
  await people.tidy();
  expect(await cabinet.list(SESSIONS)).toEqual([]);
});

it('does so when the page opens, and opens and closes all the same when it cannot', async () => {
  const cabinet = createMemoryCabinet();
  const token = await createTokens(cabinet, () => 0).make('Lan', false);
  await createMembers(cabinet, () => 0).signIn(token);
  const room = await openRoom({ cabinet, names: ['hoa-mi.example.org'] });
  await expect.poll(async () => (await cabinet.list(SESSIONS)).length).toBe(0);
  await room.stop();
  const broken = { ...cabinet, list: async (): Promise<never> => Promise.reject(new Error('away')) };
  const other = await openRoom({ cabinet: broken, names: ['hoa-mi.example.org'] });
  expect((await fetch(other.address('/health'))).status).toBe(200);
  await other.stop();
});
