import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const lineSchema = z.object({ name: z.string(), configuration: z.string(), unit: z.string(), median: z.number(), n: z.int().positive() });

/** What the bench prints, figure by figure, when it does next to nothing. */
async function bench(only: string): Promise<string[]> {
  const child = spawn(process.execPath, ['bench/run.ts', '--tiny', '--in', 'control,embedded', '--only', only], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(err);
  const lines = out.trim().split('\n');
  return lines.map((line) => {
    const { configuration, name } = lineSchema.parse(JSON.parse(line));
    return `${configuration} · ${name}`;
  });
}

describe('the bench', { timeout: 240_000, concurrent: true }, () => {
  it('asks the product and the control in Slack, and prints a line a figure', async () => {
    const told = ['acknowledged, 3 at once', 'acknowledged, 5 a second', 'turned away'];
    const spent = ['processor time of the gateway a request', 'the stand-in itself was late'];
    const names = [...told, ...spent, 'memory of the gateway, idle', 'memory of the gateway, at its most'];
    expect(await bench('slack-acknowledgement')).toEqual(
      ['control', 'embedded'].flatMap((who) => names.map((name) => `${who} · slack: ${name}`)),
    );
  });

  it('kills the product and the control in Discord, and prints what became of what they had in work', async () => {
    const lines = await bench('discord-killed');
    expect(lines).toEqual(
      expect.arrayContaining(
        ['control', 'embedded'].flatMap((who) => ['lost', 'shown twice'].map((what) => `${who} · discord: ${what}, of 2 killed in flight`)),
      ),
    );
  });
});
