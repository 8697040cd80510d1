import { beforeEach, describe, expect, it } from 'vitest';
import type { MadeAnswer } from '#src/core/answer.ts';
import type { GenerationRequest, VideoTask } from '#src/core/request.ts';
import type { OpenedLedger } from '#src/ledger/open.ts';
import { asked, made, NOON, REFUSED } from '#test/ledger/asked.ts';
import { holdOf, useDesk, type PreparePlace } from '#test/ledger/desk.ts';

const VIDEO: VideoTask = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: [] };
const CLIP_KEY = `${'c'.repeat(64)}.mp4`;
const clip = { key: CLIP_KEY, type: 'video/mp4', width: 960, height: 540, durationMs: 5042, sizeBytes: 9 } as const;
const filmed = (): MadeAnswer => made({ clip });

/** What every ledger promises of clips, which stand in a line of their own. */
export function describeClipLine(name: string, prepare: PreparePlace): void {
  describe(`${name}: clips`, () => {
    const desk = useDesk(prepare);
    let one: OpenedLedger;
    beforeEach(async () => {
      one = await desk.open({ clipsAtOnce: 1 });
    });

    const accept = async (id: string, changes: Partial<GenerationRequest> = {}) =>
      (await one.ledger.accept(asked(id, { task: VIDEO, ...changes }), 100)).receipt;
    const aheadOf = async (id: string): Promise<number> => (await holdOf(one, id)).clipsAhead();

    const linedUp = async (): Promise<number[]> => [
      await aheadOf('cli-1'),
      await aheadOf('cli-2'),
      await aheadOf('cli-3'),
      await aheadOf('cli-4'),
    ];

    it('of one person stand in the order of their acceptance, whatever their workers do', async () => {
      for (const index of [1, 2, 3, 4]) await accept(`cli-${index}`, { acceptedAt: NOON + index });
      await (await holdOf(one, 'cli-1')).postpone();
      await holdOf(one, 'cli-3');
      expect(await linedUp()).toEqual([0, 1, 2, 3]);
    });

    it('of somebody who has asked for many let others pass, but not while they are being made', async () => {
      for (const index of [1, 2, 3, 4])
        await accept(`cli-${index}`, { acceptedAt: NOON + index, requester: { id: index < 3 ? 'lan' : 'minh' } });
      expect(await linedUp()).toEqual([0, 2, 1, 3]);
      await (await holdOf(one, 'cli-2')).page('film').write('ticket', 'arn');
      expect(await linedUp()).toEqual([1, 2, 2, 3]);
    });

    it('are not held up for ever by one that nobody here can end', async () => {
      await accept('cli-1', { acceptedAt: NOON - 27 * 60 * 60_000 });
      await accept('cli-2');
      expect(await aheadOf('cli-2')).toBe(0);
    });

    it('count neither pictures nor what is cancelled, finished or only being shown, and pictures do not count them', async () => {
      await one.ledger.accept(asked('picture-1', { acceptedAt: NOON - 1 }), 100);
      for (const index of [1, 2, 3, 4, 5]) await accept(`cli-${index}`, { acceptedAt: NOON + index });
      await one.retractions.cancel('cli-1');
      await (await holdOf(one, 'cli-2')).close(filmed());
      await (await holdOf(one, 'cli-3')).page('settle').write('answer', filmed());
      expect(await aheadOf('cli-5')).toBe(1);
      const { receipt } = await one.ledger.accept(asked('picture-2', { acceptedAt: NOON + 9 }), 100);
      expect(receipt).toMatchObject({ ahead: 1 });
    });

    it('are told their place and their time, which is counted from when the service had taken those before', async () => {
      expect(await accept('cli-1', { acceptedAt: NOON + 1 })).toMatchObject({ ahead: 0, estimateMs: 180_000 });
      expect(await accept('cli-2', { acceptedAt: NOON + 2 })).toMatchObject({ ahead: 1, estimateMs: 360_000 });
      const journal = await holdOf(one, 'cli-1');
      desk.tick(1_000_000);
      await journal.page('film').write('ticket', 'arn');
      desk.tick(60_000);
      await journal.close(filmed());
      expect(await accept('cli-3', { acceptedAt: NOON + 3 })).toMatchObject({ ahead: 1, estimateMs: 120_000 });
      const { receipt } = await one.ledger.accept(asked('picture-1'), 100);
      expect(receipt).toMatchObject({ estimateMs: 8000 });
    });

    it('are seen to wait with their place in line, and seen to be made while nobody holds them', async () => {
      await accept('cli-1', { acceptedAt: NOON + 1 });
      await accept('cli-2', { acceptedAt: NOON + 2 });
      const journal = await holdOf(one, 'cli-1');
      await journal.page('progress').write('stage', 'filming');
      await journal.postpone();
      expect(await one.archive.find('cli-1')).toMatchObject({ stage: 'running', progress: 'filming', ahead: 0 });
      expect(await one.archive.find('cli-2')).toMatchObject({ stage: 'queued', ahead: 1 });
      await (await holdOf(one, 'cli-1')).close(REFUSED);
      expect(await one.archive.find('cli-1')).toMatchObject({ stage: 'finished', progress: undefined });
      expect(await one.archive.find('cli-2')).toMatchObject({ ahead: 0 });
    });

    it('are in the books as clips, and their bytes are known when they are removed, answered or not', async () => {
      await accept('cli-1');
      const journal = await holdOf(one, 'cli-1');
      await journal.page('film').write('made', { clip }, { what: 'clip', modelId: 'ray', costMicros: 3_750_000 });
      await journal.close(filmed());
      expect(await one.archive.spent({ requestId: 'cli-1' })).toEqual([{ what: 'clip', modelId: 'ray', calls: 1, costMicros: 3_750_000 }]);
      await accept('cli-2');
      const second = await holdOf(one, 'cli-2');
      await second.page('film').write('made', { clip: { ...clip, key: CLIP_KEY.replace('c', 'd') } });
      await second.close(REFUSED);
      expect(await one.retractions.remove('cli-1')).toMatchObject({ keys: expect.arrayContaining([CLIP_KEY]) });
      expect(await one.retractions.remove('cli-2')).toEqual({ kind: 'removed', keys: [CLIP_KEY.replace('c', 'd')] });
    });
  });
}
