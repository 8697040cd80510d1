import { randomUUID } from 'node:crypto';
import { openHouse } from '#test/flows/house.ts';
import type { Bot, OpenOptions } from '../bot.ts';
import { createPrograms } from '../programs.ts';
import { startStandIn } from '../stand-in/start.ts';

const PROGRAM = {
  name: 'control',
  file: 'bench/control/server.ts',
  ready: 'listening on',
  address: /(http:\/\/127\.0\.0\.1:\d+)\//,
};

/** The control on the same stand-in. Its acknowledgement is its answer, picture included. */
export async function openControl({ modelTimeMs }: OpenOptions, settings: Readonly<Record<string, string>>): Promise<Bot> {
  const standIn = await startStandIn(modelTimeMs);
  const house = await openHouse();
  const place = { ...settings, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL_BEDROCK_RUNTIME: standIn.url };
  const programs = createPrograms(house, [PROGRAM], place, () => {});
  await programs.start(PROGRAM.name);
  return {
    programs: programs.names,
    async ask() {
      const { status, body } = await programs.wire().post('/', { text: 'a red kite over the sea' });
      const toldAt = performance.now();
      if (status !== 200 || body.byteLength < 1_000_000) throw new Error(`no picture: ${status}, ${body.byteLength} bytes`);
      return { id: randomUUID(), toldAt, answered: Promise.resolve(toldAt) };
    },
    see: async () => '',
    load: async () => {},
    pidOf: programs.pidOf,
    kill: programs.kill,
    start: programs.start,
    calls: standIn.calls,
    async close() {
      await programs.stop();
      await standIn.stop();
      await house.close();
    },
  };
}
