import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runShell, type ShellOptions } from '#adapters/cli/client.ts';
import { createMemoryBlobs, createMemoryClips, createMemoryLedger, type Ledgerlike } from '#test/adapters/web/room.ts';
import { PNG } from '#test/contracts/platform.ts';
import { made } from '#test/ledger/asked.ts';
import { deskOf } from '../desk.ts';

describe('a price above the limit', () => {
  let directory: string;
  let ledger: Ledgerlike;
  let blobs: ReturnType<typeof createMemoryBlobs>;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hoami-price-'));
    await writeFile(join(directory, 'in.png'), PNG);
    ledger = createMemoryLedger();
    ledger.charge(3_750_000);
    blobs = createMemoryBlobs();
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  /** Types `hoami video` and says yes, no or nothing. What was said, and by whom it was agreed to. */
  const film = async (answer: 'yes' | 'no' | 'nobody', ...more: readonly string[]) =>
    type(answer, ['video', 'một con thuyền', '--first', 'in.png', '--out', 'boat.mp4', ...more]);

  async function type(answer: 'yes' | 'no' | 'nobody', words: readonly string[]) {
    const said: string[] = [];
    const asked: string[] = [];
    const agreed: string[] = [];
    const declined: string[] = [];
    const desk = deskOf(ledger.ask, {
      cancel: async (_, { requesterId }) => {
        declined.push(requesterId);
        return { kind: 'done' };
      },
      confirm: async ({ id, actor }) => {
        agreed.push(actor.requesterId);
        const waiting = ledger.asks.find((one) => one.id === id);
        if (waiting === undefined) throw new Error('nobody asked');
        return ledger.ask({ ...waiting, isConfirmed: true });
      },
    });
    const clips = createMemoryClips();
    const clip = {
      key: clips.put(Buffer.from('a clip')),
      type: 'video/mp4',
      width: 960,
      height: 540,
      durationMs: 5000,
      sizeBytes: 6,
    } as const;
    const keepGoing = async (id: string): Promise<void> => ledger.finish(id, made({ clip, costMicros: 3_750_000 }));
    const options: ShellOptions = {
      open: async () => ({ desk, archive: ledger.archive, blobs, clips, keepGoing }),
      explain: (error) => ({ code: 'failed', message: String(error) }),
      question:
        answer === 'nobody'
          ? undefined
          : async (text) => {
              asked.push(text);
              return answer === 'yes';
            },
      person: 'lan',
      directory,
      locale: 'vi',
      cards: [],
      out: (text) => void said.push(text),
      err: (text) => void said.push(text),
      progress: () => {},
      signal: new AbortController().signal,
    };
    const exitCode = await runShell(words, options);
    return { exitCode, said: said.join('\n'), asked, agreed, declined };
  }

  it('is asked about at a terminal, and agreed to as whoever sits there', async () => {
    const { exitCode, asked, agreed, said } = await film('yes');
    expect([exitCode, asked, agreed]).toEqual([0, ['Cái này giá 3,75 US$. Làm không? [c/K]'], ['lan']]);
    expect(said).toMatch(/^Tệp +boat\.mp4$/m);
  });

  it('of an instruction is asked about, and told to nobody, as the most that it may be', async () => {
    const edit = ['edit', 'cho đẹp hơn', '--image', 'in.png', '--out', 'out.png'];
    expect((await type('no', edit)).asked).toEqual(['Cái này giá tối đa 3,75 US$. Làm không? [c/K]']);
    expect((await type('nobody', edit)).said).toContain('Cái này giá tối đa 3,75 US$. Đồng ý thì thêm --yes.');
  });

  it('that is too much costs nothing, and nothing of it stays', async () => {
    expect(await film('no')).toMatchObject({ exitCode: 1, said: 'Đã bỏ qua, bạn không mất gì cả.', agreed: [], declined: ['lan'] });
    expect(blobs.size()).toBe(0);
  });

  it.each([
    ['nobody', [], 'Cái này giá 3,75 US$. Đồng ý thì thêm --yes.'],
    ['yes', ['--json'], '"code":"price-unconfirmed"'],
  ] as const)('is said to %s with %j, and nobody is asked', async (answer, more, sentence) => {
    const { exitCode, said, asked, agreed } = await film(answer, ...more);
    expect([exitCode, asked, agreed, blobs.size()]).toEqual([2, [], [], 0]);
    expect(said).toContain(sentence);
  });

  it('is no question with --yes', async () => {
    expect(await film('no', '--yes')).toMatchObject({ exitCode: 0, asked: [], agreed: [] });
    expect(ledger.asks[0]?.isConfirmed).toBe(true);
  });
});
