import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { Rows } from './bot.ts';

export type RowsDatabase = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** The highest price of one picture and its prompt, as intake reserves it. */
const RESERVED_MICROS = 42_000;
const PEOPLE = 50;

/**
 * Copies a finished request, with its facts and its money, as often as wished: one a minute into the past, over all people. Waiting ones are copies
 * that have not begun, all of one person. The bot must not be running.
 */
export async function addRows(database: RowsDatabase, template: string, { finished, waiting }: Rows): Promise<void> {
  const statements = [...(finished > 0 ? finishedRows(template, finished) : []), ...(waiting > 0 ? waitingRows(template, waiting) : [])];
  if (database.kind === 'sqlite') {
    const file = new DatabaseSync(database.file);
    file.exec(['begin', ...statements, 'commit'].join(';\n'));
    file.close();
    return;
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  // Millions of foreign keys that are known to be right need not be looked up; the statistics are what a server that runs has made itself.
  for (const statement of ['set session_replication_role = replica', ...statements, 'analyze']) await client.query(statement);
  await client.end();
}

const series = (count: number): string => `with recursive series(n) as (select 1 union all select n + 1 from series where n < ${count}) `;
/** Twelve digits, the first of which tells the two kinds apart. */
const idOf = (kind: 1 | 2): string => `'web-00000000-0000-4000-8000-' || cast(${kind}00000000000 + n as text)`;
const minutesBack = (column: string): string => `${column} - n * 60000`;

function finishedRows(template: string, count: number): string[] {
  const person = `'web-00000000-0000-4000-8000-0000000000' || cast(10 + n % ${PEOPLE} as text)`;
  const times = ['accepted_at', 'touched_at', 'started_at', 'finished_at'].map(minutesBack).join(', ');
  const of = `where request_id = '${template}'`;
  return [
    `${series(count)}insert into requests (id, tenant, platform, requester_id, rank, state, fence, attempts, accepted_at, touched_at, started_at,
      finished_at, model_id, made, reserved_micros, cost_micros, words, request, answer)
      select ${idOf(1)}, tenant, platform, ${person}, rank, state, fence, attempts, ${times}, model_id, made, reserved_micros, cost_micros, words,
      replace(request, id, ${idOf(1)}), answer from requests cross join series where id = '${template}'`,
    `${series(count)}insert into facts (request_id, step, name, fact, fence, at)
      select ${idOf(1)}, step, name, fact, fence, ${minutesBack('at')} from facts cross join series ${of}`,
    `${series(count)}insert into spending (id, request_id, tenant, requester_id, at, what, model_id, cost_micros)
      select spending.id || '-' || cast(n as text), ${idOf(1)}, tenant, ${person}, ${minutesBack('at')}, what, model_id, cost_micros
      from spending cross join series ${of}`,
  ];
}

function waitingRows(template: string, count: number): string[] {
  return [
    `${series(count)}insert into requests (id, tenant, platform, requester_id, rank, state, fence, attempts, accepted_at, touched_at, started_at,
      finished_at, model_id, made, reserved_micros, cost_micros, words, request, answer)
      select ${idOf(2)}, tenant, platform, 'web-flood', case when n > 64 then 64 else n - 1 end, 'queued', 0, 0, accepted_at, accepted_at + n,
      null, null, model_id, 0, ${RESERVED_MICROS}, 0, words, replace(request, id, ${idOf(2)}), null
      from requests cross join series where id = '${template}'`,
    `update budgets set reserved_micros = reserved_micros + ${RESERVED_MICROS * count}`,
  ];
}
