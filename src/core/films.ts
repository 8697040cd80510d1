import type { Media } from './media.ts';

/** What a clip is, as a player sees it. */
export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

/** What the product does to clips itself, file to file, with or without the program that it takes. */
export interface Films {
  /** Reads the file's own description of itself. Throws an Error when there is no picture track that a player would take. */
  measure(path: string): Promise<FilmFacts>;
  /** A frame that stands for the clip; undefined where no frame can be read here. */
  poster(path: string, signal: AbortSignal): Promise<Media | undefined>;
  /** Writes the clip anew in at most so many bytes, to `into`; false where that cannot be done here or is not worth looking at. */
  shrink(path: string, into: string, sizeBytesMax: number, signal: AbortSignal): Promise<boolean>;
}
