import type { ImageInput, Made, ModelCard, VideoInput } from '#src/core/model.ts';

/** A member of a body: JSON, in which bytes are a picture and are written as base64. */
export type Field = string | number | boolean | Uint8Array | readonly Field[] | { readonly [name: string]: Field };

/** A request's body: its members, and pictures that are members of it themselves. */
export interface RequestBody {
  readonly fields: Readonly<Record<string, Field>>;
  readonly pictures: Readonly<Record<string, Uint8Array>>;
}

/** Everything the product knows of one model of the service. Pure: no network, no clock, no chance. */
export interface ImageModelSpec {
  readonly card: ModelCard;
  /** What to ask for. The input was checked against the card. */
  toBody(input: ImageInput): RequestBody;
  /**
   * What the body of a successful answer holds. Throws Refusal when the model's filter said no,
   * and an Error when there is no sound picture in it: what was asked for may then have been made and billed.
   */
  fromBody(body: Uint8Array, input: ImageInput): Made;
}

/** JSON as the AWS SDK takes it. */
export type Document = string | number | boolean | Document[] | { [name: string]: Document };

/** A model that makes clips. Pure, too: it is started, and what it made lies in a bucket. */
export interface VideoModelSpec {
  readonly card: ModelCard;
  /** The model's own input, with pictures as base64. The same clip has to give the same, or its token is another's. */
  toInput(input: VideoInput): Readonly<Record<string, Document>>;
}
