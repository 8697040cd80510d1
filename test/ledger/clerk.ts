import { Refusal } from '#src/core/failure.ts';
import { openLedger, type LedgerDatabase } from '#src/ledger/open.ts';
import { asked } from './asked.ts';

/** What a clerk, a process of its own at the ledger, is told to do. */
export type Errand =
  | { readonly kind: 'write'; readonly database: LedgerDatabase; readonly id: string }
  | { readonly kind: 'accept'; readonly database: LedgerDatabase; readonly prefix: string; readonly times: number; readonly limit: number };

/** Writes fact after fact until it is killed, and says each number once the ledger has it. */
async function write(database: LedgerDatabase, id: string): Promise<void> {
  const { ledger } = await openLedger({ database, maxUnfinished: 10, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
  await ledger.accept(asked(id), 1_000_000);
  const page = (await ledger.open(id))?.page('invoke');
  for (let number = 0; ; number += 1) {
    await page?.write(`fact-${number}`, number, { what: 'picture', modelId: 'sd35', costMicros: 1 });
    process.stdout.write(`${number}\n`);
  }
}

/** Accepts one request after another, and says how many were taken. */
async function accept(errand: Errand & { kind: 'accept' }): Promise<void> {
  const { database, prefix, times, limit: maxUnfinished } = errand;
  const opened = await openLedger({ database, maxUnfinished, dailyBudgetMicros: undefined, parallel: 1, now: Date.now });
  let taken = 0;
  for (let number = 0; number < times; number += 1) {
    const { receipt } = await opened.ledger.accept(asked(`${prefix}-${number}`, { requester: { id: prefix } }), 1);
    if (receipt.kind === 'accepted') taken += 1;
    else if (receipt.code !== 'queue-full') throw new Refusal(receipt.code, receipt.details);
  }
  await opened.close();
  process.stdout.write(`${taken}\n`);
}

const errand: Errand = JSON.parse(process.argv[2] ?? '');
await (errand.kind === 'write' ? write(errand.database, errand.id) : accept(errand));
