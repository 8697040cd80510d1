import * as fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import type { Media } from '#src/core/media.ts';
import type { InputPictureLimits } from '#src/core/model.ts';
import { createImages } from '#workers/images/images.ts';
import { bomb, claiming, colourAt, heic, heicClaiming, noise, scene, scenePng } from './pictures.ts';

const LIMITS: InputPictureLimits = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  sidePixelsMin: 64,
  pixelsMax: 1024 * 1024,
  sideRatioMax: 2.5,
  bytesMax: 18_000_000,
};
const images = createImages();
const never = new AbortController().signal;
const prepare = async (bytes: Uint8Array, limits: Partial<InputPictureLimits> = {}): Promise<Media> =>
  images.prepare({ bytes }, { ...LIMITS, ...limits }, never);
const refusalOf = async (bytes: Uint8Array): Promise<object> => {
  const thrown: unknown = await prepare(bytes).catch((error: unknown) => error);
  if (!(thrown instanceof Refusal)) throw new Error('was not refused', { cause: thrown });
  return { code: thrown.code, details: thrown.details };
};
const animated = async (): Promise<Buffer> => {
  const frame = (background: string) => ({ create: { width: 100, height: 80, channels: 3, background } }) as const;
  const frames = await Promise.all(['#cc2222', '#2222cc'].map((colour) => sharp(frame(colour)).png().toBuffer()));
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
};

