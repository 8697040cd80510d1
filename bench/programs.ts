import type { House, Running } from '#test/flows/house.ts';
import { openWire, type Wire } from './wire.ts';

/** One program of a bot: where its file is, and how one sees that it is ready. */
export interface Program {
  readonly name: string;
  readonly file: string;
  readonly argv?: readonly string[];
  /** What it says when it has started. */
  readonly ready: string;
  /** Where people ask, in what it has said; a program without it talks to nobody. */
  readonly address?: RegExp;
}

/** Programs as real processes, started and killed by name. */
export interface Programs {
  readonly names: readonly string[];
  start(name: string): Promise<number>;
  kill(name: string): Promise<void>;
  /** Ends all of them in an orderly way. */
  stop(): Promise<void>;
  pidOf(name: string): number;
  /** The connections to whoever people ask. */
  wire(): Wire;
}

/** `heard` gets what the programs write to their standard error, piece by piece. */
export function createPrograms(
  house: House,
  programs: readonly Program[],
  settings: Readonly<Record<string, string>>,
  heard: (text: string) => void,
): Programs {
  const running = new Map<string, Running>();
  let wire: Wire | undefined;

  const of = (name: string): Running => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} is not running`);
    return found;
  };
  const end = async (name: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const { child, ended } = of(name);
    child.kill(signal);
    await ended;
    running.delete(name);
  };
  return {
    names: programs.map(({ name }) => name),
    async start(name) {
      const program = programs.find((one) => one.name === name);
      if (program === undefined) throw new Error(`there is no program ${name}`);
      const startedAt = performance.now();
      const process = house.start(program.file, program.argv, settings);
      running.set(name, process);
      process.child.stderr?.on('data', heard);
      const said = await process.said(program.ready);
      const origin = program.address?.exec(said)?.[1];
      if (origin !== undefined) {
        wire?.close();
        wire = openWire(origin);
        await wire.get('/health');
      }
      return performance.now() - startedAt;
    },
    kill: async (name) => end(name, 'SIGKILL'),
    async stop() {
      await Promise.all([...running.keys()].map(async (name) => end(name, 'SIGTERM')));
      wire?.close();
    },
    pidOf: (name) => of(name).child.pid ?? 0,
    wire: () => {
      if (wire === undefined) throw new Error('nobody is listening');
      return wire;
    },
  };
}
