import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openHouse, type House } from '#test/flows/house.ts';
import { paint } from '#src/sandbox/painter/paint.ts';
import { report } from './length.ts';

const FIRST = 200;
const LAST = 1000;
const MEGABYTE = 1024 * 1024;
/** What all of them may leave behind without anybody calling it a leak: caches that fill, code that is compiled. A third of each picture is more. */
const HEAP_GROWTH_MAX_BYTES = 6 * MEGABYTE;
const OPEN_GROWTH_MAX = 4;

const sampleSchema = z.object({
  answered: z.number(),
  open: z.record(z.string(), z.number()),
  listeners: z.number(),
  heapBytes: z.number(),
  externalBytes: z.number(),
  rssBytes: z.number(),
  cpuMs: z.number(),
});

/** A model that answers at once, always with the same small picture: what is looked at is the process that asks. */
async function startInstantModel() {
  const picture = await paint({ prompt: 'a boat', negativePrompt: '', width: 256, height: 256, seed: 1, format: 'png' });
  const images = [picture.toString('base64')];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ seeds: [1], finish_reasons: [null], images }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` };
}

describe(`one process after ${LAST} pictures`, { timeout: 600_000 }, () => {
  let house: House;
  let model: Awaited<ReturnType<typeof startInstantModel>>;
  beforeAll(async () => {
    [house, model] = await Promise.all([openHouse(), startInstantModel()]);
  });
  afterAll(async () => {
    await house.close();
    model.server.close();
  });

  it('holds no more sockets, timers, listeners and memory than after the first ones', async () => {
    const options = { BEDROCK_ENDPOINT: model.url, NODE_OPTIONS: '--expose-gc --disable-warning=ExperimentalWarning' };
    const program = house.start('test/proof/outages/programs/thousand.ts', [String(LAST), String(FIRST), String(LAST)], options);
    const { code, out, err } = await program.ended;
    expect([code, err]).toEqual([0, '']);
    const [first, last] = out
      .trim()
      .split('\n')
      .map((line) => sampleSchema.parse(JSON.parse(line)));
    if (first === undefined || last === undefined) throw new Error(out);
    const grownBytes = last.heapBytes + last.externalBytes - first.heapBytes - first.externalBytes;
    report('leaks', {
      jobs: last.answered,
      grownMb: (grownBytes / MEGABYTE).toFixed(1),
      rssMb: Math.round(last.rssBytes / MEGABYTE),
      cpuSeconds: (last.cpuMs / 1000).toFixed(1),
      open: JSON.stringify([first.open, last.open]),
    });
    expect(last.answered).toBe(LAST);
    expect(last.listeners).toBe(first.listeners);
    expect(sum(last.open) - sum(first.open)).toBeLessThanOrEqual(OPEN_GROWTH_MAX);
    expect(grownBytes).toBeLessThan(HEAP_GROWTH_MAX_BYTES);
  });
});

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
