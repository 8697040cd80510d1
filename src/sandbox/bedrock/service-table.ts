import type { Edit } from '../painter/edits/edit.ts';
import type { FieldRule, PictureLimits } from './fields.ts';
import { SIZES } from './generation-models.ts';
import type { Given, Json, Pictures } from './rules.ts';
import type { CommonField, ServiceBody } from './service-fields.ts';

const picture: PictureLimits = {
  formats: ['jpeg', 'png', 'webp'],
  sideMin: 64,
  sideMax: Number.POSITIVE_INFINITY,
  pixelsMin: 4096,
  pixelsMax: 9_437_184,
  ratioMax: 2.5,
  bytesMax: Number.POSITIVE_INFINITY,
};
const anyRatio = Number.POSITIVE_INFINITY;

const text: FieldRule = { kind: 'text', lengthMax: 10_000 };
const image: FieldRule = { kind: 'picture', limits: picture };
const side: FieldRule = { kind: 'integer', min: 0, max: 2000 };
const between = (min: number, max: number): FieldRule => ({ kind: 'number', min, max });

/** One service: what it takes, and what it does. */
export interface Service {
  readonly name: string;
  readonly id: string;
  readonly priceMicros: number;
  readonly required: Readonly<Record<string, FieldRule>>;
  readonly optional?: Readonly<Record<string, FieldRule>>;
  readonly common: readonly CommonField[];
  readonly check?: (json: Json, pictures: Pictures) => string | undefined;
  readonly edit: (body: ServiceBody, given: (name: string) => Given, pictures: Pictures) => Edit;
}

