import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVideo } from '#src/core/command-video.ts';
import { createConfirmations } from '#src/core/confirmations.ts';
import { createDesk, type DeskOptions } from '#src/core/desk.ts';
import { createIntake } from '#src/core/intake.ts';
import { sayPriceYes, sayReceipt } from '#src/core/messages.ts';
import type { Actor, Ask, Desk, Told } from '#src/core/platform.ts';
import { silentLog } from '#test/queue/rooms.ts';
import { openStudio, type Studio } from '#test/workers/studio.ts';
import { specs } from '#workers/models/catalogue.ts';
import { rayCard } from './film-cards.ts';

const LAN: Actor = { tenant: 'home', requesterId: 'lan', isAdmin: false };
const MINH: Actor = { ...LAN, requesterId: 'minh', isAdmin: true };
const DAY_MS = 24 * 60 * 60_000;
const never = new Promise<never>(() => {});

const clip: Ask = {
  id: 'web-clip',
  ...readVideo('con mèo nhảy múa --thời-lượng 9s', ['first']),
  options: {},
  images: [{ platform: 'web', source: { upload: 'u' } }],
  thread: { platform: 'web', address: { page: 1 } },
  requester: { id: 'lan', name: 'Lan' },
  tenant: 'home',
  locale: undefined,
};

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
});
afterEach(async () => studio.close());

const queued: string[] = [];

function deskOf(changes: Partial<DeskOptions> = {}, confirmAboveMicros = 1_000_000): Desk {
  const { blobs, store } = studio;
  queued.length = 0;
  const queue = { waiting: async () => 0, add: async ({ id }: { id: string }) => void queued.push(id), work: async () => async () => {} };
  const now = (): number => studio.clockMs;
  const limits = { patienceMs: 60_000, confirmAboveMicros };
  const intake = createIntake({ ledger: store.ledger, queue, cards: [rayCard], log: silentLog, now, ...limits });
  return createDesk({ ...store, intake, blobs, cards: [rayCard], log: silentLog, now, ...changes });
}

const kept = async (): Promise<number> => (await studio.store.cabinet.list('confirmations')).length;
const codeOf = ({ receipt }: Told): string => (receipt.kind === 'refused' ? receipt.code : receipt.kind);

