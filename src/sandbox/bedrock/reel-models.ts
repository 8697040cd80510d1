import { z } from 'zod';
import { complaintAbout, type FieldRule, type ObjectRule, type PictureLimits } from './fields.ts';
import { checkPicture } from './picture.ts';
import type { Json } from './rules.ts';
import { failedReading, type ClipReading, type VideoModelRules } from './video-rules.ts';

/** A first frame has the size of the clip. */
const limits: PictureLimits = {
  formats: ['jpeg', 'png'],
  sideMin: 720,
  sideMax: 1280,
  pixelsMin: 1280 * 720,
  pixelsMax: 1280 * 720,
  ratioMax: 16 / 9,
  bytesMax: Number.POSITIVE_INFINITY,
  opaque: true,
};

const words = (lengthMax: number): FieldRule => ({ kind: 'text', lengthMin: 1, lengthMax });
const image: FieldRule = {
  kind: 'object',
  required: ['format', 'source'],
  fields: {
    format: { kind: 'choice', choices: ['png', 'jpeg'] },
    source: { kind: 'object', required: ['bytes'], fields: { bytes: { kind: 'picture', limits } } },
  },
};
const images: FieldRule = { kind: 'list', min: 1, max: 1, of: image };

const object = (required: readonly string[], fields: Readonly<Record<string, FieldRule>>): ObjectRule => ({
  kind: 'object',
  required,
  fields,
});

/** The three ways to ask; one shot takes no length but its own. */
const TASKS: Readonly<Record<string, readonly [name: string, rule: FieldRule]>> = {
  TEXT_VIDEO: ['textToVideoParams', object(['text'], { text: words(512), images })],
  MULTI_SHOT_AUTOMATED: ['multiShotAutomatedParams', object(['text'], { text: words(4000) })],
  MULTI_SHOT_MANUAL: [
    'multiShotManualParams',
    object(['shots'], { shots: { kind: 'list', min: 1, max: 20, of: object(['text'], { text: words(512), image }) } }),
  ],
};

const bodyFor = (taskType: string): ObjectRule => {
  const [name = '', rule = image] = TASKS[taskType] ?? [];
  const length: FieldRule = taskType === 'TEXT_VIDEO' ? { kind: 'integer', min: 6, max: 6 } : { kind: 'integer', min: 12, max: 120 };
  const config = {
    ...(taskType === 'MULTI_SHOT_MANUAL' ? {} : { durationSeconds: length }),
    fps: { kind: 'integer', min: 24, max: 24 },
    dimension: { kind: 'choice', choices: ['1280x720'] },
    seed: { kind: 'integer', min: 0, max: 2_147_483_646 },
  } as const;
  return object(['taskType', name, 'videoGenerationConfig'], {
    taskType: { kind: 'choice', choices: Object.keys(TASKS) },
    [name]: rule,
    videoGenerationConfig: object(['fps', 'dimension'], config),
  });
};

const shotSchema = z.object({
  text: z.string(),
  image: z.object({ format: z.string(), source: z.object({ bytes: z.string() }) }).optional(),
});
const bodySchema = z.object({
  taskType: z.string(),
  textToVideoParams: z.object({ text: z.string(), images: z.array(shotSchema.shape.image.unwrap()).default([]) }).optional(),
  multiShotAutomatedParams: z.object({ text: z.string() }).optional(),
  multiShotManualParams: z.object({ shots: z.array(shotSchema) }).optional(),
  videoGenerationConfig: z.object({ durationSeconds: z.number().default(6) }),
});
const taskSchema = z.object({ taskType: z.string().catch('') });

function promptOf(input: Json): string {
  const body = bodySchema.safeParse(input).data;
  const shots = body?.multiShotManualParams?.shots.map(({ text }) => text) ?? [];
  return [body?.textToVideoParams?.text, body?.multiShotAutomatedParams?.text, ...shots].filter((text) => text !== undefined).join('\n');
}

/** Whether what is wrong with the input is said at once or by the job is not known: as with its sister, by the job. */
async function read(input: Json): Promise<ClipReading> {
  const { taskType } = taskSchema.parse(input);
  if (TASKS[taskType] === undefined) return failedReading('taskType: not one of those there are');
  const complaint = complaintAbout(bodyFor(taskType), input);
  if (complaint !== undefined) return failedReading(complaint.message);
  const body = bodySchema.parse(input);
  const shots = body.multiShotManualParams?.shots;
  const durationSeconds = shots === undefined ? body.videoGenerationConfig.durationSeconds : shots.length * 6;
  if (durationSeconds % 6 !== 0) return failedReading('durationSeconds: must be a multiple of 6');
  const given = body.textToVideoParams?.images[0] ?? shots?.[0]?.image;
  const checked = given && (await checkPicture('image', given.source.bytes, { ...limits, formats: [given.format] }));
  if (checked?.kind === 'unusable') return failedReading(checked.reason);
  const size = { width: 1280, height: 720 };
  const first = checked?.given.bytes;
  return {
    kind: 'order',
    order: { prompt: promptOf(input), size, resolution: '720p', durationSeconds, isLooped: false, first, last: undefined },
  };
}

const model = (id: string, regions: readonly string[]): VideoModelRules => ({
  id,
  regions,
  // Eight cents a second; that it was the same in both versions is not confirmed.
  secondMicros: { '720p': 80_000 },
  leaves: ['manifest.json', 'video-generation-status.json'],
  promptOf,
  read,
});

/** Past their end of life: they answer where an account was promised more. */
export const REEL_MODELS: readonly VideoModelRules[] = [
  model('amazon.nova-reel-v1:0', ['us-east-1', 'eu-west-1', 'ap-northeast-1']),
  model('amazon.nova-reel-v1:1', ['us-east-1']),
];
