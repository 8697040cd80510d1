import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a program to its end, at most `limitMs`. `show` lets its words through at once; otherwise they are kept as `output`. */
export const runProgram = async (
  command: string,
  args: readonly string[],
  { show, limitMs }: { show: boolean; limitMs: number },
): Promise<Outcome> => {
  const child = spawn(command, args, { stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'], timeout: limitMs });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  return { exitCode: child.exitCode ?? 1, output: child.signalCode === null ? output : `${output}\nended by ${child.signalCode}` };
};
