import { parentPort, workerData } from 'node:worker_threads';
import encoders from 'h264-mp4-encoder';
import { z } from 'zod';
import { frameAt } from './motion.ts';

/** What the thread is given to do; it says the bytes of the mp4 back. */
const taskSchema = z.object({
  board: z.object({
    width: z.int(),
    height: z.int(),
    stills: z.array(z.instanceof(Uint8Array)),
    drift: z.object({ x: z.number(), y: z.number() }),
    isLooped: z.boolean(),
  }),
  /** Lies over every frame: four bytes for each pixel. */
  mark: z.instanceof(Uint8Array),
  frames: z.int().min(1),
  framesPerSecond: z.int().min(1),
});

const { board, mark, frames, framesPerSecond } = taskSchema.parse(workerData);
const pixels = board.width * board.height;
const marked = Array.from({ length: pixels }, (_, at) => at).filter((at) => (mark[at * 4 + 3] ?? 0) > 0);

/** As the encoder takes it: four bytes for each pixel, the last of which nobody looks at. */
function withMark(frame: Uint8Array): Uint8Array {
  const out = new Uint8Array(pixels * 4);
  for (let at = 0; at < pixels; at += 1) out.set(frame.subarray(at * 3, at * 3 + 3), at * 4);
  for (const at of marked) {
    const cover = (mark[at * 4 + 3] ?? 0) / 255;
    for (let channel = at * 4; channel < at * 4 + 3; channel += 1)
      out[channel] = (out[channel] ?? 0) * (1 - cover) + (mark[channel] ?? 0) * cover;
  }
  return out;
}

const encoder = await encoders.createH264MP4Encoder();
Object.assign(encoder, {
  width: board.width,
  height: board.height,
  frameRate: framesPerSecond,
  groupOfPictures: framesPerSecond * 2,
  quantizationParameter: 28,
  speed: 8,
});
encoder.initialize();
for (let frame = 0; frame < frames; frame += 1) encoder.addFrameRgba(withMark(frameAt(board, frame / Math.max(1, frames - 1))));
encoder.finalize();
const clip = new Uint8Array(encoder.FS.readFile(encoder.outputFilename));
parentPort?.postMessage(clip, [clip.buffer]);
