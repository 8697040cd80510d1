import type { BlobKey } from './blobs.ts';

/** The name of a kept picture, or of a kept clip: `CLIP_KEY_PATTERN` tells which. */
export type KeptKey = BlobKey;

/** What the ledger is told by people who have changed their mind. Whether they may is decided before. */
export interface Retractions {
  /** Noted: whoever has or gets the request in hand ends it. A request with an answer, or with one that is being shown, is `finished`. */
  cancel(id: string): Promise<'noted' | 'finished' | 'unknown'>;
  /**
   * Takes words and pictures of a finished request out of the ledger: its answer becomes a refusal `removed` of the same cost, its books stay.
   * Resolves with the keys of its pictures and its clip that no other request needs; again, it resolves with the same keys.
   */
  remove(id: string): Promise<Removal>;
}

export type Removal =
  | { readonly kind: 'removed'; readonly keys: readonly KeptKey[] }
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'unknown' };
