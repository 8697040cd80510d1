import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { freshDatabase, type FreshDatabase } from '#test/setup/fresh.ts';
import { freePort } from '#test/setup/server.ts';
import { asked, NOON } from './asked.ts';

const postgresUrl = inject('postgresUrl');
const RULES = { maxUnfinished: 1000, dailyBudgetMicros: undefined, parallel: 1, now: () => NOON };
const OURS = `from pg_stat_activity where application_name = 'hoami' and datname = current_database()`;

describe.skipIf(postgresUrl === undefined)('PostgreSQL in trouble', () => {
  let fresh: FreshDatabase;
  let one: OpenedLedger;
  let operator: Client;
  beforeEach(async () => {
    fresh = await freshDatabase(postgresUrl ?? '');
    one = await openLedger({ ...RULES, database: { kind: 'postgres', url: fresh.url } });
    operator = new Client({ connectionString: fresh.url });
    await operator.connect();
  });
  afterEach(async () => {
    await operator.end();
    await one.close();
    await fresh.drop();
  });

  const acceptMany = async (prefix: string, times: number) =>
    Promise.allSettled(Array.from({ length: times }, async (_, index) => one.ledger.accept(asked(`${prefix}-${index}`), 1)));

  /** Keeps everybody from writing requests, on a connection of its own: a transaction sees the server's activity as it was at first. */
  const lockRequests = async (): Promise<Client> => {
    const locker = new Client({ connectionString: fresh.url });
    await locker.connect();
    await locker.query('begin; lock table requests in exclusive mode');
    return locker;
  };

  it('idle connections that the server closes are replaced, and the process lives', async () => {
    await acceptMany('cli', 20);
    await operator.query(`select pg_terminate_backend(pid) ${OURS}`);
    // For a moment a call may still be given a connection that does not know yet that it is dead.
    await expect.poll(async () => (await one.ledger.accept(asked('late-1'), 1)).receipt.kind).toBe('accepted');
  });

  it('a connection that dies at work is an error of what it was doing alone', async () => {
    const locker = await lockRequests();
    const waiting = acceptMany('cli', 3);
    for (let batch = 0; batch < 2; batch += 1) {
      await expect.poll(async () => (await operator.query(`select 1 ${OURS} and wait_event_type = 'Lock'`)).rowCount).toBe(1);
      await operator.query(`select pg_terminate_backend(pid) ${OURS} and wait_event_type = 'Lock'`);
    }
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await locker.end();
    await one.check().catch(() => undefined);
    expect((await one.ledger.accept(asked('cli-0'), 1)).receipt).toMatchObject({ kind: 'accepted', repeated: false });
  });

  it('a lock that nobody lets go of is an error in the end', async () => {
    const locker = await lockRequests();
    await expect(one.ledger.accept(asked('cli-1'), 1)).rejects.toMatchObject({ code: '57014' });
    await locker.end();
  });

  it('a crowd that waits for one tenant leaves connections for whoever looks something up', async () => {
    const locker = await lockRequests();
    const waiting = acceptMany('cli', 20);
    await expect.poll(async () => (await operator.query(`select 1 ${OURS} and wait_event_type = 'Lock'`)).rowCount).toBe(1);
    expect(await one.preferences.read('home', 'lan')).toEqual({});
    await locker.end();
    expect((await waiting).filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  });

  it('two gateways that accept at once for one tenant let in what its budget pays for, and neither of them fails', async () => {
    const rules = { ...RULES, dailyBudgetMicros: 25, database: { kind: 'postgres', url: fresh.url } } as const;
    const gateways = await Promise.all([openLedger(rules), openLedger(rules)]);
    const wishes = Array.from({ length: 60 }, (_, index) => index);
    // Half of what one gateway is asked the other is asked as well, in the opposite order.
    const orders = [wishes.slice(0, 40), wishes.slice(20).toReversed()];
    const told = await Promise.all(
      gateways.flatMap(({ ledger }, at) => (orders[at] ?? []).map(async (index) => ledger.accept(asked(`cli-${index}`), 1))),
    );
    const fresh25 = told.filter(({ receipt }) => receipt.kind === 'accepted' && !receipt.repeated);
    expect(fresh25).toHaveLength(25);
    expect((await operator.query('select id from requests')).rowCount).toBe(25);
    expect((await operator.query<object>('select reserved_micros::int as held from budgets')).rows).toEqual([{ held: 25 }]);
    await Promise.all(gateways.map(async ({ close }) => close()));
  });

  it('has its connections before anybody asks', async () => {
    expect((await operator.query(`select 1 ${OURS}`)).rowCount).toBe(4);
  });

  it('never has more than ten connections', async () => {
    await acceptMany('cli', 60);
    const { rowCount } = await operator.query(`select 1 ${OURS}`);
    expect(rowCount).toBeGreaterThan(1);
    expect(rowCount).toBeLessThanOrEqual(10);
  });

  it('a full disk is a refusal like another, and nothing is half written', async () => {
    await one.ledger.accept(asked('cli-1'), 1);
    const journal = await one.ledger.open('cli-1');
    await operator.query(`create function fail() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
    await operator.query('create trigger full_disk after insert on facts for each row execute function fail()');
    await operator.query('create trigger full_disk after insert on requests for each row execute function fail()');
    expect((await one.ledger.accept(asked('cli-2'), 1)).receipt).toEqual({ kind: 'refused', code: 'storage-full', details: {} });
    expect(await one.archive.find('cli-2')).toBeUndefined();
    await expect(journal?.page('invoke').write('picture', 1)).rejects.toMatchObject({ name: 'Refusal', code: 'storage-full' });
    expect(await journal?.page('invoke').read('picture')).toBeUndefined();
    await expect(one.notes.page('cli-1').write('placeholder', 1)).rejects.toMatchObject({ name: 'Refusal', code: 'storage-full' });
  });

  it('a database that is gone does not answer', async () => {
    await operator.end();
    await fresh.drop();
    await expect(one.check()).rejects.toBeInstanceOf(Error);
    await expect(one.check()).rejects.toThrow('does not exist');
    operator = new Client({ connectionString: postgresUrl });
    await operator.connect();
  });

  it('a server that is not there is an error when opening', async () => {
    const url = `postgres://hoami@127.0.0.1:${await freePort()}/ledger`;
    await expect(openLedger({ ...RULES, database: { kind: 'postgres', url } })).rejects.toBeInstanceOf(Error);
  });
});
