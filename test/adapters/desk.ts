import type { AskFunction, Desk } from '#src/core/platform.ts';
import type { ImageRef, PlatformImage } from '#src/core/request.ts';

/** A desk where things can be asked for; whatever else is wanted of it is said here, or fails. */
export function deskOf(ask: AskFunction, others: Partial<Desk> = {}): Desk {
  const unwanted = (): Promise<never> => Promise.reject(new Error('nobody said what comes of this'));
  return { ask, repeat: unwanted, confirm: unwanted, cancel: unwanted, remove: unwanted, ...others };
}

/** The picture as the platform's that holds it. Throws when there is none, or when it is kept here already. */
export function heldBy(image: ImageRef | undefined): PlatformImage {
  if (image === undefined || !('platform' in image)) throw new Error('no platform holds this picture');
  return image;
}
