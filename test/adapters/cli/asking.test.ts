import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runShell } from '#adapters/cli/client.ts';
import type { Archive } from '#src/core/archive.ts';
import type { AskFunction } from '#src/core/platform.ts';
import { createMemoryBlobs, createMemoryClips, createMemoryLedger, type Ledgerlike } from '#test/adapters/web/room.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { deskOf } from '../desk.ts';

const AWAY = { receipt: { kind: 'refused', code: 'ledger-unavailable', details: {} }, language: 'vi' } as const;

describe('a picture that is sent along', () => {
  let directory: string;
  let ledger: Ledgerlike;
  let blobs: ReturnType<typeof createMemoryBlobs>;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hoami-asking-'));
    await writeFile(join(directory, 'in.png'), PNG);
    ledger = createMemoryLedger();
    blobs = createMemoryBlobs();
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  async function edit(ask: AskFunction, find: Archive['find'] = ledger.archive.find) {
    const said: string[] = [];
    const exitCode = await runShell(['edit', 'bỏ cái mũ đi', '--image', 'in.png', '--out', 'out.png'], {
      open: async () => ({
        desk: deskOf(ask),
        archive: { ...ledger.archive, find },
        blobs,
        clips: createMemoryClips(),
        keepGoing: async (id) => ledger.finish(id, made({ pictures: [] })),
      }),
      explain: (error) => ({ code: 'failed', message: String(error) }),
      question: undefined,
      person: 'lan',
      directory,
      locale: 'vi',
      cards: [],
      out: (text) => void said.push(text),
      err: (text) => void said.push(text),
      progress: () => {},
      signal: new AbortController().signal,
    });
    return { exitCode, said: said.join('\n') };
  }

  it('goes when it was not taken', async () => {
    ledger.refuseNext('queue-full');
    expect(await edit(ledger.ask)).toMatchObject({ exitCode: 2 });
    expect(blobs.size()).toBe(0);
  });

  it('stays when nobody can tell whether it was taken', async () => {
    const find = async (): Promise<never> => Promise.reject(new Error('the ledger is away'));
    expect(await edit(async () => AWAY, find)).toMatchObject({ exitCode: 2, said: expect.stringContaining('Lúc này mình chưa') });
    expect(blobs.size()).toBe(1);
  });

  it('stays, and its request is followed to its end, when only the answer was lost', async () => {
    const ask: AskFunction = async (asked) => {
      await ledger.ask(asked);
      return AWAY;
    };
    expect(await edit(ask)).toMatchObject({ exitCode: 0 });
    expect(blobs.size()).toBe(1);
  });
});
