import type { Page } from 'playwright-core';
import { describe, expect, inject, it } from 'vitest';
import { made } from '#test/ledger/asked.ts';
import { ENGLISH, useVisitors, VIETNAMESE, PATIENT } from './visitor.ts';

const channel = (page: Page) => page.getByRole('log', { name: /general|chung/ });
const thread = (page: Page) => page.getByRole('log', { name: 'Thread' });
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply in the thread' });

describe.skipIf(inject('chromiumPath') === undefined)('a conversation on the page', () => {
  const house = useVisitors();
  const { visit, ask, paint, restart } = house;

  it('changes the picture of the message that is replied to, in its thread', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat');
    await paint(id);
    await page.getByRole('button', { name: 'Change it' }).click();
    await thread(page).getByRole('img', { name: 'Một con mèo' }).waitFor();
    await page.getByText('Changing: Mèo').waitFor();
    await reply(page).fill('make the boat blue');
    await reply(page).press('Enter');
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const [, second] = house.room.asks;
    const key = (await house.room.archive.find(id))?.answer;
    const picture = key?.kind === 'made' ? key.pictures[0]?.key : undefined;
    expect(second).toMatchObject({
      text: 'make the boat blue',
      images: [{ key: picture }],
      origin: { id, how: 'reply' },
      thread: { platform: 'web', room: 'web-general', topic: id },
    });
    await thread(page).getByText('make the boat blue').waitFor();
    await channel(page).getByRole('button', { name: '1 reply' }).waitFor();
    expect(await channel(page).getByRole('article').count()).toBe(1);
    await page.getByRole('button', { name: 'Do not change this one, paint anew' }).click();
    await reply(page).fill('something else');
    await reply(page).press('Enter');
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(3);
    expect([house.room.asks[2]?.images, house.room.asks[2]?.thread.topic]).toEqual([[], id]);
    expect(house.complaints).toEqual([]);
  });

  it('asks again, varies, takes one’s own words and edits, each once for each press, in the thread', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat');
    await paint(id);
    const first = () => channel(page).getByRole('article').first();
    for (const [name, how] of [
      ['Again', 'again'],
      ['Variations', 'variations'],
      ['Use my words', 'own-words'],
    ] as const) {
      await first().getByRole('button', { name }).click();
      await expect.poll(() => house.room.wants.at(-1), PATIENT).toBe(`${how} ${id}`);
    }
    await first().getByRole('button', { name: 'Edit this prompt' }).click();
    const field = page.getByRole('dialog').getByRole('textbox');
    expect(await field.inputValue()).toBe('a cat in an ao dai --raw');
    await field.press('Control+Enter');
    await expect.poll(() => house.room.wants.length, PATIENT).toBe(4);
    expect(house.room.asks.slice(1).map((one) => one.thread.topic)).toEqual([id, id, id, id]);
    await expect.poll(() => thread(page).getByRole('article').count(), PATIENT).toBe(5);
    await channel(page).getByRole('button', { name: '4 replies' }).waitFor();
  });

  it('offers the prompt to be edited only where it is read as one: not the scene that came of an instruction', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat');
    await paint(id);
    await page.getByRole('button', { name: 'Change it' }).click();
    await reply(page).fill('make it less sad');
    await reply(page).press('Enter');
    await expect.poll(() => house.room.asks.length, PATIENT).toBe(2);
    const [, second] = house.room.asks;
    await paint(second?.id ?? '', { recipe: { ...made().recipe, task: { kind: 'transform' } } });
    await expect.poll(() => thread(page).getByRole('button', { name: 'Use my words' }).count(), PATIENT).toBe(2);
    expect(await thread(page).getByRole('button', { name: 'Edit this prompt' }).count()).toBe(1);
  });

  it('cancels what waits, and deletes what is done after asking whether that is meant', async () => {
    const page = await visit();
    const waiting = await ask(page, 'a red boat at sunrise');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await channel(page).getByText('Cancelled, as asked.').waitFor();
    const done = await ask(page, 'a blue boat at sunset');
    await paint(done);
    const message = channel(page).getByRole('article').nth(1);
    await message.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await message.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await message.getByText('were deleted, as asked').waitFor();
    expect(await page.getByRole('img', { name: 'Một con mèo' }).count()).toBe(0);
    expect(house.room.wants).toEqual([`cancel ${waiting}`, `remove ${done}`]);
  });

  it('is there after a reload, thread and all, and older messages come as one scrolls up, each once', async () => {
    const page = await visit();
    for (let number = 1; number <= 35; number += 1)
      await page.request.post(house.room.address('/api/ask'), { data: { text: `a red boat number ${number}` } });
    const [root] = house.room.asks.slice(-1);
    await page.goto(house.room.address(`/c/general/${root?.id}`));
    await thread(page).getByText('a red boat number 35').waitFor();
    await expect.poll(() => channel(page).getByRole('article').count(), PATIENT).toBe(30);
    await channel(page).evaluate((log) => log.scrollTo({ top: 0 }));
    await expect.poll(() => channel(page).getByRole('article').count(), PATIENT).toBe(35);
    const prompts = await channel(page).locator('.prompt').allTextContents();
    expect([prompts[0], prompts.at(-1)]).toEqual(['a red boat number 1', 'a red boat number 35']);
    await page.reload();
    await thread(page).getByText('a red boat number 35').waitFor();
  });

  it('is in step in two windows, and in another language', async () => {
    const [lan, minh] = [await visit(VIETNAMESE), await visit(ENGLISH)];
    const id = await ask(lan, 'một con thuyền đỏ');
    await channel(minh).getByText('một con thuyền đỏ').waitFor();
    await channel(minh).getByText('Waiting, 1 before you').waitFor();
    house.room.change(id, { stage: 'running', progress: 'painting', ahead: 0 });
    await channel(minh).getByText('Painting').waitFor();
    await paint(id);
    for (const page of [lan, minh]) await channel(page).getByRole('img', { name: 'Một con mèo' }).waitFor();
    await channel(minh).getByText('Guest').waitFor();
    expect(house.complaints).toEqual([]);
  });

  it('says that the server is away, and goes on where it was when the server is back', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat');
    await restart(async () => {
      await page.getByText('The server cannot be reached.').waitFor();
      await paint(id);
    });
    await channel(page).getByRole('img', { name: 'Một con mèo' }).waitFor();
    await expect.poll(() => page.getByText('The server cannot be reached.').isVisible(), PATIENT).toBe(false);
  });

  it('hears what happened while its connection was broken', async () => {
    const page = await visit();
    const id = await ask(page, 'a red boat');
    await channel(page).getByText('Waiting, 1 before you').waitFor();
    const other = await visit();
    await page.context().setOffline(true);
    await paint(id);
    await channel(other).getByRole('img', { name: 'Một con mèo' }).waitFor();
    await page.context().setOffline(false);
    const picture = channel(page).getByRole('img', { name: 'Một con mèo' });
    await expect.poll(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth), PATIENT).toBeGreaterThan(0);
  });

  it('shows in every window that a request is to end, until it does', async () => {
    const [page, other] = [await visit(), await visit()];
    const id = await ask(page, 'a red boat');
    await channel(other).getByRole('button', { name: 'Cancel' }).waitFor();
    house.room.change(id, { stage: 'running', progress: 'painting', ahead: 0, isCancelled: true });
    for (const one of [page, other]) await channel(one).getByText('Cancelling…').waitFor();
    expect(await channel(other).getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  });

  it('has channels that people make, and what is said in one is not in another', async () => {
    const page = await visit();
    await page.getByRole('button', { name: 'New channel' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name of the channel' }).fill('Tranh Tết <b>');
    await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'Tranh Tết <b>' }).waitFor();
    await ask(page, 'a peach branch');
    expect(house.room.asks[0]?.thread.room).toMatch(/^web-c-[0-9a-f]{16}$/);
    const other = await visit(VIETNAMESE);
    await other.getByRole('link', { name: 'Tranh Tết <b>' }).click();
    await other.getByText('a peach branch').waitFor();
    await other.getByRole('link', { name: 'chung' }).click();
    await other.getByRole('heading', { name: 'Bạn muốn vẽ gì?' }).waitFor();
    await other.getByRole('link', { name: 'Riêng mình' }).click();
    await other.getByText('Chỉ bạn thấy').waitFor();
    await other.goBack();
    await other.getByText('Ai cũng thấy').waitFor();
  });
});
