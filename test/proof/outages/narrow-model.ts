import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { paint } from '#src/sandbox/painter/paint.ts';

/** A model that takes a fixed time, whatever else the machine does, and bears only so many calls at once. */
export interface NarrowModel {
  readonly url: string;
  /** When each call that was let in began, epoch milliseconds. */
  readonly begun: readonly number[];
  /** How many calls it turned away. */
  turnedAway(): number;
  /** Of all places in the time from the first call's beginning to the last one's end, the part that was taken: 1 is as fast as can be. */
  occupancy(): number;
  close(): void;
}

export interface NarrowModelOptions {
  readonly room: number;
  readonly modelMs: number;
}

/** Painting anew would cost the processor more than the whole product, and what is looked at is the product. */
export async function startNarrowModel({ room, modelMs }: NarrowModelOptions): Promise<NarrowModel> {
  const picture = await paint({ prompt: 'a boat', negativePrompt: '', width: 512, height: 512, seed: 1, format: 'png' });
  const made = JSON.stringify({ seeds: [1], finish_reasons: [null], images: [picture.toString('base64')] });
  const begun: number[] = [];
  const count = { running: 0, turnedAway: 0, takenMs: 0, endedAt: 0 };

  async function generate(response: ServerResponse): Promise<void> {
    const startedAt = Date.now();
    begun.push(startedAt);
    count.running += 1;
    await sleep(modelMs);
    count.running -= 1;
    count.endedAt = Date.now();
    count.takenMs += count.endedAt - startedAt;
    response.setHeader('content-type', 'application/json').end(made);
  }

  function turnAway(response: ServerResponse): void {
    count.turnedAway += 1;
    response.writeHead(429, { 'content-type': 'application/json', 'x-amzn-errortype': 'ThrottlingException' });
    response.end(JSON.stringify({ message: 'Too many requests, please wait before trying again.' }));
  }

  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      // Whoever asks what models there are is told nothing, and goes by what it knows.
      if (request.url?.endsWith('/invoke') !== true) response.writeHead(404).end('{}');
      else if (count.running >= room) turnAway(response);
      else void generate(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    begun,
    turnedAway: () => count.turnedAway,
    occupancy: () => count.takenMs / (room * (count.endedAt - Math.min(...begun))),
    close: () => server.close(),
  };
}
