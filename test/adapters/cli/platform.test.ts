import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runShell, type ExitCode, type ShellOptions } from '#adapters/cli/client.ts';
import { createShellPlatform, keepShellImage } from '#adapters/cli/platform.ts';
import type { Answer, News } from '#src/core/answer.ts';
import type { AskFunction } from '#src/core/platform.ts';
import { createMemoryBlobs, createMemoryClips, createMemoryLedger } from '#test/adapters/web/room.ts';
import { createPage, describePlatform, PNG, type PlatformBench, type Said } from '#test/contracts/platform.ts';
import { asked, made, REFUSED } from '#test/ledger/asked.ts';
import { deskOf, heldBy } from '../desk.ts';

/** A command that was typed. `said`: what was written to the terminal so far. */
interface Command {
  readonly said: string[];
  readonly ended: Promise<ExitCode>;
}

/** A terminal, the folder in which commands are typed, and what they ask. */
async function openTerminal(): Promise<PlatformBench> {
  const directory = await mkdtemp(join(tmpdir(), 'hoami-shell-'));
  const ledger = createMemoryLedger();
  const stored = createMemoryBlobs();
  const blobs = {
    ...stored,
    get: async (key: string) => (key === made().pictures[0]?.key ? { bytes: PNG, type: 'image/png' as const } : stored.get(key)),
  };
  const commands = new Map<string, Command>();
  const leaving = new AbortController();
  let listener: AskFunction | undefined;

  function type(argv: readonly string[], askAt: AskFunction): Command {
    const said: string[] = [];
    const say = (text: string): void => void said.push(text);
    const ask: AskFunction = async (command) => {
      const told = await askAt(command);
      commands.set(command.id, { said, ended });
      if (told.receipt.kind === 'accepted') {
        await ledger.ask(command);
        ledger.change(command.id, { ahead: told.receipt.ahead });
      }
      return told;
    };
    const room = { desk: deskOf(ask), archive: ledger.archive, blobs, clips: createMemoryClips(), keepGoing: async () => {} };
    const options: ShellOptions = {
      open: async () => room,
      explain: (error) => ({ code: 'failed', message: String(error) }),
      person: 'lan',
      directory,
      locale: 'vi',
      cards: [],
      question: undefined,
      out: say,
      err: say,
      progress: say,
      signal: leaving.signal,
    };
    const ended = runShell(argv, options);
    return { said, ended };
  }

  const typed = new Map<string, Command>();
  return {
    create: () => ({
      ...createShellPlatform(blobs),
      // Whoever opens the desk is who listens.
      listen: async (desk) => {
        listener = desk.ask;
        const stop = await createShellPlatform(blobs).listen(desk);
        return async () => {
          listener = undefined;
          await stop();
        };
      },
    }),
    say: async ({ key, text, picture }: Said) => {
      if (listener === undefined) throw new Error('nobody listens');
      if (picture !== undefined) await writeFile(join(directory, 'boat.png'), picture);
      const image = picture === undefined ? [] : ['--image', 'boat.png'];
      // What a person types they type once: nobody delivers it again.
      const command = typed.get(key) ?? type(['imagine', text, ...image], listener);
      typed.set(key, command);
      await expect.poll(() => command.said.length).toBeGreaterThan(0);
      return command.said[0] ?? '';
    },
    seen: async ({ id }, answer) => {
      const command = commands.get(id);
      if (command === undefined) throw new Error('nobody asked');
      ledger.finish(id, answer);
      const exitCode = await command.ended;
      const results = command.said.filter((text) => text.includes(answer.kind === 'made' ? answer.code : 'Bộ lọc an toàn'));
      return exitCode === (answer.kind === 'made' ? 0 : 1) ? results.length : 0;
    },
    close: async () => {
      leaving.abort();
      await Promise.all([...typed.values()].map(({ ended }) => ended));
      await rm(directory, { recursive: true });
    },
  };
}

describePlatform('cli', openTerminal);

describe('a picture that was sent', () => {
  const news = (answer: Answer): News => ({ kind: 'answer', answer, open: () => Promise.reject(new Error('nobody opens it')) });

  it.each([made(), REFUSED])('is removed with the answer, whichever it is, and nobody else’s of the same bytes: $kind', async (answer) => {
    const blobs = createMemoryBlobs();
    const platform = createShellPlatform(blobs);
    const [mine, other] = [await keepShellImage('cli-1', { bytes: PNG }, blobs), await keepShellImage('cli-2', { bytes: PNG }, blobs)];
    await platform.deliver(asked('cli-1', { images: [mine] }), news(answer), createPage());
    expect([blobs.size(), (await platform.download(heldBy(other), AbortSignal.timeout(1000))).bytes]).toEqual([1, PNG]);
  });

  it('is left alone by a worker that has lost the job', async () => {
    const blobs = createMemoryBlobs();
    const mine = await keepShellImage('cli-1', { bytes: PNG }, blobs);
    const page = createPage();
    page.supersede();
    const delivered = createShellPlatform(blobs).deliver(asked('cli-1', { images: [mine] }), news(made()), page);
    await expect(delivered).rejects.toMatchObject({ reason: 'superseded' });
    expect(blobs.size()).toBe(1);
  });
});
