import { z } from 'zod';
import { claimHost } from '#src/queue/host.ts';
import { say } from '../program.ts';

/** Joins a data directory and says in which role. */
const { dataDirectory } = z.object({ dataDirectory: z.string() }).parse(JSON.parse(process.argv[2] ?? ''));
const { role, connection } = await claimHost(dataDirectory);
say({ event: 'joined', role, connection });
setInterval(() => {}, 60_000);