describe('a picture that was sent', () => {
  it.each<[string, () => Promise<Buffer>, Media['type']]>([
    [
      'JPEG',
      async () =>
        sharp(await scenePng())
          .jpeg()
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'progressive JPEG',
      async () =>
        sharp(await scenePng())
          .jpeg({ progressive: true })
          .toBuffer(),
      'image/jpeg',
    ],
    ['PNG', scenePng, 'image/png'],
    [
      'PNG with a palette',
      async () =>
        sharp(await scenePng())
          .png({ palette: true })
          .toBuffer(),
      'image/png',
    ],
    [
      'PNG of 16 bits',
      async () =>
        sharp(await scenePng())
          .toColourspace('rgb16')
          .png()
          .toBuffer(),
      'image/png',
    ],
    [
      'WebP',
      async () =>
        sharp(await scenePng())
          .webp()
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'GIF',
      async () =>
        sharp(await scenePng())
          .gif()
          .toBuffer(),
      'image/png',
    ],
    [
      'AVIF',
      async () =>
        sharp(await scenePng())
          .avif()
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'AVIF of 10 bits',
      async () =>
        sharp(await scenePng())
          .avif({ bitdepth: 10 })
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'AVIF of 12 bits',
      async () =>
        sharp(await scenePng())
          .avif({ bitdepth: 12 })
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'AVIF of half the colours',
      async () =>
        sharp(await scenePng())
          .avif({ chromaSubsampling: '4:2:0' })
          .toBuffer(),
      'image/jpeg',
    ],
    [
      'AVIF without loss',
      async () =>
        sharp(await scenePng())
          .avif({ lossless: true })
          .toBuffer(),
      'image/jpeg',
    ],
  ])('as %s becomes 8-bit sRGB that looks the same', async (_name, make, type) => {
    const media = await prepare(await make());
    expect(media.type).toBe(type);
    expect(await sharp(media.bytes).metadata()).toMatchObject({ width: 160, height: 120, space: 'srgb', depth: 'uchar', channels: 3 });
    expect([await colourAt(media.bytes, 10, 10), await colourAt(media.bytes, 10, 100), await colourAt(media.bytes, 150, 100)]).toEqual([
      'green',
      'red',
      'blue',
    ]);
  });

  it('as CMYK, which printers use, looks the same as far as ink can', async () => {
    const muted = sharp({ create: { width: 100, height: 80, channels: 3, background: '#a06050' } });
    const { bytes } = await prepare(await muted.toColourspace('cmyk').jpeg().toBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3 });
    const means = (await sharp(bytes).stats()).channels.map(({ mean }) => mean);
    for (const [index, wanted] of [0xa0, 0x60, 0x50].entries()) expect(Math.abs((means[index] ?? 0) - wanted)).toBeLessThan(16);
  });

  it('as HEIC is shown upright, as the telephone meant it', async () => {
    const { bytes, type } = await prepare(await heic());
    expect(type).toBe('image/jpeg');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 120, height: 160, channels: 3, space: 'srgb' });
    expect([await colourAt(bytes, 10, 150), await colourAt(bytes, 110, 150), await colourAt(bytes, 60, 10)]).toEqual([
      'green',
      'red',
      'blue',
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is turned as its orientation %i says, and says so no more', async (orientation) => {
    const upright = await scenePng();
    const turned = { 1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 270, 7: 90, 8: 90 }[orientation] ?? 0;
    const mirrored = [2, 4, 5, 7].includes(orientation);
    // What the camera holds is the scene turned back; its note tells the viewer to undo that.
    const held = await sharp(await sharp(upright).flop(mirrored).toBuffer())
      .rotate(turned)
      .toBuffer();
    const { bytes } = await prepare(await sharp(held).withMetadata({ orientation }).jpeg().toBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 160, height: 120 });
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
    expect([await colourAt(bytes, 10, 10), await colourAt(bytes, 150, 60)]).toEqual(['green', 'blue']);
  });

  it('loses everything that was said about it: place, time, author, profile', async () => {
    const told = await sharp(await scenePng())
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 46/1 37/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .withIccProfile('srgb')
      .jpeg()
      .toBuffer();
    expect(await sharp(told).metadata()).toMatchObject({ exif: expect.anything(), xmp: expect.anything(), icc: expect.anything() });
    for (const bytes of [
      told,
      await heic(),
      await sharp(told).keepMetadata().png().toBuffer(),
      await sharp(told).keepMetadata().webp().toBuffer(),
    ]) {
      expect(bytes.includes('Exif') || bytes.includes('eXIf') || bytes.includes('EXIF')).toBe(true);
      const prepared = await prepare(bytes);
      const { exif, xmp, icc, iptc, comments } = await sharp(prepared.bytes).metadata();
      expect({ exif, xmp, icc, iptc, comments }).toEqual({});
      for (const trace of ['Exif', 'eXIf', 'somebody', 'secret', 'ICC_PROFILE'])
        expect(Buffer.from(prepared.bytes).includes(trace)).toBe(false);
    }
  });

  it('keeps its colours when they were written for another kind of screen', async () => {
    const wide = await sharp(await scenePng())
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const asNumbers = await sharp(wide, { ignoreIcc: true }).png().toBuffer();
    expect(await colourAt(asNumbers, 10, 10)).not.toBe('green');
    expect(await colourAt((await prepare(wide)).bytes, 10, 10)).toBe('green');
  });

  it.each<[string, () => Promise<Buffer>]>([
    [
      '8 bits',
      async () =>
        sharp(await scenePng())
          .greyscale()
          .png()
          .toBuffer(),
    ],
    [
      '16 bits',
      async () =>
        sharp(await scenePng())
          .greyscale()
          .toColourspace('grey16')
          .png()
          .toBuffer(),
    ],
    [
      'JPEG',
      async () =>
        sharp(await scenePng())
          .greyscale()
          .jpeg()
          .toBuffer(),
    ],
    [
      'an opaque layer',
      async () =>
        sharp(await scenePng())
          .ensureAlpha()
          .greyscale()
          .png()
          .toBuffer(),
    ],
    ['one bit', () => Promise.resolve(bomb(160, 120))],
  ])('in grey (%s) has three equal channels', async (_name, make) => {
    const { bytes } = await prepare(await make());
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 160, height: 120, channels: 3, depth: 'uchar' });
    const { channels } = await sharp(bytes).stats();
    expect(new Set(channels.map(({ mean }) => Math.round(mean))).size).toBe(1);
  });

  it('says how opaque it is only when it is not', async () => {
    const { bytes } = await prepare(
      await sharp(await scenePng())
        .ensureAlpha(1)
        .png()
        .toBuffer(),
    );
    expect(await sharp(bytes).metadata()).toMatchObject({ channels: 3, hasAlpha: false });
  });

  it('keeps what can be seen through', async () => {
    const pane = await sharp({ create: { width: 100, height: 100, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0.5 } } })
      .webp()
      .toBuffer();
    const { bytes, type } = await prepare(pane);
    expect(type).toBe('image/png');
    expect((await sharp(bytes).stats()).channels[3]?.mean).toBeCloseTo(128, -1);
  });

  it('shows its first picture when it moves', async () => {
    const { bytes } = await prepare(await animated());
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 100, height: 80 });
    expect(await colourAt(bytes, 50, 40)).toBe('red');
  });

  it('is scaled down to what the model takes, and never up', async () => {
    const large = await prepare(
      await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#888' } })
        .jpeg()
        .toBuffer(),
    );
    const { width, height } = await images.measure(large);
    expect(width * height).toBeLessThanOrEqual(LIMITS.pixelsMax);
    expect(width * height).toBeGreaterThan(LIMITS.pixelsMax * 0.98);
    expect(width / height).toBeCloseTo(1.5, 2);
  });

  it('that is a panorama gets borders instead of being cut', async () => {
    const wide = await sharp(await scenePng())
      .resize(800, 100, { fit: 'fill' })
      .png()
      .toBuffer();
    const { bytes } = await prepare(wide);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 800, height: 320 });
    expect([await colourAt(bytes, 5, 115), await colourAt(bytes, 5, 205), await colourAt(bytes, 795, 160)]).toEqual([
      'green',
      'red',
      'blue',
    ]);
  });

  it('is a JPEG when it would be too heavy as PNG, and refused when it must not be', async () => {
    const bytesMax = 300_000;
    const opaque = await prepare(await noise(400, 400).png().toBuffer(), { bytesMax });
    expect(opaque.type).toBe('image/jpeg');
    expect(opaque.bytes.byteLength).toBeLessThanOrEqual(bytesMax);
    const seeThrough = await noise(400, 400, 4).png().toBuffer();
    await expect(prepare(seeThrough, { bytesMax })).rejects.toMatchObject({ code: 'picture-too-heavy' });
  });

  it('is of no type that the model does not take', async () => {
    expect((await prepare(await scenePng(), { types: ['image/jpeg'] })).type).toBe('image/jpeg');
    expect(
      (
        await prepare(
          await sharp(await scenePng())
            .jpeg()
            .toBuffer(),
          { types: ['image/png'] },
        )
      ).type,
    ).toBe('image/png');
  });
});

