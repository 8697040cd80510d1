import type { Edit } from '../painter/edits/edit.ts';
import type { ObjectRule } from './fields.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture of a request, decoded to its last pixel. */
export interface Given extends Size {
  readonly bytes: Buffer;
  readonly opaque: boolean;
}

/** The pictures of a request by their places in it: `image`, `inPaintingParams/maskImage`, `imageVariationParams/images/0`. */
export type Pictures = Readonly<Record<string, Given>>;
export type Json = Readonly<Record<string, unknown>>;

/** What is to be painted: a scene, one that goes on from a picture, or something done to a picture. */
export type Work =
  | { readonly kind: 'scene'; readonly size: Size }
  | { readonly kind: 'transform'; readonly size: Size; readonly image: Uint8Array; readonly strength: number }
  | { readonly kind: 'edit'; readonly edit: Edit };

/** A request that the model would work on. */
export interface Order {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** 0 asks for a seed of the model's choice. */
  readonly seed: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** How many pictures, each billed. */
  readonly count: number;
  readonly work: Work;
}

/** How a family of models speaks: of fields nobody knows, and in its answers. */
export type Dialect = 'generation' | 'service' | 'task' | 'artifacts';

export interface ModelRules {
  readonly id: string;
  readonly regions: readonly string[];
  /** Millionths of a US dollar for one picture. */
  readonly priceMicros: number;
  readonly dialect: Dialect;
  /** What the service calls itself in its complaints. */
  readonly shortName: string;
  readonly body: ObjectRule;
  /** Rules about several members at once. The wording is ours, that each is a ValidationException is likely. */
  check(json: Json, pictures: Pictures): string | undefined;
  /** What a sound body asks for. */
  read(json: Json, pictures: Pictures): Order;
}

/** Of a request's body and of an answer's. */
export const BODY_BYTES_MAX = 25_000_000;
export const MODEL_ID_LENGTH_MAX = 2048;
