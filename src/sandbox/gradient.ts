import sharp from 'sharp';
import type { Paint } from './paint.ts';

/** A plain picture of the right size and type. */
export const paintGradient: Paint = async ({ prompt, width, height, seed, format }) => {
  const hue = (seed + prompt.length * 37) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="g"><stop stop-color="hsl(${hue},60%,60%)"/><stop offset="1" stop-color="hsl(${(hue + 60) % 360},60%,40%)"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().toFormat(format).toBuffer();
};
