import { expect, it } from 'vitest';
import type { ClipShelf } from '#src/core/clips.ts';
import type { Answer, News } from '#src/core/answer.ts';
import { TryLater } from '#src/core/failure.ts';
import type { Page } from '#src/core/ledger.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import { createPage, PNG } from '#test/contracts/platform.ts';
import { made, REFUSED } from '#test/ledger/asked.ts';
import type { FaultKind } from '#test/emulators/slack/faults.ts';
import { clipAnswer, described } from './films.ts';
import { openSlackHouse, type SlackHouse } from './house.ts';

/** A page on which the worker dies at its n-th write, just before or just after it. */
function mortalPage(page: Page, death: number, when: 'before' | 'after'): Page {
  let writes = 0;
  return {
    read: page.read,
    write: async (name, fact) => {
      writes += 1;
      if (writes === death && when === 'before') throw new Error('killed');
      await page.write(name, fact);
      if (writes === death && when === 'after') throw new Error('killed');
    },
  };
}

async function requestIn(house: SlackHouse): Promise<GenerationRequest> {
  house.painter.hold();
  await house.slack.person('lan').types('/imagine con mèo', { in: 'general' });
  await house.settled();
  const [entry] = await house.store.archive.history({ tenant: `slack-${house.slack.team().id}`, limit: 1 });
  if (entry === undefined) throw new Error('nobody has asked');
  return entry.request;
}

const newsOf = (answer: Answer, clips?: ClipShelf): News => ({
  kind: 'answer',
  answer,
  open: async () => ({ bytes: PNG, type: 'image/png' }),
  ...(clips === undefined ? {} : { clips }),
});

/** Other workers go on until it is done. */
async function goOn(house: SlackHouse, request: GenerationRequest, answer: Answer, page: Page): Promise<void> {
  const news = newsOf(answer, house.shelf);
  for (let worker = 0; worker < 60; worker += 1) {
    try {
      return await house.platform().deliver(request, news, page);
    } catch (error) {
      if (!(error instanceof TryLater)) throw error;
      house.skip(error.waitMs);
      house.slack.clock.advance(error.waitMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error('it was never delivered');
}

const seen = ({ slack }: SlackHouse, answer: Answer): number => {
  const own = slack.parts.messages.all().filter(({ botId }) => botId !== undefined);
  if (answer.kind === 'made') return own.filter(({ fileIds }) => fileIds.some((id) => slack.files.get(id)?.isDeleted === false)).length;
  const words = answer.kind === 'described' ? 'a dog with a red ball' : 'Bộ lọc an toàn';
  return own.filter(({ blocks }) => JSON.stringify(blocks).includes(words)).length;
};

const DEATHS = [1, 2, 3, 4, 5].flatMap((death) => (['before', 'after'] as const).map((when) => [death, when] as const));

it.each(DEATHS)('a worker that dies at its write %i, %s it, leaves one picture for people to see', async (death, when) => {
  await using house = await openSlackHouse({ shareDelayMs: 30, processingDelayMs: 0 });
  const request = await requestIn(house);
  const page = createPage();
  const answer = made({ altText: '' });
  const news = newsOf(answer);
  const died = await house
    .platform()
    .deliver(request, news, mortalPage(page, death, when))
    .catch((error: unknown) => String(error));
  expect([undefined, 'Error: killed']).toContain(died);
  await goOn(house, request, answer, page);
  await goOn(house, request, answer, page);
  expect(seen(house, answer)).toBe(1);
  house.text('general');
});

const ASKING = 'files.getUploadURLExternal';
const COMPLETING = 'files.completeUploadExternal';

/** What must stand beside the file that is shown in the end. */
const isWhole = (house: SlackHouse): boolean =>
  house.slack.parts.messages.all().every(({ fileIds, blocks }) => {
    const files = fileIds.flatMap((id) => house.slack.files.get(id) ?? []).filter(({ isDeleted }) => !isDeleted);
    const words = JSON.stringify(blocks);
    return files.every(({ name, bytes }) => {
      if (name.endsWith('.png')) return words.includes('clips.example');
      return bytes.byteLength === 300_000 || words.includes('nén nhẹ hơn');
    });
  });

/** What Slack does not take of a clip is tried in another way, and a death between any two of them shows nothing twice. */
it.each([
  ['a clip', clipAnswer(), ASKING, 0, 6],
  ['a clip that has to be made lighter', clipAnswer(), ASKING, 1, 8],
  ['a clip that is refused when all of it is there', clipAnswer(), COMPLETING, 1, 11],
  ['a clip that Slack takes in no shape', clipAnswer(), ASKING, 2, 10],
  ['words for a picture', described('a'.repeat(64)), ASKING, 0, 4],
] as const)(
  'a worker that dies at any of its writes leaves %s for people to see, once',
  async (_, answer, method, times, writes) => {
    await using house = await openSlackHouse({ shareDelayMs: 30, processingDelayMs: 0 });
    house.shelf.address = 'https://clips.example/one.mp4?sign=a&for=b';
    for (let death = 1; death <= writes; death += 1) {
      for (const when of ['before', 'after'] as const) {
        const before = seen(house, answer);
        const request = await requestIn(house);
        const page = createPage();
        if (times > 0) house.slack.fault({ method, kind: 'refuse', error: 'file_type_not_allowed', times });
        const died = await house
          .platform()
          .deliver(request, newsOf(answer, house.shelf), mortalPage(page, death, when))
          .catch((error: unknown) => String(error));
        expect([undefined, 'Error: killed']).toContain(died);
        await goOn(house, request, answer, page);
        await goOn(house, request, answer, page);
        house.slack.clearFaults();
        expect({ death, when, seen: seen(house, answer) - before, isWhole: isWhole(house) }).toEqual({
          death,
          when,
          seen: 1,
          isWhole: true,
        });
      }
    }
    house.text('general');
  },
  60_000,
);

const CALLS = [
  ['upload', clipAnswer()],
  ['files.completeUploadExternal', clipAnswer()],
  ['chat.postMessage', described('a'.repeat(64))],
  ['files.completeUploadExternal', made()],
  ['chat.update', REFUSED],
  ['chat.postMessage', REFUSED],
] as const;
const KINDS: readonly FaultKind[] = ['drop-before', 'drop-after', 'http-500-after', 'malformed'];

it.each(CALLS.flatMap(([method, answer]) => KINDS.map((kind) => [method, kind, answer] as const)))(
  'a worker that dies while %s suffers %s leaves one answer for people to see',
  async (method, kind, answer) => {
    await using house = await openSlackHouse({ shareDelayMs: 200 });
    // Without a message of ours to change, a no has to be posted.
    if (method === 'chat.postMessage' && answer.kind === 'refused') house.slack.fault({ method, kind: 'refuse', error: 'a_passing_mood' });
    const request = await requestIn(house);
    const page = createPage();
    house.slack.fault({ method, kind });
    await house
      .platform()
      .deliver(request, newsOf(answer, house.shelf), page)
      .catch(() => {});
    await goOn(house, request, answer, page);
    expect(seen(house, answer)).toBe(1);
    house.text('general');
  },
);

it('a worker that has lost the job while it slept shows nothing', async () => {
  await using house = await openSlackHouse();
  const request = await requestIn(house);
  const page = createPage();
  page.supersede();
  const news = newsOf(made());
  await expect(house.platform().deliver(request, news, page)).rejects.toMatchObject({ reason: 'superseded' });
  expect(house.slack.calls.filter(({ method }) => method.startsWith('files.'))).toEqual([]);
});
