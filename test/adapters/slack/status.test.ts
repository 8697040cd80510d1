import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Arguments, SlackApi } from '#adapters/slack/api.ts';
import { SLACK_LIMITS } from '#adapters/slack/config.ts';
import { createStatus } from '#adapters/slack/status.ts';
import { TryLater } from '#src/core/failure.ts';
import { asked } from '#test/ledger/asked.ts';

const PLACE = { team: 'T1', channel: 'C1', thread: '1.1' };
const REFRESH_MS = 20;

/** What Slack is told, in order; `lets` false: it wants patience. */
function listener(lets = true): { readonly api: SlackApi; readonly told: Arguments[] } {
  const told: Arguments[] = [];
  const call: SlackApi['call'] = async (_team, _method, args) => {
    told.push(args);
    if (!lets) throw new TryLater('overloaded', 1000);
    return { kind: 'done', body: {}, scopes: [] };
  };
  return { api: { call }, told };
}

const lastOf = (told: readonly Arguments[]): unknown => told.at(-1)?.['status'];

describe('the line that says what is being done', () => {
  it('is said again before Slack takes it away after two minutes', () => {
    expect(SLACK_LIMITS.statusMs).toBeLessThan(110_000);
  });

  it('is said again and again, as it stands by then, until the end and never after it', async () => {
    const { api, told } = listener();
    const status = createStatus(api, Date.now, REFRESH_MS);
    const request = asked('one');
    status.show(request, PLACE, 'started');
    await expect.poll(() => told.length).toBeGreaterThan(3);
    status.show(request, PLACE, 'painting');
    await expect.poll(() => lastOf(told)).toBe('Đang vẽ');
    const { length } = told;
    await expect.poll(() => told.length).toBeGreaterThan(length + 2);
    expect(new Set(told.slice(length).map((args) => args['status']))).toEqual(new Set(['Đang vẽ']));
    await status.end('one');
    const ended = told.length;
    await sleep(5 * REFRESH_MS);
    expect(told).toHaveLength(ended);
  });

  it('goes on when Slack wants patience, and ends by itself when nobody ends it', async () => {
    const { api, told } = listener(false);
    let now = Date.now();
    const status = createStatus(api, () => now, REFRESH_MS);
    status.show(asked('one'), PLACE, 'painting');
    await expect.poll(() => told.length).toBeGreaterThan(2);
    now += SLACK_LIMITS.statusLongestMs + 1;
    await sleep(3 * REFRESH_MS);
    const { length } = told;
    await sleep(5 * REFRESH_MS);
    expect(told).toHaveLength(length);
  });

  it('is nothing where there is no thread', async () => {
    const { api, told } = listener();
    const status = createStatus(api, Date.now, REFRESH_MS);
    const place = { team: 'T1', channel: 'C1' };
    status.show(asked('one'), place, 'painting');
    await status.clear(place);
    await status.end('one');
    expect(told).toEqual([]);
  });
});
