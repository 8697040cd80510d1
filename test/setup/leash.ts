import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { z } from 'zod';

/**
 * A program of its own: runs a throw-away server until its own standard input closes, then removes the server's folder.
 * The input is a pipe from the test run, and the system closes it however that run ends: done, interrupted or killed.
 */
const Leash = z.object({
  command: z.string(),
  args: z.array(z.string()),
  folder: z.string(),
  account: z.object({ uid: z.int(), gid: z.int() }).optional(),
});
const { command, args, folder, account } = Leash.parse(JSON.parse(process.argv[2] ?? '{}'));

const server = spawn(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], ...account });

// SIGQUIT is PostgreSQL's "at once" and ends Redis too: nothing here is worth an orderly shutdown.
process.stdin.resume().once('close', () => server.kill('SIGQUIT'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill('SIGQUIT'));

server.once('error', (error) => console.error(error.message));
server.once('close', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
