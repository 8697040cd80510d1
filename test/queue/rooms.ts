import { randomUUID } from 'node:crypto';
import type { Log, LogFields } from '#src/core/log.ts';
import { createBullQueue } from '#src/queue/bullmq.ts';
import type { RedisAddress } from '#src/queue/redis.ts';
import type { QueueRoom } from '#test/contracts/queue.ts';

export interface RedisUnderTest {
  readonly connection: RedisAddress;
  readonly close: () => Promise<void>;
}

/** A queue of its own on a Redis that may be shared. */
export function openRoom({ connection, close }: RedisUnderTest): QueueRoom {
  const name = freshName();
  return { enter: (settings) => createBullQueue({ connection, name, log: silentLog, ...settings }), leave: close };
}

export const freshName = (): string => `test-${randomUUID()}`;

export const silentLog: Log = { info() {}, warn() {}, error() {} };

export interface LogLine {
  readonly event: string;
  readonly fields: LogFields;
}

export function createMemoryLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const keep = (event: string, fields: LogFields = {}): void => {
    lines.push({ event, fields });
  };
  return { lines, info: keep, warn: keep, error: keep };
}
