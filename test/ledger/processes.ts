import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { LedgerDatabase } from '#src/ledger/open.ts';
import type { Errand } from './clerk.ts';
import { holdOf, useDesk, type SqlPlace } from './desk.ts';

export interface SharedPlace extends SqlPlace {
  readonly database: LedgerDatabase;
}

const FACTS_BEFORE_DEATH = 25;

/** What holds between processes that share one database. */
export function describeProcesses(name: string, prepare: () => Promise<SharedPlace>): void {
  describe(`${name}: several processes`, () => {
    let database: LedgerDatabase;
    const desk = useDesk(async () => {
      const place = await prepare();
      ({ database } = place);
      return place;
    });

    it('a killed process leaves behind every fact that it was told is written, and the money with it', async () => {
      const clerk = send({ kind: 'write', database, id: 'cli-1' });
      let last = -1;
      for await (const line of createInterface({ input: clerk.stdout })) {
        last = Number(line);
        if (last === FACTS_BEFORE_DEATH) clerk.kill('SIGKILL');
      }
      const one = await desk.open();
      const journal = await holdOf(one, 'cli-1');
      expect(journal.attempt).toBe(2);
      for (let number = 0; number <= last; number += 1) expect(await journal.page('invoke').read(`fact-${number}`)).toBe(number);
      const booked = (await one.archive.find('cli-1'))?.costMicros ?? 0;
      expect(last).toBeGreaterThanOrEqual(FACTS_BEFORE_DEATH);
      // The last write may have been committed without there having been time to say so.
      expect([last + 1, last + 2]).toContain(booked);
      expect(await journal.page('invoke').read(`fact-${booked - 1}`)).toBe(booked - 1);
    });

    it('may open an empty place at the same time and fill it together, up to the limit and no further', async () => {
      const times = 60;
      const limit = 100;
      const clerks = ['an', 'binh', 'chi'].map((prefix) => send({ kind: 'accept', database, prefix, times, limit }));
      const taken = await Promise.all(clerks.map(async ({ stdout }) => Number(await text(stdout))));
      expect(taken.reduce((sum, each) => sum + each, 0)).toBe(limit);
      const one = await desk.open();
      expect(await one.archive.history({ tenant: 'home', limit: 100 })).toHaveLength(limit);
    });
  });
}

/** A process of its own. What it complains about is passed on. */
function send(errand: Errand) {
  const clerk = spawn(process.execPath, [join(import.meta.dirname, 'clerk.ts'), JSON.stringify(errand)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return clerk;
}