describe('a request that is dear', () => {
  it('is not taken before its price was seen: nothing is committed, reserved or queued', async () => {
    expect(await deskOf().ask(clip)).toEqual({ receipt: { kind: 'unconfirmed', id: 'web-clip', priceMicros: 6_750_000 }, language: 'vi' });
    expect(await studio.store.archive.find('web-clip')).toBeUndefined();
    expect([queued, await kept()]).toEqual([[], 1]);
  });

  it('is taken as it was asked when its asker agrees, where they answered, and its words are kept in no drawer any more', async () => {
    const desk = deskOf();
    await desk.ask(clip);
    const thread = { platform: 'web', address: { page: 2 } };
    expect(await desk.confirm({ id: 'web-clip', thread, actor: LAN })).toMatchObject({ receipt: { kind: 'accepted', repeated: false } });
    expect((await studio.store.archive.find('web-clip'))?.request).toMatchObject({
      task: { kind: 'video', durationSeconds: 9, frames: ['first'] },
      prompt: 'con mèo nhảy múa',
      images: clip.images,
      requester: { id: 'lan', name: 'Lan' },
      thread,
    });
    expect(queued).toEqual(['web-clip']);
    await expect.poll(kept).toBe(0);
  });

  it('is one request however often they agree, and whatever it is by then', async () => {
    const desk = deskOf();
    await desk.ask(clip);
    const both = await Promise.all([desk.confirm({ id: 'web-clip', actor: LAN }), desk.confirm({ id: 'web-clip', actor: LAN })]);
    expect(both.map(codeOf)).toEqual(['accepted', 'accepted']);
    expect(await desk.confirm({ id: 'web-clip', actor: LAN })).toMatchObject({ receipt: { kind: 'accepted', repeated: true } });
    expect(codeOf(await desk.confirm({ id: 'web-clip', actor: MINH }))).toBe('not-yours');
    expect((await studio.store.archive.history({ tenant: 'home', limit: 10 })).length).toBe(1);
  });

  it('is agreed to by nobody else, not even by an admin, and by nobody next door', async () => {
    const desk = deskOf();
    await desk.ask(clip);
    expect(codeOf(await desk.confirm({ id: 'web-clip', actor: MINH }))).toBe('not-yours');
    expect(codeOf(await desk.confirm({ id: 'web-clip', actor: { ...LAN, tenant: 'next door' } }))).toBe('confirmation-gone');
    expect(codeOf(await desk.confirm({ id: 'web-never', actor: LAN }))).toBe('confirmation-gone');
    expect(await studio.store.archive.find('web-clip')).toBeUndefined();
  });

  it('is forgotten when its asker turns it down', async () => {
    const desk = deskOf();
    await desk.ask(clip);
    expect(await desk.cancel('web-clip', { ...MINH, isAdmin: false })).toMatchObject({ code: 'not-yours' });
    expect(await desk.cancel('web-clip', LAN)).toEqual({ kind: 'done' });
    expect(await kept()).toBe(0);
    expect(codeOf(await desk.confirm({ id: 'web-clip', actor: LAN }))).toBe('confirmation-gone');
    expect(await desk.cancel('web-clip', LAN)).toMatchObject({ code: 'request-unknown' });
  });

  it('is forgotten after a day, and thrown away with everything that is as old', async () => {
    const desk = deskOf();
    await desk.ask(clip);
    await studio.store.cabinet.write('confirmations', 'web-torn', { something: 'else' });
    studio.clockMs += DAY_MS;
    await desk.ask({ ...clip, id: 'web-young' });
    studio.clockMs += 1;
    expect(codeOf(await desk.confirm({ id: 'web-clip', actor: LAN }))).toBe('confirmation-gone');
    expect(await createConfirmations(studio.store.cabinet, () => studio.clockMs).clear()).toBe(2);
    expect((await studio.store.cabinet.list('confirmations')).map(({ name }) => name)).toEqual(['web-young']);
  });

  it('is kept with everything that was wanted', async () => {
    const wish: Required<Omit<Ask, 'isConfirmed' | 'agreedMicros'>> = {
      ...clip,
      task: { kind: 'upscale', how: 'creative' },
      defaults: { count: 2 },
      isInstruction: true,
      isUnderstood: true,
      words: { prompt: 'a cat', negativePrompt: '', title: 'Cat', altText: 'A cat', by: 'claude', degraded: false },
      origin: { id: 'web-before', how: 'again' },
    };
    const confirmations = createConfirmations(studio.store.cabinet, () => studio.clockMs);
    await confirmations.keep(wish, 1_200_000);
    expect(await confirmations.find(wish.id)).toEqual({ ...wish, isConfirmed: true, agreedMicros: 1_200_000 });
  });

  it('is taken at once from somebody who has seen the price', async () => {
    expect(await deskOf().ask({ ...clip, isConfirmed: true })).toMatchObject({ receipt: { kind: 'accepted' } });
    expect(await kept()).toBe(0);
  });

  it('is what the operator says it is', async () => {
    expect(codeOf(await deskOf({}, 6_750_000).ask(clip))).toBe('accepted');
    expect(codeOf(await deskOf({}, 6_749_999).ask({ ...clip, id: 'web-more' }))).toBe('unconfirmed');
  });

  it('is refused in time when it cannot be kept or found', async () => {
    const hung = { ...studio.store.cabinet, write: async () => never, read: async () => never };
    expect(codeOf(await deskOf({ cabinet: hung }).ask(clip))).toBe('ledger-unavailable');
    expect(codeOf(await deskOf({ cabinet: hung }).confirm({ id: 'web-clip', actor: LAN }))).toBe('ledger-unavailable');
  });
});

describe('the price of what has to be thought about first', () => {
  const cards = specs.map(({ card }) => card);
  const photo = [{ platform: 'web', source: { upload: 'u' } }];
  async function receiptFor(asked: Partial<Ask>) {
    const queue = { waiting: async () => 0, add: async () => {}, work: async () => async () => {} };
    const limits = { patienceMs: 60_000, confirmAboveMicros: 10_000 };
    const intake = createIntake({ ledger: studio.store.ledger, queue, cards, log: silentLog, now: () => studio.clockMs, ...limits });
    const { task: _, ...bare } = clip;
    const { receipt } = await intake({ ...bare, ...asked });
    if (receipt.kind !== 'unconfirmed') throw new Error(receipt.kind);
    return receipt;
  }

  it('is told as the most that it may be', async () => {
    const receipt = await receiptFor({ text: 'mình không muốn thấy cái mũ nữa --n 2', isInstruction: true, images: photo });
    expect(receipt).toEqual({ kind: 'unconfirmed', id: 'web-clip', priceMicros: 1_200_000, isAtMost: true });
    expect(sayReceipt('vi', receipt)).toBe('Cái này giá tối đa 1,20 US$. Bạn có muốn làm không?');
    expect(sayReceipt('en', receipt)).toBe('This costs at most $1.20. Shall I make it?');
    expect([sayPriceYes('vi', receipt), sayPriceYes('en', receipt)]).toEqual(['Làm, tối đa 1,20 US$', 'Make it, max. $1.20']);
  });

  it.each([
    ['an instruction that the rules read', { text: 'bỏ cái mũ đi', isInstruction: true, images: photo }],
    ['a picture', { text: 'một con thuyền', images: [] }],
    ['a task that is named', { text: '', task: { kind: 'upscale', how: 'creative' }, images: photo }],
  ] as const)('is no other than that of %s, which is told as it is', async (_, asked) => {
    const receipt = await receiptFor(asked);
    expect(receipt).not.toHaveProperty('isAtMost');
    expect(sayReceipt('vi', receipt)).toMatch(/^Cái này giá \d,\d+ US\$\./);
    expect(sayPriceYes('en', receipt)).toMatch(/^Make it for \$/);
  });
});
