import { z } from 'zod';
import { TryLater } from '#src/core/failure.ts';
import { createBullQueue } from '#src/queue/bullmq.ts';
import { say } from '../program.ts';
import { silentLog } from '../rooms.ts';

/** Takes a job, holds it until its signal aborts, and says both. */
const { connection, name } = z
  .object({
    connection: z.union([z.object({ url: z.string() }), z.object({ host: z.string(), port: z.int(), password: z.string() })]),
    name: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const queue = createBullQueue({ connection, name, concurrency: 2, log: silentLog });
await queue.work(async (id, signal) => {
  say({ event: 'taken', id });
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  const reason: unknown = signal.reason;
  say({ event: 'aborted', id, reason: reason instanceof TryLater ? reason.reason : 'unknown' });
  throw reason;
});
