import { createIntake } from '#src/core/intake.ts';
import type { Ledger } from '#src/core/ledger.ts';
import type { Log } from '#src/core/log.ts';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { AskFunction } from '#src/core/platform.ts';
import type { RefillableQueue } from '#src/core/queue.ts';
import { createSweeper } from '#src/core/sweeper.ts';
import { specs } from '#workers/models/catalogue.ts';
import { createPipeline } from '#workers/pipeline.ts';
import { costOf, type Books, type Held } from './books.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import { createLedgerModel, type LedgerEvents } from './ledger.ts';
import { createLife, type Life } from './life.ts';
import {
  createBlobsModel,
  createChat,
  createEnhancerModel,
  createMailbox,
  createModel,
  describeAnswer,
  IMAGES,
  keyIn,
  MAILBOX,
  type Outside,
  type OutsideOptions,
  PROMPT_MICROS,
} from './outside.ts';
import type { Plant } from './plant.ts';
import type { QueueModel } from './queue.ts';
import type { Recorder, Wire } from './wire.ts';

export interface HouseOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly wire: Wire;
  readonly record: Recorder;
  readonly books: Books;
  readonly queue: QueueModel;
  readonly outside: Outside;
  readonly throttled: () => number;
  readonly patienceMs: number;
  readonly plant: Plant;
}

/** A gateway's way in, for as long as the process lives. */
export interface Gateway {
  readonly life: Life;
  readonly ask: AskFunction;
}

/** The processes of one history. A process that dies is started again, as a container is. */
export interface House {
  readonly lives: readonly Life[];
  gateways(): readonly Gateway[];
  workers(): readonly Life[];
  openGateway(): void;
  openWorker(concurrency: number): void;
  /** Ends a worker in order. */
  stop(life: Life): Promise<void>;
}

const cards = specs.map(({ card }) => card);
const LOG: Log = { info() {}, warn() {}, error() {} };
/** As src/main looks. */
const LOOK_EVERY_MS = 1000;
const GRACE_MS = 3000;

