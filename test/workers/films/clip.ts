import { writeFile } from 'node:fs/promises';
import { createH264MP4Encoder } from 'h264-mp4-encoder';

interface ClipWish {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** Frames of noise are as heavy as frames can be. */
  readonly noise?: boolean;
}

const FRAMES_A_SECOND = 12;

/** A real clip: a grey that becomes lighter, or noise. */
export async function writeClip(path: string, { width, height, seconds, noise = false }: ClipWish): Promise<void> {
  const encoder = await createH264MP4Encoder();
  Object.assign(encoder, { width, height, frameRate: FRAMES_A_SECOND, quantizationParameter: noise ? 12 : 33 });
  encoder.initialize();
  const frames = seconds * FRAMES_A_SECOND;
  let state = 1;
  for (let frame = 0; frame < frames; frame += 1) {
    const pixels = new Uint8Array(width * height * 4).fill(Math.floor((frame / frames) * 255));
    if (noise)
      for (let at = 0; at < pixels.length; at += 1) {
        state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
        pixels[at] = state >> 16;
      }
    encoder.addFrameRgba(pixels);
  }
  encoder.finalize();
  await writeFile(path, encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
}
