import type { FlagName } from './command-flags.ts';
import { nearest } from './nearest.ts';
import { aspectRatioSchema, COUNT_MAX, SEED_MAX, type AspectRatio, type Options } from './request.ts';

const RATIO = /^(?<width>\d{1,5}(?:[.,]\d{1,3})?)[:x×*/∶](?<height>\d{1,5}(?:[.,]\d{1,3})?)$/;
const WHOLE = /^\d{1,10}$/;
const FRACTION = /^(?<number>\d{0,3}(?:[.,]\d{1,30}|\d)(?:e-\d{1,3})?)(?<percent>%?)$/;
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ._:+/-]{0,62}[\p{L}\p{N}\p{M}])?$/u;
/** Longer than any value of one word, shorter than an attack. */
const VALUE_LENGTH_MAX = 200;
const ratios = aspectRatioSchema.options;

const readers: Readonly<Record<FlagName, (value: string) => Options | undefined>> = {
  ar: (value) => option('aspectRatio', readRatio(plain(value))),
  seed: (value) => option('seed', readWhole(plain(value), SEED_MAX)),
  no: (value) => option('negativePrompt', value),
  n: (value) => option('count', readWhole(plain(value), COUNT_MAX)),
  model: (value) => option('model', readName(value)),
  // Presets are spelled in small letters with hyphens: `Digital Art` is `digital-art`.
  style: (value) => option('style', readName(value)?.toLowerCase().replaceAll(' ', '-')),
  strength: (value) => option('strength', readFraction(plain(value))),
  raw: () => option('enhance', 'raw'),
  translate: () => option('enhance', 'translate'),
};

/** The option that a flag's value sets, or undefined when the flag cannot take it. Full-width digits and the decimal comma are understood. */
export const readValue = (flag: FlagName, value: string): Options | undefined => readers[flag](value);

/** The ratio that was probably meant: by its shape when it has one, else by its spelling. */
export function nearestRatio(written: string): AspectRatio {
  const shape = shapeOf(plain(written));
  const named = ratios.find((ratio) => ratio === nearest(written, ratios)) ?? '1:1';
  if (shape === undefined) return named;
  const distance = (ratio: AspectRatio): number => Math.abs(Math.log(shape / (shapeOf(ratio) ?? 1)));
  return ratios.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

function option<Name extends keyof Options>(name: Name, value: Options[Name]): Options | undefined {
  return value === undefined ? undefined : { [name]: value };
}

function readRatio(value: string): AspectRatio | undefined {
  const shape = shapeOf(value);
  return shape === undefined ? undefined : ratios.find((ratio) => Math.abs((shapeOf(ratio) ?? 0) - shape) < 1e-9);
}

const plain = (value: string): string => value.slice(0, VALUE_LENGTH_MAX).normalize('NFKC');

function readName(value: string): string | undefined {
  const name = plain(value);
  return NAME.test(name) ? name : undefined;
}

/** Width over height. */
function shapeOf(value: string): number | undefined {
  const { width, height } = RATIO.exec(value.toLowerCase())?.groups ?? {};
  const shape = toNumber(width ?? '') / toNumber(height ?? '');
  return Number.isFinite(shape) && shape > 0 ? shape : undefined;
}

function readWhole(value: string, max: number): number | undefined {
  const number = WHOLE.test(value) ? Number(value) : 0;
  return number >= 1 && number <= max ? number : undefined;
}

function readFraction(value: string): number | undefined {
  const { number, percent } = FRACTION.exec(value)?.groups ?? {};
  if (number === undefined) return undefined;
  const fraction = percent === '%' ? toNumber(number) / 100 : toNumber(number);
  return fraction <= 1 ? fraction : undefined;
}

const toNumber = (text: string): number => Number(text === '' ? Number.NaN : text.replace(',', '.'));
