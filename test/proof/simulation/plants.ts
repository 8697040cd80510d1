import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Journal, Ledger, Page } from '#src/core/ledger.ts';
import type { Plant } from './plant.ts';

/** A bug, and the word that the checker must say of it. */
export interface PlantedBug {
  readonly name: string;
  readonly plant: Plant;
  readonly says: readonly string[];
}

/** Every page of every journal, changed. */
const withPages =
  (change: (page: Page, step: string) => Page) =>
  (ledger: Ledger): Ledger =>
    withJournals((journal) => ({ ...journal, page: (step) => change(journal.page(step), step) }))(ledger);

const withJournals =
  (change: (journal: Journal) => Journal) =>
  (ledger: Ledger): Ledger => ({
    ...ledger,
    open: async (id) => {
      const journal = await ledger.open(id);
      return journal === undefined ? undefined : change(journal);
    },
  });

/** A fact that is thought to be written: of those with such a name, where the words of a fact tell it apart from others. */
const forgetting = (name: RegExp, isMeant = (_text: string): boolean => true) =>
  withPages((page, step) => ({
    ...page,
    write: async (fact, value, ...spent) =>
      name.test(`${step}/${fact}`) && isMeant(JSON.stringify(value)) ? undefined : page.write(fact, value, ...spent),
  }));

const isResult = (text: string): boolean => text.includes('"painted"');

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'a picture’s fact is not written',
    plant: { ledger: forgetting(/^invoke\/picture/, isResult) },
    says: ['unbooked', 'paid too often'],
  },
  {
    name: 'the intent is not written',
    plant: { ledger: forgetting(/^invoke\/picture/, (text) => !isResult(text)) },
    says: ['unbooked', 'paid too often'],
  },
  { name: 'the plan is not written', plant: { ledger: forgetting(/^plan\//) }, says: ['paid too often'] },
  { name: 'the answer is not fixed before it is shown', plant: { ledger: forgetting(/^settle\//) }, says: ['contradicted'] },
  { name: 'the fence is ignored', plant: { ignoresFence: true }, says: ['stale', 'contradicted', 'unbooked'] },
  {
    name: 'a refusal is tried again',
    plant: {
      model: (model) => ({
        ...model,
        generate: async (...values) =>
          model.generate(...values).catch((error: unknown) => {
            throw error instanceof Refusal ? new Error('refused', { cause: error }) : error;
          }),
      }),
    },
    says: ['paid too often'],
  },
  {
    name: 'an unknown end is taken for certainly nothing',
    plant: {
      model: (model) => ({
        ...model,
        generate: async (...values) =>
          model.generate(...values).catch((error: unknown) => {
            throw error instanceof Refusal || error instanceof TryLater ? error : new TryLater('throttled', 1000, error);
          }),
      }),
    },
    says: ['unbooked', 'paid too often'],
  },
  {
    name: 'money is booked twice',
    plant: {
      ledger: withPages((page) => ({
        ...page,
        async write(name, fact, spent) {
          await page.write(name, fact, spent);
          if (spent !== undefined) await page.write(name, fact, spent);
        },
      })),
    },
    says: ['booked too much'],
  },
  {
    name: 'money is not booked',
    plant: { ledger: withPages((page) => ({ ...page, write: async (name, fact) => page.write(name, fact) })) },
    says: ['unbooked'],
  },
  {
    name: 'the person is told yes before the ledger has it',
    plant: {
      ask: (ask) => async (said) => {
        void ask(said);
        return { receipt: { kind: 'accepted', id: said.id, ahead: 0, estimateMs: 0, repeated: false }, language: 'en' };
      },
    },
    says: ['lost', 'unfinished'],
  },
  {
    name: 'a redelivery is a new request',
    plant: {
      ask: (ask) => {
        let deliveries = 0;
        return async (said) => ask({ ...said, id: `${said.id}-${(deliveries += 1)}` });
      },
    },
    says: ['invented', 'lost'],
  },
  {
    name: 'a queue that has forgotten is filled before those who hold jobs have said so',
    plant: { queue: (queue) => ({ ...queue, memory: async () => queue.memory().catch((error: unknown) => String(error)) }) },
    says: ['paid too often'],
  },
  { name: 'nobody sweeps', plant: { neverSweeps: true }, says: ['lost', 'unfinished'] },
  { name: 'the newest goes first', plant: { newestFirst: true }, says: ['reordered'] },
  {
    name: 'a request is not ended',
    plant: { ledger: withJournals((journal) => ({ ...journal, close: async () => undefined })) },
    says: ['unfinished'],
  },
  {
    name: 'the handle of a post is not written before the post',
    plant: { ledger: forgetting(/^deliver\/posting/) },
    says: ['answered twice'],
  },
  {
    name: 'the answer is read anew for every delivery',
    plant: { ledger: withPages((page, step) => (step === 'settle' ? { ...page, read: async () => undefined } : page)) },
    says: ['contradicted'],
  },
];
