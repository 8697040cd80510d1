import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Callback } from '#adapters/discord/callback.ts';
import { createInteractions } from '#adapters/discord/interactions.ts';
import type { InteractionRoom } from '#adapters/discord/room.ts';
import type { DescribedAnswer } from '#src/core/answer.ts';
import type { Entry } from '#src/core/archive.ts';
import { createDesk } from '#src/core/desk.ts';
import { createIntake } from '#src/core/intake.ts';
import type { Log } from '#src/core/log.ts';
import { rayCard } from '#test/core/film-cards.ts';
import { asked, made } from '#test/ledger/asked.ts';
import { specs } from '#workers/models/catalogue.ts';
import { SETTINGS } from './bench.ts';

/** Three seconds is what a person's client waits; half a second of them is the way there and back. No clock is waited for here: it is turned. */
const ANSWERED_MS = 2100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const ID = 'discord-1573826700683247616';
const SNOWFLAKE = '1573826701299810304';
const USER = '1573826697545908224';
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

type Kept = 'made' | 'described';
const described: DescribedAnswer = {
  kind: 'described',
  title: 'Thuyền',
  altText: 'Thuyền đỏ',
  prompts: ['a red boat'],
  key: `${'b'.repeat(64)}.png`,
  costMicros: 0,
  sandbox: true,
};

/** Everything behind the gateway answers only after so long, or never. */
function slowRoom(ms: number, kept: Kept, confirmAboveMicros: number): InteractionRoom {
  const slow = async <Value>(value: Value): Promise<Value> =>
    new Promise((resolve) => {
      if (ms !== Infinity) setTimeout(() => resolve(value), ms);
    });
  const request = asked(ID, {
    thread: { platform: 'discord', address: { channelId: SNOWFLAKE } },
    requester: { id: USER },
    tenant: `discord-direct-${USER}`,
  });
  const entry: Entry = {
    request,
    ahead: 0,
    stage: 'finished',
    progress: undefined,
    isCancelled: false,
    answer: kept === 'made' ? made() : described,
    finishedAt: request.acceptedAt,
    costMicros: 0,
  };
  const archive = { find: async () => slow(entry), history: async () => slow([]) };
  const cabinet: InteractionRoom['cabinet'] = {
    read: async (drawer) =>
      slow(drawer === 'discord-picked' ? { images: [{ key: described.key }], origin: '', at: Date.now() } : undefined),
    write: async () => slow(undefined),
    remove: async () => slow(undefined),
    list: async () => slow([]),
  };
  const cards = [rayCard, ...specs.map(({ card }) => card)];
  const now = (): number => Date.now();
  const receipt = { kind: 'accepted', id: ID, ahead: 0, estimateMs: 1000, repeated: false } as const;
  const ledger = {
    accept: async () => slow({ receipt, entry: undefined }),
    open: async () => slow(undefined),
    unqueued: async () => slow([]),
  };
  const queue = { waiting: async () => slow(0), add: async () => slow(undefined), work: async () => slow(async () => {}) };
  const intake = createIntake({ ledger, queue, cards, log: silent, now, patienceMs: 60_000, confirmAboveMicros });
  const retractions = { cancel: async () => slow('noted' as const), remove: async () => slow({ kind: 'removed', keys: [] } as const) };
  const blobs = { remove: async () => slow(undefined) };
  return {
    desk: createDesk({
      intake,
      archive,
      retractions,
      preferences: { read: async () => slow({}) },
      cabinet,
      blobs,
      cards,
      log: silent,
      now,
    }),
    archive,
    cabinet,
    cards,
    clips: { link: async () => slow(undefined) },
    config: {
      token: '',
      ...SETTINGS,
      apiUrl: 'http://127.0.0.1/api',
      cdnUrl: 'http://127.0.0.1',
    },
    notes: { page: () => ({ read: async () => slow({ channelId: SNOWFLAKE, messageId: SNOWFLAKE }), write: async () => slow(undefined) }) },
    log: silent,
    now,
    remove: async () => slow(true),
    revise: async () => slow(undefined),
  };
}

const alone = {
  id: SNOWFLAKE,
  application_id: SNOWFLAKE,
  token: 'a-token',
  channel_id: SNOWFLAKE,
  channel: { id: SNOWFLAKE, type: 1 },
  user: { id: USER, username: 'lan' },
  locale: 'vi',
  context: 1,
  authorizing_integration_owners: { '0': '0' },
};
const message = { id: SNOWFLAKE, channel_id: SNOWFLAKE, author: { id: SNOWFLAKE, username: 'hoami', bot: true }, content: '' };
const result = { ...message, components: [{ type: 1, components: [{ type: 2, custom_id: `hoami:again:${ID}` }] }] };

const pressing = (action: string) => ({ ...alone, type: 3, data: { custom_id: `hoami:${action}:${ID}` }, message });
const words = { type: 18, component: { custom_id: 'prompt', value: 'thuyền đỏ' } };
const sending = (action: string) => ({ ...alone, type: 5, data: { custom_id: `hoami:${action}:${ID}`, components: [words] }, message });
const pointing = (name: string) => ({
  ...alone,
  type: 2,
  data: { name, type: 3, target_id: SNOWFLAKE, resolved: { messages: { [SNOWFLAKE]: result } } },
});
const typing = (name: string) => ({
  ...alone,
  type: 2,
  data: { name, type: 1, options: [{ name: 'prompt', type: 3, value: 'thuyền đỏ' }] },
});

const WAYS: readonly { readonly name: string; readonly interaction: object; readonly kept?: Kept }[] = [
  ...['again', 'upscale', 'animate', 'edit', 'recipe', 'delete', 'delete-yes', 'delete-no', 'delete-here', 'keep-here'].map((action) => ({
    name: action,
    interaction: pressing(action),
  })),
  ...['cancel', 'new-link', 'price-yes', 'price-no'].map((action) => ({ name: action, interaction: pressing(action) })),
  { name: 'paint-1', interaction: pressing('paint-1'), kept: 'described' },
  ...['edited', 'change', 'film'].map((action) => ({ name: `the form ${action}`, interaction: sending(action) })),
  ...['Describe', 'Transform image', 'Animate'].map((name) => ({ name: `the menu ${name}`, interaction: pointing(name) })),
  ...['imagine', 'video'].map((name) => ({ name: `the command ${name}`, interaction: typing(name) })),
];

describe('alone with the bot', () => {
  it.each(WAYS)('is answered in time, however slow everything behind it is: $name', async ({ interaction, kept = 'made' }) => {
    for (const confirmAboveMicros of [1_000_000, 0]) {
      for (const ms of [0, 140, 190, 290, 390, 490, 590, 790, 990, 1190, Infinity]) {
        const said: Callback[] = [];
        const take = createInteractions(slowRoom(ms, kept, confirmAboveMicros));
        const id = String((BigInt(Date.now()) - 1_420_070_400_000n) << 22n);
        void take({ ...interaction, id }, async (callback) => void said.push(callback));
        await vi.advanceTimersByTimeAsync(ANSWERED_MS);
        await turn();
        expect(said, `${ms} ms each, a yes above ${confirmAboveMicros}`).toHaveLength(1);
      }
    }
  });
});
