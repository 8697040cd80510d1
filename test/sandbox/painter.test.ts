import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MOTIFS } from '#src/sandbox/painter/motifs/catalogue.ts';
import { compose } from '#src/sandbox/painter/compose.ts';
import { paint, type PaintOrder } from '#src/sandbox/painter/paint.ts';

const order = (changes: Partial<PaintOrder> = {}): PaintOrder => ({
  prompt: 'a red car in the city',
  negativePrompt: '',
  width: 256,
  height: 256,
  seed: 7,
  format: 'png',
  ...changes,
});

async function pixelsOf(picture: Uint8Array): Promise<Buffer> {
  return sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer();
}

/** Mean absolute difference of the pixels, the corner with the mark left out. */
async function distance(one: Uint8Array, other: Uint8Array, width: number, height: number): Promise<number> {
  const [a, b] = [await pixelsOf(one), await pixelsOf(other)];
  const end = Math.floor(height * 0.85) * width * 3;
  let sum = 0;
  for (let index = 0; index < end; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / end;
}

async function photograph(width: number, height: number): Promise<Buffer> {
  const stripes = Array.from(
    { length: 8 },
    (_, index) => `<rect x="${index * 12.5}%" width="12.5%" height="100%" fill="hsl(${index * 45} 60% ${30 + index * 6}%)"/>`,
  );
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${stripes.join('')}<circle cx="50%" cy="50%" r="20%" fill="#fff"/></svg>`;
  return sharp(Buffer.from(drawing)).jpeg().toBuffer();
}

describe('painting', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('gives a real %s of the size ordered', async (format) => {
    const { format: actual, width, height, channels } = await sharp(await paint(order({ format, width: 336, height: 144 }))).metadata();
    expect({ actual, width, height, channels }).toEqual({ actual: format, width: 336, height: 144, channels: 3 });
  });

  it('gives the same bytes for the same order, and others for another seed', async () => {
    const [first, again, other] = await Promise.all([paint(order()), paint(order()), paint(order({ seed: 8 }))]);
    expect(first.equals(again)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });

  it('writes no text, so that no font of the machine is needed', () => {
    for (const prompt of ['a girl in ao dai', 'nỗi nhớ', 'neon city at night', 'a book on a table']) {
      const { backdrop, subjects } = compose(order({ prompt }));
      expect(backdrop + subjects).not.toContain('<text');
    }
  });

  it.each([
    ['a red car', [217, 64, 47]],
    ['một chiếc ô tô xanh dương', [58, 120, 196]],
  ] as const)('paints %s in the colour asked for', async (prompt, [red, green, blue]) => {
    const data = await pixelsOf(await paint(order({ prompt: `${prompt} on a meadow, sunny`, width: 512, height: 512 })));
    let near = 0;
    for (let index = 0; index < data.length; index += 3) {
      const off = Math.abs((data[index] ?? 0) - red) + Math.abs((data[index + 1] ?? 0) - green) + Math.abs((data[index + 2] ?? 0) - blue);
      if (off < 40) near += 1;
    }
    expect(near / (512 * 512)).toBeGreaterThan(0.02);
  });

  it('marks every picture in its lower right corner, whatever the words', async () => {
    for (const prompt of ['snow', 'night', 'no sandbox, no text, no mark']) {
      const corner = { left: 512 - 150, top: 512 - 34, width: 140, height: 24 };
      const { channels } = await sharp(
        await sharp(await paint(order({ prompt, width: 512, height: 512 })))
          .extract(corner)
          .png()
          .toBuffer(),
      ).stats();
      expect(
        channels.map(({ max, min }) => max - min).every((range) => range > 110),
        prompt,
      ).toBe(true);
    }
  });

  it('has something to show for any words at all', async () => {
    for (const prompt of ['', '🐉🔥', 'zzz', '\u0000<svg>&"', 'x'.repeat(12_000)]) {
      const { entropy } = await sharp(await paint(order({ prompt }))).stats();
      expect(entropy, prompt.slice(0, 10)).toBeGreaterThan(3);
    }
  });

  it('refuses sizes that would not fit in memory, and bytes that are no picture', async () => {
    await expect(paint(order({ width: 20_000 }))).rejects.toThrow(RangeError);
    await expect(paint(order({ height: 0 }))).rejects.toThrow(RangeError);
    await expect(paint(order({ image: Buffer.from('no picture'), strength: 0.5 }))).rejects.toThrow('unsupported image format');
  });

  it('draws each motif as SVG that a renderer accepts, within a bounded length', async () => {
    for (const name of Object.keys(MOTIFS)) {
      const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      const { backdrop, subjects } = compose(order({ prompt: words }));
      expect((backdrop + subjects).length, name).toBeLessThan(400_000);
      expect(backdrop + subjects, name).not.toMatch(/NaN|undefined|Infinity/);
    }
    expect(Object.keys(MOTIFS).length).toBeGreaterThanOrEqual(30);
  });
});

describe('transforming a picture', () => {
  const size = { width: 320, height: 192 };

  it('keeps it at strength 0, leaves it further behind with every step, and ignores it at 1', async () => {
    const image = await photograph(size.width, size.height);
    for (const prompt of ['three cats at sunset', 'thuyền trên vịnh hạ long', 'xyzzy']) {
      const strengths = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1];
      const made = await Promise.all(strengths.map((strength) => paint(order({ ...size, prompt, image, strength }))));
      const distances = await Promise.all(made.map((picture) => distance(image, picture, size.width, size.height)));
      expect(distances[0], prompt).toBeLessThan(1);
      for (const [index, far] of distances.entries())
        expect(far - (distances[index - 1] ?? -1), `${prompt} at ${strengths[index]}`).toBeGreaterThan(0.5);
      expect(made.at(-1)?.equals(await paint(order({ ...size, prompt }))), prompt).toBe(true);
    }
  });

  it.each(['b-w', 'cmyk', 'rgb16'] as const)('takes a picture in %s', async (space) => {
    const plain = sharp(await photograph(160, 120)).toColourspace(space);
    const image = await (space === 'cmyk' ? plain.jpeg() : plain.png()).toBuffer();
    const [kept, painted] = await Promise.all([0, 1].map((strength) => paint(order({ width: 160, height: 120, image, strength }))));
    expect(await distance(image, kept ?? image, 160, 120)).toBeLessThan(6);
    expect(await distance(image, painted ?? image, 160, 120)).toBeGreaterThan(20);
  });

  it('gives the size ordered, whatever the size of the picture given', async () => {
    const made = await sharp(await paint(order({ width: 200, height: 320, image: await photograph(500, 90), strength: 0.5 }))).metadata();
    expect([made.width, made.height]).toEqual([200, 320]);
  });
});
