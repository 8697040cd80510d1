import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startSandbox } from '#src/sandbox/sandbox.ts';
import { SMALL } from '#test/sandbox/clips.ts';
import { createS3Outputs } from '#workers/blobs/s3-outputs.ts';
import { createAsyncInvoke, createVideoModel } from '#workers/models/async-invoke.ts';
import { lumaRay2 } from '#workers/models/luma-ray-2.ts';
import { openFilmSet, SECOND_MICROS } from './film-set.ts';

const CLIP_TAKES_MS = 150;
const LOOK_AFTER_MS = 30;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const ids = Array.from({ length: 10 }, (_, index) => `web-clip-${index}`);

it.each([
  ['who knows it, in the order in which they came', 1, 'throttle'],
  ['who hopes for more and is throttled', 3, 'throttle'],
  ['who hopes for more and is told of a quota', 3, 'quota-exceeded'],
] as const)('ten clips at a service that makes one at a time all arrive, by somebody %s', async (_, clipsAtOnce, limitedBy) => {
  const sandbox = await startSandbox({ modelTimeMs: 0, clips: { ...SMALL, timeMs: CLIP_TAKES_MS, atOnce: 1, limitedBy } });
  const place = { region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials };
  const outputs = createS3Outputs({ ...place, bucket: sandbox.bucket });
  const asyncInvoke = createAsyncInvoke({ ...place, outputs, log: quiet });
  const set = await openFilmSet({ clipsAtOnce, maker: createVideoModel(lumaRay2, asyncInvoke) });
  const patience = { notAfter: set.clockMs + 24 * 60 * 60_000 };
  for (const [index, id] of ids.entries()) await set.film({ id, acceptedAt: set.clockMs + index, ...patience });

  const waiting = new Set(ids);
  const arrived: string[] = [];
  while (waiting.size > 0) {
    for (const id of [...waiting].toReversed()) {
      if ((await set.run(id)).kind !== 'done') continue;
      waiting.delete(id);
      arrived.push(id);
    }
    set.clockMs += 5000;
    await sleep(LOOK_AFTER_MS);
  }

  expect(set.shown.map(({ kind }) => kind)).toEqual(ids.map(() => 'made'));
  expect(clipsAtOnce === 1 ? arrived : arrived.toSorted()).toEqual(ids);
  expect(sandbox.charges().calls.map(({ priceMicros }) => priceMicros)).toEqual(ids.map(() => 5 * SECOND_MICROS));
  asyncInvoke.close();
  outputs.close();
  await set.close();
  await sandbox.stop();
});
