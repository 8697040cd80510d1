import { describe, expect, it } from 'vitest';
import { createFlusher } from '#src/ledger/flusher.ts';

/** A disk whose flushes end when the test says so. */
function createDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  const said: string[] = [];
  const file = {
    datasync: async (): Promise<void> => {
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
    close: async (): Promise<void> => void said.push('closed'),
  };
  const { flush, close } = createFlusher('ledger.sqlite-wal', async () => file);
  const ask = (name: string): void =>
    void flush().then(
      () => said.push(name),
      (error: unknown) => said.push(`${name}: ${String(error)}`),
    );
  const soon = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  return { ask, close, flushes, said, soon };
}

describe('flushing', () => {
  it('says that it is done when the disk has, and not before', async () => {
    const { ask, flushes, said, soon } = createDisk();
    ask('first');
    await soon();
    expect(said).toEqual([]);
    flushes[0]?.resolve();
    await soon();
    expect(said).toEqual(['first']);
  });

  it('lets whoever wrote while it was under way wait for the next one, all of them for the same', async () => {
    const { ask, flushes, said, soon } = createDisk();
    ask('first');
    await soon();
    for (const name of ['second', 'third', 'fourth']) ask(name);
    await soon();
    expect(flushes).toHaveLength(1);
    flushes[0]?.resolve();
    await soon();
    expect(said).toEqual(['first']);
    expect(flushes).toHaveLength(2);
    flushes[1]?.resolve();
    await soon();
    expect(said).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('never says again that something is on the disk once the disk has failed', async () => {
    const { ask, flushes, said, soon } = createDisk();
    ask('first');
    await soon();
    ask('second');
    flushes[0]?.reject(new Error('I/O'));
    await soon();
    ask('third');
    await soon();
    expect(said).toEqual(['first: Error: I/O', 'second: Error: I/O', 'third: Error: I/O']);
    expect(flushes).toHaveLength(1);
  });

  it('closes when what was begun has ended', async () => {
    const { ask, close, flushes, said, soon } = createDisk();
    ask('first');
    await soon();
    const closed = close();
    await soon();
    expect(said).toEqual([]);
    flushes[0]?.resolve();
    await closed;
    expect(said).toEqual(['first', 'closed']);
  });
});
