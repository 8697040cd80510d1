import { parentPort, workerData } from 'node:worker_threads';
import heic from 'heic-decode';
import { z } from 'zod';

/** What the thread is given to do, and what it says back. */
const taskSchema = z.object({ bytes: z.instanceof(Uint8Array), pixelsMax: z.number() });

const { bytes, pixelsMax } = taskSchema.parse(workerData);
const [first] = await heic.all({ buffer: bytes });
if (first === undefined || first.width * first.height > pixelsMax) throw new Error('no picture of a reasonable size in the file');
const { data, width, height } = await first.decode();
parentPort?.postMessage({ data: new Uint8Array(data.buffer), width, height, channels: 4 }, [data.buffer]);
