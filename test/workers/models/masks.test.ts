import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mark } from '#src/core/images.ts';
import type { Media } from '#src/core/media.ts';
import type { TaskKind } from '#src/core/request.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { createImages } from '#workers/images/images.ts';
import { createBedrock, createImageModel, type Bedrock } from '#workers/models/bedrock.ts';
import { specs } from '#workers/models/catalogue.ts';
import type { ImageModelSpec } from '#workers/models/spec.ts';
import { input, present } from './inputs.ts';

const WIDTH = 400;
const HEIGHT = 320;
const never = new AbortController().signal;
const images = createImages();

/** Every model that reads masks, with every task for which it does. */
const readers = specs
  .filter(({ card }) => card.lifecycle.status !== 'never')
  .flatMap((spec) => Object.keys(spec.card.editing?.masks ?? {}).map((task) => [spec.card.id, task, spec] as const));

let sandbox: Sandbox;
let bedrocks: readonly Bedrock[];
beforeAll(async () => {
  sandbox = await startSandbox({ modelTimeMs: 0, revived: specs.map(({ card }) => card.bedrockId) });
  const silent = (): void => {};
  const log = { info: silent, warn: silent, error: silent };
  const { url: endpoint, credentials } = sandbox;
  bedrocks = ['us-west-2', 'us-east-1'].map((region) => createBedrock({ region, endpoint, credentials, log }));
});
afterAll(async () => {
  for (const bedrock of bedrocks) bedrock.close();
  await sandbox.stop();
});

/** No two neighbouring pixels are alike, so that any that is touched shows. */
async function noisy(): Promise<Media> {
  const data = Buffer.from(Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => (at * 97 + Math.floor(at / 7) * 31) % 256));
  const bytes = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png()
    .toBuffer();
  return { bytes, type: 'image/png' };
}

/** What a person sends: the left part is white, which is what they want changed. */
async function drawnMask(): Promise<Media> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%"/><rect x="40" y="60" width="120" height="200" fill="white"/></svg>`;
  return { bytes: await sharp(Buffer.from(svg)).png().toBuffer(), type: 'image/png' };
}
const isMarked = (x: number, y: number): boolean => x >= 40 && x < 160 && y >= 60 && y < 260;

interface Raw {
  readonly data: Buffer;
  readonly width: number;
}
async function rawOf({ bytes }: Media): Promise<Raw> {
  const { data, info } = await sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width };
}
const pixelOf = ({ data, width }: Raw, x: number, y: number): string =>
  data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3).toString('hex');

async function edit(spec: ImageModelSpec, task: TaskKind, picture: Media, mark: Mark): Promise<Media> {
  const rules = present(spec.card.editing?.masks?.[task]);
  const marked = await images.mark(picture, mark, rules, never);
  const bedrock = present(bedrocks[spec.card.regions.includes('us-west-2') ? 0 : 1]);
  const asked = input({ task, prompt: task === 'erase' ? '' : 'a red lantern', image: marked.picture, mask: marked.mask, growPixels: 0 });
  return (await createImageModel(spec, bedrock).generate(asked, never)).media;
}

/** How many of the pixels are as they were, of those that were to change and of those that were not. */
function compare(before: Raw, after: Raw, wasMeant: (x: number, y: number) => boolean, left = 0): { meant: number; other: number } {
  const same = { meant: 0, other: 0 };
  const all = { meant: 0, other: 0 };
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const side = wasMeant(x, y) ? 'meant' : 'other';
      all[side] += 1;
      if (pixelOf(before, x, y) === pixelOf(after, x + left, y)) same[side] += 1;
    }
  }
  return { meant: same.meant / Math.max(1, all.meant), other: same.other / all.other };
}

describe.each(readers.filter(([, task]) => task !== 'outpaint'))('%s, told where to %s', (_id, task, spec) => {
  it('changes what the person marked and not one pixel beside it', async () => {
    const picture = await noisy();
    const kind = present(spec.card.tasks.find((known) => known === task));
    const made = await edit(spec, kind, picture, { kind: 'mask', mask: await drawnMask() });
    const kept = compare(await rawOf(picture), await rawOf(made), isMarked);
    expect(kept.other).toBe(1);
    expect(kept.meant).toBeLessThan(0.05);
  });

  it('does the same for what is see-through in the picture', async () => {
    const picture = await noisy();
    const hole = {
      input: { create: { width: 120, height: 200, channels: 4, background: '#000' } },
      left: 40,
      top: 60,
      blend: 'dest-out',
    } as const;
    const cut = { bytes: await sharp(picture.bytes).ensureAlpha().composite([hole]).png().toBuffer(), type: 'image/png' } as const;
    const kind = present(spec.card.tasks.find((known) => known === task));
    const made = await edit(spec, kind, cut, { kind: 'transparency' });
    expect(compare(await rawOf(picture), await rawOf(made), isMarked).other).toBe(1);
    expect((await sharp(made.bytes).metadata()).hasAlpha).toBe(false);
  });
});

describe.each(readers.filter(([, task]) => task === 'outpaint'))('%s, told to go on beyond the edges', (_id, _task, spec) => {
  it('adds exactly the margins and leaves the picture as it was', async () => {
    const picture = await noisy();
    const made = await edit(spec, 'outpaint', picture, { kind: 'margins', margins: { left: 64, right: 0, up: 0, down: 32 } });
    expect(await images.measure(made)).toEqual({ width: WIDTH + 64, height: HEIGHT + 32 });
    expect(compare(await rawOf(picture), await rawOf(made), () => false, 64).other).toBe(1);
  });
});