describe('a picture that cannot be used', () => {
  const svg =
    '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image href="file:///etc/passwd"/></svg>';

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, object]>([
    ['0 bytes', () => new Uint8Array(), { code: 'picture-empty', details: {} }],
    ['30 MB', () => new Uint8Array(30_000_000), { code: 'picture-too-heavy', details: { limitMegabytes: 20 } }],
    ['an SVG', () => Buffer.from(svg), { code: 'picture-type', details: { found: 'SVG' } }],
    ['a PDF called .png', () => Buffer.from('%PDF-1.7\n%âãÏÓ'), { code: 'picture-type', details: { found: 'PDF' } }],
    ['text', () => Buffer.from('một con mèo'), { code: 'picture-type', details: { found: 'TXT' } }],
    [
      '63 pixels of height',
      async () =>
        sharp(await scenePng())
          .resize(500, 63)
          .png()
          .toBuffer(),
      { code: 'picture-too-small', details: { width: 500, height: 63, limitPixels: 64 } },
    ],
    [
      '16000×16000 in 31 KB',
      () => bomb(16_000, 16_000),
      { code: 'picture-too-large', details: { width: 16_000, height: 16_000, limitMegapixels: 50 } },
    ],
    [
      'a GIF that claims to be huge',
      () => claiming('gif', 65_535, 65_535),
      { code: 'picture-too-large', details: { width: 65_535, height: 65_535, limitMegapixels: 50 } },
    ],
    [
      'a JPEG that claims to be huge',
      () => claiming('jpeg', 65_500, 65_500),
      { code: 'picture-too-large', details: { width: 65_500, height: 65_500, limitMegapixels: 50 } },
    ],
    [
      'a WebP that claims to be huge',
      () => claiming('webp', 16_000, 16_000),
      { code: 'picture-too-large', details: { width: 16_000, height: 16_000, limitMegapixels: 50 } },
    ],
    [
      'a HEIC that claims more than its slow decoder is given',
      () => heicClaiming(6000, 5000),
      { code: 'picture-too-large', details: { width: 5000, height: 6000, limitMegapixels: 25 } },
    ],
    ['the first bytes of a PNG and nothing more', async () => (await scenePng()).subarray(0, 8), { code: 'picture-broken', details: {} }],
    ['HEIC without its end', async () => (await heic()).subarray(0, 700), { code: 'picture-broken', details: {} }],
  ])('because it is %s is refused with the reason', async (_name, make, expected) => {
    expect(await refusalOf(await make())).toEqual(expected);
  });

  it('because of its pixels is refused before they take memory', async () => {
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 5; round += 1) await refusalOf(bomb(16_000, 16_000));
    // Decoded it is 256 MB and more.
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)(
    'because its download broke off is refused, wherever that was: %s',
    async (format) => {
      const whole = await noise(200, 150).toFormat(format).toBuffer();
      for (const part of [0.02, 0.3, 0.6, 0.9, 0.99]) {
        expect(await refusalOf(whole.subarray(0, Math.floor(whole.byteLength * part)))).toEqual({ code: 'picture-broken', details: {} });
      }
    },
  );

  it.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'heic'] as const)(
    'because somebody tampered with it never does worse than being refused: %s',
    async (format) => {
      const whole = format === 'heic' ? await heic() : await scene().toFormat(format).toBuffer();
      const damage = fc.array(fc.tuple(fc.nat(whole.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(damage, async (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          const result: unknown = await prepare(bytes).catch((error: unknown) => error);
          expect(result instanceof Refusal || (result !== null && typeof result === 'object' && 'type' in result)).toBe(true);
        }),
        { numRuns: format === 'heic' ? 6 : 40 },
      );
    },
  );

  it('is not blamed when the job is given up', async () => {
    const giving = AbortSignal.abort(new Error('stopping'));
    await expect(images.prepare({ bytes: await scenePng() }, LIMITS, giving)).rejects.toThrow('stopping');
  });
});

describe('the picture library', () => {
  it('can open nothing that nobody may send, and no file', async () => {
    const tiff = Buffer.from('49492a0008000000', 'hex');
    await expect(sharp(tiff).metadata()).rejects.toThrow(/unsupported image format/);
    await expect(sharp(new URL('../../fixtures/pictures/portrait.heic', import.meta.url).pathname).metadata()).rejects.toThrow(
      /unsupported/,
    );
  });
});
