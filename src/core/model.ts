import type { Media, MediaType } from './media.ts';
import type { AspectRatio, Json, Resolution, TaskKind, UpscaleManner } from './request.ts';

export interface SizePixels {
  readonly width: number;
  readonly height: number;
}

export type Lifecycle =
  | { readonly status: 'active' }
  /** `on`: the last day, as an ISO date, where it is known. */
  | { readonly status: 'legacy' | 'retired'; readonly on: string | undefined; readonly successor: string | undefined }
  /** People ask for it, and the service has never had it. */
  | { readonly status: 'never'; readonly successor: string | undefined };

/** What pictures a model takes. Limits are of the decoded picture, as it is sent. */
export interface InputPictureLimits {
  readonly types: readonly MediaType[];
  readonly sidePixelsMin: number;
  readonly sidePixelsMax?: number;
  readonly pixelsMax: number;
  readonly sideRatioMax: number;
  readonly bytesMax: number;
}

/** How a model wants to be shown where to work. */
export interface MaskRules {
  /** What is to be changed is of this colour in its masks. */
  readonly changed: 'white' | 'black';
  /** True when it takes no greys. */
  readonly pure: boolean;
}

/** Pixels to be added on each side of a picture. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly up: number;
  readonly down: number;
}

/** What a model that works on pictures takes beside one picture and words. */
export interface Editing {
  /** How many pictures, a mask not counted. One, unless it says otherwise. */
  readonly pictures?: { readonly min: number; readonly max: number };
  /** By what it finds the part that is to be changed. None, unless it says otherwise: it works on the whole. */
  readonly finds?: readonly ('mask' | 'words')[];
  /** The masks of each task that takes one. */
  readonly masks?: Readonly<Partial<Record<TaskKind, MaskRules>>>;
  readonly upscales?: UpscaleManner;
}

/** What a model that makes clips can do. */
export interface Filming {
  readonly durationsSeconds: readonly number[];
  readonly resolutions: readonly Resolution[];
  /** What one second of the clip costs. */
  readonly secondMicros: Readonly<Partial<Record<Resolution, number>>>;
  readonly frames: readonly ('first' | 'last')[];
  readonly canLoop: boolean;
}

/** Everything the product needs to know of a model without calling it: pure data. */
export interface ModelCard {
  readonly id: string;
  readonly label: string;
  /** Other names a person may type after `--model`. */
  readonly aliases: readonly string[];
  readonly bedrockId: string;
  readonly regions: readonly string[];
  readonly tasks: readonly TaskKind[];
  /** The pixels each ratio gives. The service does not promise them; the result's own size is what is reported. */
  readonly aspectRatios: Readonly<Partial<Record<AspectRatio, SizePixels>>>;
  readonly defaultAspectRatio: AspectRatio;
  /** Lengths in UTF-16 units. `lengthTarget`: beyond it the model stops listening. */
  readonly prompt: { readonly lengthMax: number; readonly lengthTarget: number };
  readonly negativePrompt: { readonly lengthMax: number } | undefined;
  readonly seedMax: number;
  readonly styles: readonly string[];
  readonly inputPicture: InputPictureLimits | undefined;
  readonly editing?: Editing;
  /** Only of models that make clips. */
  readonly filming?: Filming;
  readonly strengthDefault: number | undefined;
  /** What one result costs, in millionths of a US dollar; of a clip, the shortest and smallest. */
  readonly priceMicros: number;
  readonly lifecycle: Lifecycle;
}

/** Whether it can be had: one that is gone, or that the service never had, is no choice. */
export const isLiving = ({ lifecycle: { status } }: Pick<ModelCard, 'lifecycle'>): boolean => status === 'active' || status === 'legacy';

/** One picture to be made. Everything in it was checked against the card. */
export interface ImageInput {
  readonly task: TaskKind;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly aspectRatio: AspectRatio;
  readonly seed: number;
  readonly style: string | undefined;
  readonly image: Media | undefined;
  /** 0 keeps the picture, 1 ignores it. */
  readonly strength: number | undefined;
  /** Further pictures: the one whose style is taken, or more to go by. */
  readonly references?: readonly Media[] | undefined;
  /** Where to work, in the picture's size and in the colours of the card. */
  readonly mask?: Media | undefined;
  /** How far the masked or found part is grown, in pixels. */
  readonly growPixels?: number | undefined;
  /** The thing in the picture that is meant, in English. */
  readonly subject?: string | undefined;
  readonly margins?: Margins | undefined;
}

export interface Made {
  readonly media: Media;
  /** The seed the model says it used. */
  readonly seed: number;
}

export interface ImageModel {
  readonly card: ModelCard;
  /**
   * Makes one picture, with one attempt at most: a repeated call is a second bill.
   * Throws Refusal for a final no (filter, rejected field, end of life), TryLater only where the service certainly made nothing,
   * and any other error where that is not known.
   */
  generate(input: ImageInput, signal: AbortSignal): Promise<Made>;
}

/** One clip to be made. Everything in it was checked against the card. */
export interface VideoInput {
  readonly prompt: string;
  readonly aspectRatio: AspectRatio;
  readonly durationSeconds: number;
  readonly resolution: Resolution;
  readonly isLooped: boolean;
  readonly first: Media | undefined;
  readonly last: Media | undefined;
}

/** A model that takes minutes: what it makes is started, and asked for until it is there. */
export interface VideoModel {
  readonly card: ModelCard;
  /**
   * Starts one clip and resolves with a ticket, which is JSON and is kept. The same token again is the same clip, whoever asks. Throws Refusal for a
   * final no, TryLater where the service certainly started nothing, and any other error where that is not known: it is then asked again, same token.
   */
  start(input: VideoInput, token: string, signal: AbortSignal): Promise<Json>;
  /**
   * Writes the clip to the file `into` when it is finished and answers true; false while it is being made. Throws Refusal when it has failed, with the
   * reason, TryLater when nobody could be asked, and an Error where asking again may help.
   */
  collect(ticket: Json, into: string, signal: AbortSignal): Promise<boolean>;
  /** Removes what the service itself keeps of a clip that was collected and is kept here. Never throws: what stays lies where nobody else looks. */
  discard(ticket: Json, signal: AbortSignal): Promise<void>;
}

export type Model = ImageModel | VideoModel;
