import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** What the programs beside this file say, one JSON object a line. */
const wordSchema = z.object({
  event: z.string(),
  id: z.string().optional(),
  reason: z.string().optional(),
  role: z.string().optional(),
  connection: z.object({ host: z.string(), port: z.int(), password: z.string() }).optional(),
});
type Word = z.infer<typeof wordSchema>;

/** A real process that can be frozen and killed. */
export interface Program {
  /** Resolves with the first such word, said or yet to be said; rejects when the program ends without it. */
  heard(event: string): Promise<Word>;
  words(): readonly Word[];
  freeze(): void;
  thaw(): void;
  /** SIGKILL: nothing in it gets a chance to say goodbye. */
  kill(): Promise<void>;
}

export async function startProgram(name: 'redis' | 'worker' | 'host', input: object = {}, cwd?: string): Promise<Program> {
  const file = join(import.meta.dirname, 'programs', `${name}.ts`);
  const child = spawn(process.execPath, [file, JSON.stringify(input)], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const exited = once(child, 'exit');
  const said: Word[] = [];
  const changes = new EventTarget();
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(wordSchema.parse(JSON.parse(line)));
    changes.dispatchEvent(new Event('change'));
  });
  const heard = async (event: string): Promise<Word> => {
    for (;;) {
      const word = said.find((one) => one.event === event);
      if (word !== undefined) return word;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${name} ended without saying ${event}`);
      await Promise.race([once(changes, 'change'), exited]);
    }
  };
  return {
    heard,
    words: () => said,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async kill() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await exited;
    },
  };
}

/** For the programs: one word to whoever started them. */
export function say(word: Word): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
