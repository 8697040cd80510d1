import type { InputPictureLimits, SizePixels } from '#src/core/model.ts';

/** How a picture is brought within limits: scaled to `inner`, then set in the middle of `outer`. Nothing is ever cut off. */
export interface Fit {
  readonly inner: SizePixels;
  readonly outer: SizePixels;
}

/**
 * Scales down, never up, until the pixels are few enough and the sides short enough. A picture that is too long and narrow is given borders along its long sides:
 * cutting would take away what somebody wanted to be seen.
 */
export function fitTo(
  { width, height }: SizePixels,
  { pixelsMax, sideRatioMax, sidePixelsMax = Number.POSITIVE_INFINITY }: InputPictureLimits,
): Fit {
  const wide = Math.max(width, height / sideRatioMax);
  const high = Math.max(height, width / sideRatioMax);
  const scale = Math.min(1, Math.sqrt(pixelsMax / (wide * high)), sidePixelsMax / Math.max(wide, high));
  const roomWidth = down(wide * scale);
  const roomHeight = down(high * scale);
  // Rounding the short side down may have made the whole too long by a pixel.
  const outer = {
    width: Math.min(roomWidth, Math.floor(roomHeight * sideRatioMax)),
    height: Math.min(roomHeight, Math.floor(roomWidth * sideRatioMax)),
  };
  const inner = { width: Math.min(outer.width, down(width * scale)), height: Math.min(outer.height, down(height * scale)) };
  return { inner, outer };
}

/** A hair is added against the rounding errors of the scale, which would take a pixel off a picture that fits. */
const down = (pixels: number): number => Math.max(1, Math.floor(pixels + 1e-9 * pixels));
