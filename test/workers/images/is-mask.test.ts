import sharp from 'sharp';
import { expect, it } from 'vitest';
import { isMask } from '#workers/images/is-mask.ts';
import { scenePng } from './pictures.ts';

const drawn = (inner: string) => sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320">${inner}</svg>`));
const png = async (inner: string): Promise<Buffer> => drawn(inner).png().toBuffer();

const BLACK = '<rect width="100%" height="100%"/>';
const CIRCLED = `${BLACK}<circle cx="240" cy="160" r="90" fill="white"/>`;
const SOFT = `<filter id="b"><feGaussianBlur stdDeviation="4"/></filter>${BLACK}<circle cx="240" cy="160" r="90" fill="white" filter="url(#b)"/>`;
const HOLE = '<path d="M0 0H480V320H0ZM160 100V260H320V100Z" fill-rule="evenodd"/>';
const RAMP =
  '<linearGradient id="r"><stop offset="0"/><stop offset="1" stop-color="white"/></linearGradient><rect width="100%" height="100%" fill="url(#r)"/>';

const PAPER = '<rect width="100%" height="100%" fill="white"/>';
const INKED = `${PAPER}<path d="M60 260C120 40 200 40 240 160S380 280 420 60M80 80H400M120 300L360 20" fill="none" stroke="black" stroke-width="6"/>`;

it.each<[string, boolean, () => Promise<Uint8Array>]>([
  ['white on black', true, () => png(CIRCLED)],
  ['white on black as JPEG', true, () => drawn(CIRCLED).jpeg({ quality: 40 }).toBuffer()],
  ['a soft brush on black', true, () => png(SOFT)],
  ['a hole in black', true, () => png(HOLE)],
  ['nothing but black', false, () => png(BLACK)],
  ['nothing but white', false, () => png(PAPER)],
  ['ink on white paper', false, () => png(INKED)],
  ['colours', false, () => scenePng()],
  ['greys', false, () => png(RAMP)],
  ['a hole in colours', false, () => png(HOLE.replace('/>', ' fill="#9cf"/>'))],
  ['white on blue', false, () => png(CIRCLED.replace('height="100%"', 'height="100%" fill="#128"'))],
])('%s is a mask: %s', async (_, isOne, draw) => {
  expect(await isMask({ bytes: await draw(), type: 'image/png' })).toBe(isOne);
});
