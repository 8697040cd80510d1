import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** 160×120: red, its right half blue, with a green square in the upper left corner, so that every turn and mirror image can be told. */
export const scene = (): Sharp => {
  const box = (width: number, height: number, background: string) => ({ create: { width, height, channels: 3, background } }) as const;
  return sharp(box(160, 120, '#cc2222')).composite([
    { input: box(80, 120, '#2222cc'), left: 80, top: 0 },
    { input: box(40, 40, '#22cc22'), left: 0, top: 0 },
  ]);
};

/** The scene as PNG, to be opened again: what is done to it then is done to the finished picture. */
export const scenePng = (): Promise<Buffer> => scene().removeAlpha().png().toBuffer();

export const heic = (): Promise<Buffer> => readFile(new URL('../../fixtures/pictures/portrait.heic', import.meta.url));

/** Colours that cannot be packed small. */
export const noise = (width: number, height: number, channels: 3 | 4 = 3): Sharp => {
  const pixels = Buffer.alloc(width * height * channels);
  let state = 1;
  for (let at = 0; at < pixels.byteLength; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[at] = state >>> 24;
  }
  return sharp(pixels, { raw: { width, height, channels } });
};

/** The name of the colour at a place, as far as a lossy format keeps it. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  const near = (value: number | undefined, wanted: number): boolean => Math.abs((value ?? -1) - wanted) < 24;
  const is = (...rgb: readonly number[]): boolean => rgb.every((value, index) => near(data[at + index], value));
  if (is(0xcc, 0x22, 0x22)) return 'red';
  if (is(0x22, 0x22, 0xcc)) return 'blue';
  if (is(0x22, 0xcc, 0x22)) return 'green';
  return `rgb(${data.subarray(at, at + 3).join(', ')})`;
}

/** A PNG of one bit a pixel and nothing but zeros: 16000×16000 of them are 31 KB. */
export function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 });
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A GIF, JPEG or WebP whose header claims another size than its pixels have. */
export async function claiming(format: 'gif' | 'jpeg' | 'webp', width: number, height: number): Promise<Buffer> {
  const bytes = await sharp(await scenePng())
    .toFormat(format, format === 'webp' ? { lossless: false } : {})
    .toBuffer();
  if (format === 'gif') {
    const descriptor = bytes.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    for (const at of [6, descriptor + 5]) {
      bytes.writeUInt16LE(width, at);
      bytes.writeUInt16LE(height, at + 2);
    }
  } else if (format === 'jpeg') {
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(height, frame + 5);
    bytes.writeUInt16BE(width, frame + 7);
  } else {
    const frame = bytes.indexOf(Buffer.from([0x9d, 0x01, 0x2a]));
    bytes.writeUInt16LE(width, frame + 3);
    bytes.writeUInt16LE(height, frame + 5);
  }
  return bytes;
}

/** The HEIC with another size written into it; as it is turned, its width is seen as its height. */
export async function heicClaiming(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(await heic());
  const extents = bytes.indexOf('ispe') + 8;
  bytes.writeUInt32BE(width, extents);
  bytes.writeUInt32BE(height, extents + 4);
  return bytes;
}
