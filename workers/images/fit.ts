import type { InputPictureLimits, SizePixels } from '#src/core/model.ts';

/** How a picture is brought within limits: scaled to `inner`, then set in the middle of `outer`. Nothing is ever cut off. */
export interface Fit {
  readonly inner: SizePixels;
  readonly outer: SizePixels;
}

/**
 * Scales down, never up, until the pixels are few enough. A picture that is too long and narrow is given borders along its long sides:
 * cutting would take away what somebody wanted to be seen.
 */
export function fitTo({ width, height }: SizePixels, { pixelsMax, sideRatioMax }: InputPictureLimits): Fit {
  const outerWidth = Math.max(width, height / sideRatioMax);
  const outerHeight = Math.max(height, width / sideRatioMax);
  const scale = Math.min(1, Math.sqrt(pixelsMax / (outerWidth * outerHeight)));
  const inner = { width: down(width * scale), height: down(height * scale) };
  return {
    inner,
    outer: {
      width: Math.max(inner.width, Math.ceil(inner.height / sideRatioMax)),
      height: Math.max(inner.height, Math.ceil(inner.width / sideRatioMax)),
    },
  };
}

/** A hair is added against the rounding errors of the scale, which would take a pixel off a picture that fits. */
const down = (pixels: number): number => Math.max(1, Math.floor(pixels + 1e-6));
