import { setTimeout as sleep } from 'node:timers/promises';
import type { House, Running } from '#test/flows/house.ts';

/** A program of the product, as its operator would have it run. */
export interface Program {
  readonly name: string;
  readonly file: string;
  /** What it says when it is ready. */
  readonly ready: string;
  /** Finds the address people ask at in what it has said; a program without it talks to nobody. */
  readonly address?: RegExp;
  /** Whether it may also be frozen for longer than a job's lock. */
  readonly freezes?: boolean;
}

/** A supervisor: whatever ends the program, it is started again. */
export interface Keeper {
  readonly program: Program;
  isUp(): boolean;
  isFrozen(): boolean;
  /** Where people can ask just now. */
  address(): string | undefined;
  /** Kills it with SIGKILL, running or still starting; it is started again after the pause. False when it is dead already. */
  kill(pauseMs: number): boolean;
  /** Stops the clock for it: SIGSTOP, and SIGCONT after that time. */
  freeze(forMs: number): Promise<void>;
  /** Ends it for good. Resolves with everything that its processes have said on standard error. */
  close(): Promise<string>;
}

export interface Witness {
  readonly started: (name: string) => void;
  readonly frozen: (name: string) => void;
  readonly killed: (name: string, running: Running) => void;
}

interface State {
  running: Running | undefined;
  address: string | undefined;
  up: boolean;
  frozen: boolean;
  open: boolean;
  pauseMs: number;
}

const RESTART_MS = 300;

export function keep(program: Program, house: House, witness: Witness): Keeper {
  const state: State = { running: undefined, address: undefined, up: false, frozen: false, open: true, pauseMs: RESTART_MS };
  const said: string[] = [];

  async function becomeReady(running: Running): Promise<void> {
    try {
      const text = await running.said(program.ready);
      state.address = program.address?.exec(text)?.[1];
      state.up = true;
    } catch {
      // It ended before it was ready, and is started again.
    }
  }

  async function live(): Promise<void> {
    const running = house.start(program.file);
    state.running = running;
    witness.started(program.name);
    const ready = becomeReady(running);
    said.push((await running.ended).err);
    await ready;
    [state.up, state.address] = [false, undefined];
  }

  const living = (async () => {
    while (state.open) {
      await live();
      if (state.open) await sleep(state.pauseMs);
      state.pauseMs = RESTART_MS;
    }
  })();

  return {
    program,
    isUp: () => state.up,
    isFrozen: () => state.frozen,
    address: () => state.address,
    kill: (pauseMs) => {
      const { running } = state;
      if (running === undefined || running.child.exitCode !== null || running.child.signalCode !== null) return false;
      [state.up, state.address, state.pauseMs] = [false, undefined, pauseMs];
      witness.killed(program.name, running);
      return running.child.kill('SIGKILL');
    },
    freeze: async (forMs) => {
      const child = state.running?.child;
      state.frozen = true;
      witness.frozen(program.name);
      child?.kill('SIGSTOP');
      await sleep(forMs);
      child?.kill('SIGCONT');
      state.frozen = false;
    },
    close: async () => {
      state.open = false;
      state.running?.child.kill('SIGKILL');
      await living;
      return said.join('');
    },
  };
}
