import sharp from 'sharp';
import type { Media } from '#src/core/media.ts';
import type { SizePixels } from '#src/core/model.ts';

const SIDE_PIXELS_MAX = 1280;
const SIDE_PIXELS_MIN = 16;
const BACKGROUND = '#20242c';
const SIGN = '#e8e4dc';

/** A picture that stands for a clip of which nobody can read a frame: its shape, and the sign of something that plays. */
export async function drawPlainPoster({ width, height }: SizePixels): Promise<Media> {
  const scale = Math.min(1, SIDE_PIXELS_MAX / Math.max(width, height));
  const [across, along] = [width, height].map((side) => Math.max(SIDE_PIXELS_MIN, Math.round(side * scale)));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${along}">
    <rect width="100%" height="100%" fill="${BACKGROUND}"/>
    <svg viewBox="-50 -50 100 100"><circle r="14" fill="none" stroke="${SIGN}" stroke-width="2"/><path d="M-4 -7 L8 0 L-4 7 Z" fill="${SIGN}"/></svg>
  </svg>`;
  return { bytes: await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer(), type: 'image/png' };
}
