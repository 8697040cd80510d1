import { parseArgs } from 'node:util';
import type { Environment } from './bot.ts';
import { openEnvironments } from './environments.ts';
import type { Figure } from './figure.ts';
import { measure as accept } from './figures/accept.ts';
import { measure as floor } from './figures/floor.ts';
import { measure as growth } from './figures/growth.ts';
import { measure as memory } from './figures/memory.ts';
import { measure as overhead } from './figures/overhead.ts';
import { measure as page } from './figures/page.ts';
import { measure as recovery } from './figures/recovery.ts';
import { measure as start } from './figures/start.ts';
import { measure as throughput } from './figures/throughput.ts';
import { renderJson, renderTable } from './render.ts';

/** `npm run bench -- [--only accept,start] [--in embedded] [--table] [--profile <folder>]`: one JSON line a figure, the control's first; or a table at the end. */
const FIGURES = { floor, overhead, throughput, accept, memory, start, recovery, growth, page };

const { values } = parseArgs({
  options: { only: { type: 'string' }, in: { type: 'string' }, table: { type: 'boolean', default: false }, profile: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(FIGURES);
const chosen = Object.entries(FIGURES).filter(([name]) => names.includes(name));
if (chosen.length !== names.length) throw new Error(`--only takes some of ${Object.keys(FIGURES).join(', ')}`);
const places = values.in?.split(',');
const isChosen = ({ configuration }: Environment): boolean => places === undefined || places.includes(configuration);

const opened = await openEnvironments(values.profile);
const all: Figure[] = [];
try {
  for (const [name, measure] of chosen) {
    for (const environment of opened.environments.filter(isChosen)) {
      console.error(`[bench] ${name}, ${environment.configuration}`);
      for (const figure of await measure(environment)) {
        all.push(figure);
        if (!values.table) console.log(renderJson(figure, all));
      }
    }
  }
} finally {
  await opened.stop();
}
if (values.table) console.log(renderTable(all));
