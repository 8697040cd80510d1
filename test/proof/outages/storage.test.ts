import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { sayRefusal } from '#src/core/messages.ts';
import type { Running } from '#test/flows/house.ts';
import { freshDatabase } from '#test/setup/fresh.ts';
import { openEstate, type Estate } from './estate.ts';
import { ANSWERED_WITHIN_MS, report } from './length.ts';

const redisUrl = inject('redisUrl') ?? '';
const postgresUrl = inject('postgresUrl') ?? '';
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function openApart(more: Readonly<Record<string, string>>, database: number): Promise<Estate> {
  const { url, drop } = await freshDatabase(postgresUrl);
  cleanUps.push(drop);
  const estate = await openEstate(['src/main/gateway.ts'], {
    DATABASE_URL: url,
    REDIS_URL: `${redisUrl}/${database}`,
    HOAMI_CONCURRENCY: '2',
    ...more,
  });
  cleanUps.push(async () => estate.house.close());
  return estate;
}

/** A data folder whose pictures have so little room that a handful fills it; where nobody may mount anything, one with as much room as there is. */
async function tinyDisk(): Promise<{ data: string; blobs: string; isTiny: boolean }> {
  const data = await mkdtemp(join(tmpdir(), 'hoami-tiny-'));
  const blobs = join(data, 'blobs');
  mkdirSync(blobs);
  cleanUps.push(async () => rmSync(data, { recursive: true, force: true }));
  const isTiny = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', blobs]).status === 0;
  if (isTiny) cleanUps.push(async () => spawnSync('umount', ['--lazy', blobs]));
  return { data, blobs, isTiny };
}

describe.skipIf(redisUrl === '' || postgresUrl === '')('while pictures cannot be kept', { timeout: 120_000 }, () => {
  it('because S3 refuses for a while: people are told yes, and get what they paid for', async () => {
    const estate = await openApart({ S3_BUCKET: 'sandbox' }, 11);
    const { sandbox } = estate.house;
    const worker = estate.house.start('src/main/worker.ts', [], { S3_ENDPOINT: sandbox.url });
    await worker.said('worker-ready');
    sandbox.addFaults([{ service: 's3', kind: 'unavailable-503' }]);
    const told = await estate.askEvery(500, 4);
    sandbox.clearFaults();
    const views = await estate.ends(told);
    report('S3 refuses', { paid: sandbox.charges().calls.length, slowestMs: Math.round(Math.max(...told.map(({ tookMs }) => tookMs))) });
    for (const { said, tookMs } of told) expect([said, tookMs < ANSWERED_WITHIN_MS]).toEqual(['accepted', true]);
    expect(views.map(({ state }) => state)).toEqual(views.map(() => 'made'));
    expect(sandbox.charges().calls).toHaveLength(4);
    await expectGoodEnd(estate, worker);
  });

  it('because the bucket is full: the person is told so once, and others are served when there is room', async () => {
    const estate = await openApart({ S3_BUCKET: 'sandbox' }, 12);
    const { sandbox } = estate.house;
    const worker = estate.house.start('src/main/worker.ts', [], { S3_ENDPOINT: sandbox.url });
    await worker.said('worker-ready');
    sandbox.addFaults([{ service: 's3', kind: 'no-space' }]);
    const first = await estate.end((await estate.ask()).id);
    sandbox.clearFaults();
    const second = await estate.end((await estate.ask()).id);
    expect([first.state, first.status, second.state]).toEqual(['refused', sayRefusal('en', 'storage-full', {}), 'made']);
    expect(sandbox.charges().calls).toHaveLength(2);
    await expectGoodEnd(estate, worker);
  });
});

/** Where nothing can be mounted, the full bucket above is the proof. */
describe('while the disk is full', { timeout: 120_000 }, () => {
  it('people are told so, and are served again when there is room', async () => {
    const disk = await tinyDisk();
    const estate = await openEstate(['src/main/all.ts'], { HOAMI_DATA_DIR: disk.data });
    cleanUps.push(async () => estate.house.close());
    const filler = join(disk.blobs, 'filler');
    if (disk.isTiny) writeFileSync(filler, Buffer.alloc(1000 * 1024));
    const refused = await estate.ends(await estate.askEvery(10, 3));
    rmSync(filler, { force: true });
    const made = await estate.end((await estate.ask()).id);
    const status = disk.isTiny ? sayRefusal('en', 'storage-full', {}) : '';
    expect(refused.map((view) => view.status)).toEqual(Array(3).fill(status));
    expect(made.state).toBe('made');
    expect(await estate.leave()).toEqual([]);
  });
});

async function expectGoodEnd(estate: Estate, worker: Running): Promise<void> {
  worker.child.kill('SIGTERM');
  expect((await worker.ended).code).toBe(0);
  expect(await estate.leave()).toEqual([]);
}
