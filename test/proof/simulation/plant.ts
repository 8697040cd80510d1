import type { Handle, RefillableQueue } from '#src/core/queue.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { ImageModel } from '#src/core/model.ts';
import type { AskFunction, Platform } from '#src/core/platform.ts';

/** Where a bug can be planted: each wraps a part of one process, or switches something off. Nothing planted is the product as it is. */
export interface Plant {
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly queue?: (queue: RefillableQueue) => RefillableQueue;
  readonly model?: (model: ImageModel) => ImageModel;
  readonly platform?: (platform: Platform) => Platform;
  readonly ask?: (ask: AskFunction) => AskFunction;
  readonly handle?: (handle: Handle) => Handle;
  readonly ignoresFence?: boolean;
  readonly newestFirst?: boolean;
  readonly neverSweeps?: boolean;
}
