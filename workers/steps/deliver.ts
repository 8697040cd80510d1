import type { Answer } from '#src/core/answer.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Journal } from '#src/core/ledger.ts';
import type { Platform } from '#src/core/platform.ts';
import type { Tools } from './job.ts';

/** How long an answer waits for room in the ledger, without which it may not be shown. */
const FULL_DISK_WAIT_MS = 5000;

/** What an answer is shown with. */
interface Showing extends Pick<Tools, 'blobs' | 'cinema'> {
  readonly signal: AbortSignal;
}

/** Shows the answer where the request came from and ends the request. A place that is gone for good ends it too: the answer stays in the ledger. */
export async function deliver(journal: Journal, platform: Platform, showing: Showing, answer: Answer): Promise<void> {
  const page = journal.page('deliver');
  const { blobs, cinema, signal } = showing;
  const shelf = answer.kind === 'made' && answer.clip !== undefined ? cinema?.openShelf(signal) : undefined;
  try {
    await platform.deliver(
      journal.request,
      { kind: 'answer', answer, open: async (key) => blobs.get(key), ...(shelf && { clips: shelf }) },
      page,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Not the place is gone, the ledger's disk is full: there may be room again.
    if (error.code === 'storage-full') throw new TryLater('overloaded', FULL_DISK_WAIT_MS, error);
    await page.write('undeliverable', { code: error.code });
  } finally {
    await shelf?.close();
  }
  await journal.close(answer);
}
