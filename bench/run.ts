import { parseArgs } from 'node:util';
import type { Environment, Scale } from './bot.ts';
import type { ChatName } from './chat/start.ts';
import { openEnvironments } from './environments.ts';
import type { Figure } from './figure.ts';
import { measure as accept } from './figures/accept.ts';
import { measureAcknowledgement } from './figures/chat-acknowledgement.ts';
import { measureKilled } from './figures/chat-killed.ts';
import { measureOverhead } from './figures/chat-overhead.ts';
import { measureThrottled } from './figures/chat-throttled.ts';
import { measure as clips, measureLighter } from './figures/clips.ts';
import { measure as floor } from './figures/floor.ts';
import { measure as growth } from './figures/growth.ts';
import { measure as memory } from './figures/memory.ts';
import { measure as overhead } from './figures/overhead.ts';
import { measure as page } from './figures/page.ts';
import { measure as recovery } from './figures/recovery.ts';
import { measure as start } from './figures/start.ts';
import { measure as throughput } from './figures/throughput.ts';
import { renderJson, renderTable } from './render.ts';

/**
 * `npm run bench -- [--only accept,slack] [--in control,embedded] [--table] [--tiny | --long] [--profile <folder>]`: one JSON line a figure, the control's
 * first; or a table at the end. Part of a name up to a dash names all that begin with it.
 */
type Measure = (environment: Environment, scale: Scale) => Promise<Figure[]>;
const ofChat = (name: ChatName): Readonly<Record<string, Measure>> => ({
  [`${name}-acknowledgement`]: async (environment, scale) => measureAcknowledgement(name, environment, scale),
  [`${name}-overhead`]: async (environment, scale) => measureOverhead(name, environment, scale),
  [`${name}-throttled`]: async (environment, scale) => measureThrottled(name, environment, scale),
  [`${name}-killed`]: async (environment, scale) => measureKilled(name, environment, scale),
});
const FIGURES: Readonly<Record<string, Measure>> = {
  floor,
  overhead,
  throughput,
  accept,
  memory,
  start,
  recovery,
  growth,
  page,
  clips,
  'clips-lighter': measureLighter,
  ...ofChat('slack'),
  ...ofChat('discord'),
};
const PLACES = ['control', 'embedded', 'redis+postgres'];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    in: { type: 'string' },
    table: { type: 'boolean', default: false },
    tiny: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const wanted = values.only?.split(',') ?? Object.keys(FIGURES);
const isNamed = (name: string, part: string): boolean => name === part || name.startsWith(`${part}-`);
const unknown = wanted.filter((part) => !Object.keys(FIGURES).some((name) => isNamed(name, part)));
if (unknown.length > 0) throw new Error(`--only takes some of ${Object.keys(FIGURES).join(', ')}`);
const chosen = Object.entries(FIGURES).filter(([name]) => wanted.some((part) => isNamed(name, part)));
const scale = values.tiny ? 'tiny' : values.long ? 'long' : 'usual';
const places = values.in?.split(',') ?? PLACES;
if (!places.every((place) => PLACES.includes(place))) throw new Error(`--in takes some of ${PLACES.join(', ')}`);

const opened = await openEnvironments(places, values.profile);
const all: Figure[] = [];
try {
  for (const [name, measure] of chosen) {
    for (const environment of opened.environments) {
      console.error(`[bench] ${name}, ${environment.configuration}`);
      // One figure that cannot be taken is no reason to go without the others.
      const figures = await measure(environment, scale).catch((error: unknown) => {
        console.error(`[bench] ${name}, ${environment.configuration}: not taken`, error);
        process.exitCode = 1;
        return [];
      });
      all.push(...figures);
      if (!values.table) for (const figure of figures) console.log(renderJson(figure, all));
    }
  }
} finally {
  await opened.stop();
}
if (values.table) console.log(renderTable(all));
