import { assert, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTo } from '#workers/images/fit.ts';

const limits = (pixelsMax: number, sideRatioMax: number) => ({
  types: [],
  sidePixelsMin: 64,
  pixelsMax,
  sideRatioMax,
  bytesMax: 1,
});

describe('the fit of a picture', () => {
  const side = integer({ min: 64, max: 20_000 });
  const anything = record({
    width: side,
    height: side,
    pixelsMax: integer({ min: 65_536, max: 9_437_184 }),
    ratio: double({ min: 1, max: 4, noNaN: true }),
  });

  it('is within every limit, cuts nothing, enlarges nothing and keeps the proportions', () => {
    assert(
      property(anything, ({ width, height, pixelsMax, ratio }) => {
        const { inner, outer } = fitTo({ width, height }, limits(pixelsMax, ratio));
        expect(Math.max(outer.width, outer.height) / Math.min(outer.width, outer.height)).toBeLessThanOrEqual(ratio);
        expect(outer.width * outer.height).toBeLessThanOrEqual(pixelsMax);
        expect(inner.width <= outer.width && inner.height <= outer.height).toBe(true);
        expect(inner.width <= width && inner.height <= height).toBe(true);
        // Some one scale gives both sides, to a pixel.
        const least = Math.max((inner.width - 1) / width, (inner.height - 1) / height);
        const most = Math.min((inner.width + 1) / width, (inner.height + 1) / height);
        expect(least).toBeLessThanOrEqual(most);
      }),
    );
  });

  it.each([
    [
      { width: 1000, height: 1000 },
      { inner: { width: 1000, height: 1000 }, outer: { width: 1000, height: 1000 } },
    ],
    [
      { width: 2500, height: 1000 },
      { inner: { width: 1617, height: 647 }, outer: { width: 1617, height: 647 } },
    ],
    [
      { width: 400, height: 100 },
      { inner: { width: 400, height: 100 }, outer: { width: 400, height: 160 } },
    ],
    [
      { width: 100, height: 1000 },
      { inner: { width: 100, height: 1000 }, outer: { width: 400, height: 1000 } },
    ],
  ])('of %j within a megapixel and 2.5:1', (size, expected) => {
    expect(fitTo(size, limits(1024 * 1024, 2.5))).toEqual(expected);
  });

  it('has no side that is too long, where a model says so, whatever the pixels allow', () => {
    const short = { ...limits(1_048_576, 16), sidePixelsMax: 1536 };
    expect(fitTo({ width: 4000, height: 400 }, short).outer).toEqual({ width: 1536, height: 153 });
    expect(fitTo({ width: 1000, height: 900 }, short).outer).toEqual({ width: 1000, height: 900 });
  });
});