/** Four times each side is what the fast one documents; for the others "up to 4K" is taken to be 4,096 on the long side at most. */
const times = ({ width, height }: Given, factor: number, longMax = Number.POSITIVE_INFINITY) => {
  const scale = Math.min(factor, longMax / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

const needsMask = (_json: Json, pictures: Pictures): string | undefined =>
  pictures['mask'] === undefined && pictures['image']?.opaque === true ? 'mask: required when the image has no alpha channel' : undefined;

export const SERVICES: readonly Service[] = [
  {
    name: 'inpaint',
    id: 'stable-image-inpaint',
    priceMicros: 70_000,
    required: { prompt: text, image },
    optional: { mask: image },
    common: ['grow_mask', 'style_preset', 'negative_prompt', 'seed', 'output_format'],
    check: needsMask,
    edit: ({ grow_mask: growPixels }, given, { mask }) => ({
      kind: 'masked',
      image: given('image').bytes,
      mask: mask?.bytes,
      changed: 'white',
      growPixels,
      how: 'paint',
    }),
  },
  {
    name: 'outpaint',
    id: 'stable-outpaint',
    priceMicros: 60_000,
    required: { image },
    optional: { left: side, right: side, up: side, down: side, prompt: text, creativity: between(0.1, 1) },
    common: ['style_preset', 'seed', 'output_format'],
    check: (json) =>
      ['left', 'right', 'up', 'down'].some((name) => Number(json[name] ?? 0) > 0)
        ? undefined
        : 'at least one of left, right, up, down must be greater than 0',
    edit: ({ left, right, up, down, creativity = 0.5 }, given) => ({
      kind: 'extend',
      image: given('image').bytes,
      sides: { left, right, up, down },
      share: creativity,
    }),
  },
  {
    name: 'erase-object',
    id: 'stable-image-erase-object',
    priceMicros: 70_000,
    required: { image },
    optional: { mask: image },
    common: ['grow_mask', 'seed', 'output_format'],
    check: needsMask,
    edit: ({ grow_mask: growPixels }, given, { mask }) => ({
      kind: 'masked',
      image: given('image').bytes,
      mask: mask?.bytes,
      changed: 'white',
      growPixels,
      how: 'erase',
    }),
  },
  {
    name: 'search-replace',
    id: 'stable-image-search-replace',
    priceMicros: 70_000,
    required: { prompt: text, image, search_prompt: text },
    common: ['grow_mask', 'style_preset', 'negative_prompt', 'seed', 'output_format'],
    edit: ({ search_prompt: subject, grow_mask: growPixels }, given) => ({
      kind: 'found',
      image: given('image').bytes,
      subject,
      growPixels,
      how: 'paint',
    }),
  },
  {
    name: 'search-recolor',
    id: 'stable-image-search-recolor',
    priceMicros: 70_000,
    required: { prompt: text, image, select_prompt: text },
    common: ['grow_mask', 'style_preset', 'negative_prompt', 'seed', 'output_format'],
    edit: ({ select_prompt: subject, grow_mask: growPixels }, given) => ({
      kind: 'found',
      image: given('image').bytes,
      subject,
      growPixels,
      how: 'recolour',
    }),
  },
  {
    name: 'remove-background',
    id: 'stable-image-remove-background',
    priceMicros: 70_000,
    required: { image },
    common: ['output_format'],
    edit: (_body, given) => ({ kind: 'cut-out', image: given('image').bytes }),
  },
  {
    name: 'control-sketch',
    id: 'stable-image-control-sketch',
    priceMicros: 70_000,
    required: { image, prompt: text },
    optional: { control_strength: between(0, 1) },
    common: ['negative_prompt', 'seed', 'output_format', 'style_preset'],
    edit: ({ control_strength: share }, given) => ({ kind: 'lines', image: given('image').bytes, size: given('image'), share }),
  },
  {
    name: 'control-structure',
    id: 'stable-image-control-structure',
    priceMicros: 70_000,
    required: { image, prompt: text },
    optional: { control_strength: between(0, 1) },
    common: ['negative_prompt', 'seed', 'output_format', 'style_preset'],
    edit: ({ control_strength: share }, given) => ({ kind: 'shape', image: given('image').bytes, size: given('image'), share }),
  },
  {
    name: 'style-guide',
    id: 'stable-image-style-guide',
    priceMicros: 70_000,
    required: { prompt: text, image },
    optional: { aspect_ratio: { kind: 'choice', choices: Object.keys(SIZES) }, fidelity: between(0, 1) },
    common: ['negative_prompt', 'seed', 'output_format', 'style_preset'],
    edit: ({ aspect_ratio: ratio, fidelity: share }, given) => ({
      kind: 'guided',
      image: given('image').bytes,
      size: SIZES[ratio] ?? { width: 1024, height: 1024 },
      share,
    }),
  },
  {
    name: 'style-transfer',
    id: 'stable-style-transfer',
    priceMicros: 80_000,
    required: { init_image: image, style_image: image },
    optional: { prompt: text, composition_fidelity: between(0, 1), style_strength: between(0, 1), change_strength: between(0.1, 1) },
    common: ['negative_prompt', 'seed', 'output_format'],
    edit: ({ style_strength: strength, change_strength: change }, given) => ({
      kind: 'restyle',
      image: given('init_image').bytes,
      style: given('style_image').bytes,
      share: strength * change,
    }),
  },
  {
    name: 'conservative-upscale',
    id: 'stable-conservative-upscale',
    priceMicros: 400_000,
    required: { prompt: text, image },
    optional: { creativity: between(0.1, 0.5) },
    common: ['negative_prompt', 'seed', 'output_format'],
    edit: ({ creativity = 0.35 }, given) => ({
      kind: 'enlarge',
      image: given('image').bytes,
      size: times(given('image'), 4, 4096),
      crisp: creativity,
    }),
  },
  {
    name: 'creative-upscale',
    id: 'stable-creative-upscale',
    priceMicros: 600_000,
    required: { prompt: text, image: { kind: 'picture', limits: { ...picture, pixelsMax: 1_048_576, ratioMax: anyRatio } } },
    optional: { creativity: between(0.1, 0.5) },
    common: ['negative_prompt', 'seed', 'output_format', 'style_preset'],
    edit: ({ creativity = 0.3 }, given) => ({
      kind: 'enlarge',
      image: given('image').bytes,
      size: times(given('image'), 4, 4096),
      crisp: 1 + creativity,
    }),
  },
  {
    name: 'fast-upscale',
    id: 'stable-fast-upscale',
    priceMicros: 30_000,
    required: {
      image: {
        kind: 'picture',
        limits: { ...picture, sideMin: 32, sideMax: 1536, pixelsMin: 1024, pixelsMax: 1_048_576, ratioMax: anyRatio },
      },
    },
    common: ['output_format'],
    edit: (_body, given) => ({ kind: 'enlarge', image: given('image').bytes, size: times(given('image'), 4), crisp: 0 }),
  },
];
