import { describe, expect, it } from 'vitest';
import { createOpened } from '#src/main/run.ts';
import { silentLog } from '#test/queue/rooms.ts';

describe('what a program has opened', () => {
  it('is closed once, and whoever closes it a second time waits for that end too', async () => {
    const opened = createOpened(silentLog);
    const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
    const seen: string[] = [];
    opened.defer(async () => {
      seen.push('closing');
      await allowed;
      seen.push('closed');
    });
    const both = [opened.close(), opened.close()].map(async (closing) => closing.then(() => seen.push('told')));
    await new Promise(setImmediate);
    expect(seen).toEqual(['closing']);
    allow();
    await Promise.all(both);
    expect(seen).toEqual(['closing', 'closed', 'told', 'told']);
  });

  it('is closed side by side where people and work come in, then backwards, and the ledger last', async () => {
    const opened = createOpened(silentLog);
    const seen: string[] = [];
    const stop = (name: string, waits?: Promise<void>) => async () => {
      await waits;
      seen.push(name);
    };
    const { promise: workerGone, resolve: workerGoes } = Promise.withResolvers<void>();
    opened.defer(stop('queue'));
    opened.defer(stop('ledger'), 'last');
    opened.defer(stop('bedrock'));
    opened.defer(async () => {
      workerGoes();
      seen.push('worker');
    }, 'first');
    // It would wait for ever if it were closed before the worker.
    opened.defer(stop('page', workerGone), 'first');
    await opened.close();
    expect(seen).toEqual(['worker', 'page', 'bedrock', 'queue', 'ledger']);
  });

  it('is closed to the end when something in it cannot be', async () => {
    const opened = createOpened(silentLog);
    const seen: string[] = [];
    opened.defer(async () => void seen.push('ledger'), 'last');
    opened.defer(async () => Promise.reject(new Error('stuck')), 'first');
    await opened.close();
    expect(seen).toEqual(['ledger']);
  });
});