export function createHouse(options: HouseOptions): House {
  const { clock, chance, record, queue, books, plant } = options;
  const lives: Life[] = [];
  const gateways = new Set<Gateway>();
  const workers = new Set<Life>();

  /** Starts a process, and its successor when it is gone. */
  function spawn(kind: string, open: (life: Life) => void): void {
    const life = createLife(`${kind}-${lives.length + 1}`, clock, {
      killed(dead) {
        record({ kind: 'killed', process: dead.name, ids: [...dead.holding.keys()] });
        queue.lapse(dead);
        clock.in(chance.between(200, 3000), () => spawn(kind, open));
      },
      frozen(still) {
        record({ kind: 'frozen', process: still.name, ids: [...still.holding.keys()] });
        queue.lapse(still);
      },
      thawed: (awake) => queue.renew(awake),
    });
    lives.push(life);
    record({ kind: 'started', process: life.name });
    open(life);
  }

  function startSweeping(ledger: Ledger, port: RefillableQueue, life: Life): void {
    if (plant.neverSweeps === true) return;
    const look = createSweeper({ ledger, queue: port, now: clock.now });
    const run = async (): Promise<void> => {
      await look().catch(() => {});
      clock.in(LOOK_EVERY_MS, () => life.whenAwake(() => void run()));
    };
    void run();
  }

  const openGateway = (life: Life): void => {
    const ledger = ledgerFor(life, options);
    const port = queueFor(life, options);
    const log: Log = {
      ...LOG,
      warn(event, fields) {
        if (event === 'enqueue-failed') record({ kind: 'unqueued', id: String(fields?.['id']) });
      },
    };
    const ask = createIntake({ ledger, queue: asked(port), cards, log, now: clock.now, patienceMs: options.patienceMs });
    const gateway: Gateway = { life, ask: plant.ask?.(ask) ?? ask };
    gateways.add(gateway);
    startSweeping(ledger, port, life);
  };

  const openWorker = (life: Life, concurrency: number): void => {
    const ledger = ledgerFor(life, options);
    workers.add(life);
    const pipeline = pipelineFor(life, ledger, options);
    queue.work(life, concurrency, plant.handle?.(pipeline) ?? pipeline);
    startSweeping(ledger, queueFor(life, options), life);
  };

  return {
    lives,
    gateways: () => [...gateways].filter(({ life }) => life.isAlive() && !life.isFrozen()),
    workers: () => [...workers].filter((life) => life.isAlive()),
    openGateway: () => spawn('gateway', openGateway),
    openWorker: (concurrency) => spawn('worker', (life) => openWorker(life, concurrency)),
    async stop(life) {
      await queue.stop(life, GRACE_MS);
      life.kill();
    },
  };

  function ledgerFor(life: Life, { wire }: HouseOptions): Ledger {
    const reach = <Value>(method: string, id: string, effect: () => Value): Promise<Value> => {
      const isWrite = method !== 'open' && !method.startsWith('read');
      return wire.call({
        life,
        port: 'ledger',
        method,
        id,
        effect,
        fails: () => new Error('ledger unreachable'),
        ...(isWrite ? { full: () => new Refusal('storage-full') } : {}),
      });
    };
    const ledger = createLedgerModel(books, reach, ledgerEvents(options));
    return plant.ledger?.(ledger) ?? ledger;
  }

  /** A platform that delivers a command again just when its job was forgotten puts it on the queue before its worker has said that it has it. */
  function asked(port: RefillableQueue): RefillableQueue {
    return {
      ...port,
      add(entry) {
        if (queue.isSettling()) record({ kind: 'ambiguous', call: 'queue.add after a flush', ids: [entry.id] });
        return port.add(entry);
      },
    };
  }

  function queueFor(life: Life, { wire }: HouseOptions): RefillableQueue {
    const call = <Value>(method: string, id: string, effect: () => Value): Promise<Value> =>
      wire.call({ life, port: 'queue', method, id, effect, fails: () => new TryLater('unreachable', 1000) });
    const port: RefillableQueue = {
      waiting: () => call('waiting', '', () => queue.waiting()),
      add(entry) {
        const flushes = queue.flushes();
        return call('add', entry.id, () => {
          // On its way while everything was forgotten: nobody can tell that the job is in work.
          if (queue.flushes() > flushes) record({ kind: 'ambiguous', call: 'queue.add across a flush', ids: [entry.id] });
          queue.add(entry);
        });
      },
      memory: () => call('memory', '', () => queue.memory()),
      work: async () => async () => {},
    };
    return plant.queue?.(port) ?? port;
  }
}

/** What of the ledger is worth a line in the history: the end. */
function ledgerEvents({ record }: HouseOptions): LedgerEvents {
  const stale = ({ row, fence }: Held) => (row.fence === fence ? {} : { stale: true });
  return {
    closed(held, ended) {
      const { row } = held;
      const { id, thread } = row.request;
      const answer = describeAnswer(ended);
      const bookedMicros = costOf(row.spending.filter(({ what }) => what === 'picture'));
      if (thread.platform === MAILBOX) record({ kind: 'shown', id, answer, ...stale(held) });
      record({ kind: 'closed', id, answer, bookedMicros, ...stale(held) });
    },
  };
}

function pipelineFor(life: Life, ledger: Ledger, options: HouseOptions) {
  const { clock, chance, plant } = options;
  const parts: OutsideOptions = { ...options, life };
  const platforms = [createChat(parts), createMailbox(parts)].map((platform) => plant.platform?.(platform) ?? platform);
  const models = cards.map((card) => createModel(card, parts)).map((model) => plant.model?.(model) ?? model);
  const tools = {
    enhancer: createEnhancerModel(parts),
    questionMax: { modelId: 'claude', costMicros: PROMPT_MICROS },
    images: IMAGES,
    isMask: async () => false,
    blobs: createBlobsModel(parts),
    keyOf: keyIn,
    now: clock.now,
    randomSeed: (max: number) => chance.between(1, Math.min(max, 1_000_000)),
    sandbox: false,
  };
  return createPipeline({ ledger, platforms, models, tools, log: LOG });
}
