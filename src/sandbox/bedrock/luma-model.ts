import { z } from 'zod';
import { complaintAbout, type FieldRule, type ObjectRule, type PictureLimits } from './fields.ts';
import { checkPicture } from './picture.ts';
import type { Json, Size } from './rules.ts';
import { failedReading, type ClipReading, type VideoModelRules } from './video-rules.ts';

const TOKENS_MAX = 300;
const RATIOS = ['1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21'];
const SHORT_SIDES: Readonly<Record<string, number>> = { '540p': 540, '720p': 720 };

const limits: PictureLimits = {
  formats: ['jpeg', 'png'],
  sideMin: 512,
  sideMax: 4096,
  pixelsMin: 0,
  pixelsMax: 4096 * 4096,
  ratioMax: Number.POSITIVE_INFINITY,
  bytesMax: Number.POSITIVE_INFINITY,
};

const keyframe: FieldRule = {
  kind: 'object',
  required: ['type', 'source'],
  fields: {
    type: { kind: 'choice', choices: ['image'] },
    source: {
      kind: 'object',
      required: ['type', 'media_type', 'data'],
      fields: {
        type: { kind: 'choice', choices: ['base64'] },
        media_type: { kind: 'choice', choices: ['image/jpeg', 'image/png'] },
        data: { kind: 'picture', limits },
      },
    },
  },
};

const BODY: ObjectRule = {
  kind: 'object',
  required: [],
  fields: {
    prompt: { kind: 'text', lengthMin: 1, lengthMax: 5000 },
    aspect_ratio: { kind: 'choice', choices: RATIOS },
    duration: { kind: 'choice', choices: ['5s', '9s'] },
    resolution: { kind: 'choice', choices: ['540p', '720p'] },
    loop: { kind: 'flag' },
    keyframes: { kind: 'object', required: [], fields: { frame0: keyframe, frame1: keyframe } },
  },
};

const frameSchema = z.object({ source: z.object({ media_type: z.string(), data: z.string() }) });
/** A sound body. Its defaults are not documented: these are what clients take them to be. */
const bodySchema = z.object({
  prompt: z.string(),
  aspect_ratio: z.string().default('16:9'),
  duration: z.string().default('5s'),
  resolution: z.string().default('720p'),
  loop: z.boolean().default(false),
  keyframes: z.object({ frame0: frameSchema.optional(), frame1: frameSchema.optional() }).default({}),
});
type Frame = z.infer<typeof frameSchema>;

const textSchema = z.object({ prompt: z.string().catch('') });
const promptOf = (input: Json): string => textSchema.parse(input).prompt;

async function read(input: Json): Promise<ClipReading> {
  // The one wording of a failure that was seen for certain.
  if (promptOf(input) === '') return failedReading('prompt is required');
  const complaint = complaintAbout(BODY, input);
  if (complaint !== undefined) return failedReading(complaint.message);
  const { prompt, aspect_ratio: ratio, duration, resolution, loop, keyframes } = bodySchema.parse(input);
  if (tokensIn(prompt) > TOKENS_MAX) return failedReading(`prompt: must have at most ${TOKENS_MAX} tokens`);
  const frames: (Buffer | undefined)[] = [];
  for (const [name, frame] of [['frame0', keyframes.frame0] as const, ['frame1', keyframes.frame1] as const]) {
    const checked = await checkFrame(name, frame);
    if (typeof checked === 'string') return failedReading(checked);
    frames.push(checked);
  }
  const [first, last] = frames;
  const size = sizeOf(ratio, SHORT_SIDES[resolution] ?? 0);
  return {
    kind: 'order',
    order: { prompt, size, resolution, durationSeconds: Number.parseInt(duration, 10), isLooped: loop, first, last },
  };
}

/** The bytes, or what is wrong with them. They have to be what they are called. */
async function checkFrame(name: string, frame: Frame | undefined): Promise<Buffer | string | undefined> {
  if (frame === undefined) return undefined;
  const { media_type: mediaType, data } = frame.source;
  const checked = await checkPicture(name, data, { ...limits, formats: [mediaType.slice('image/'.length)] });
  return checked.kind === 'sound' ? checked.given.bytes : checked.reason;
}

/** Whose tokens are counted is not documented: about one for each word and sign, and more for words that are long. */
const tokensIn = (prompt: string): number =>
  (prompt.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).reduce((sum, piece) => sum + Math.ceil(piece.length / 8), 0);

/** The pixels of each ratio are not documented: the name of a resolution is taken for its short side. */
function sizeOf(ratio: string, shortSide: number): Size {
  const [wide = 1, high = 1] = ratio.split(':').map(Number);
  const longSide = Math.round((shortSide * Math.max(wide, high)) / Math.min(wide, high) / 2) * 2;
  return wide >= high ? { width: longSide, height: shortSide } : { width: shortSide, height: longSide };
}

export const LUMA_MODEL: VideoModelRules = {
  id: 'luma.ray-v2:0',
  regions: ['us-west-2'],
  secondMicros: { '540p': 750_000, '720p': 1_500_000 },
  leaves: [],
  promptOf,
  read,
};
