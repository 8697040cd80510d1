import { startEmbeddedRedis } from '#src/queue/embedded.ts';
import { say } from '../program.ts';

const { connection } = await startEmbeddedRedis();
say({ event: 'ready', connection });
