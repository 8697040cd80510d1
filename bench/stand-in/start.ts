import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

/** The paid service, in a process of its own so that the bot's processor time is its own. */
export interface StandIn {
  readonly url: string;
  calls(): Promise<number>;
  /** How long each picture takes from now on, and how many may be painted at once. */
  set(settings: ModelSettings): Promise<void>;
  stop(): Promise<void>;
}

export interface ModelSettings {
  readonly modelTimeMs?: number;
  readonly atOnceMax?: number;
}

const firstLineSchema = z.tuple([z.instanceof(Buffer)]).transform(([line]) => line.toString().trim());

export async function startStandIn(modelTimeMs: number): Promise<StandIn> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts'), String(modelTimeMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = firstLineSchema.parse(await once(child.stdout, 'data'));
  return {
    url,
    calls: async () => Number(await (await fetch(new URL('/calls', url))).text()),
    async set(settings) {
      const address = new URL('/settings', url);
      for (const [name, value] of Object.entries(settings)) address.searchParams.set(name, String(value));
      await (await fetch(address)).text();
    },
    async stop() {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}
