import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Answer } from '#src/core/answer.ts';
import { createIntake } from '#src/core/intake.ts';
import { createModelWatch } from '#src/core/model-watch.ts';
import type { Platform } from '#src/core/platform.ts';
import type { Task } from '#src/core/request.ts';
import { openLedger, type OpenedLedger } from '#src/ledger/open.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { createMemoryLog } from '#test/queue/rooms.ts';
import { createDiskBlobs } from '#workers/blobs/disk.ts';
import { keyOf } from '#workers/blobs/key.ts';
import { createClaude, type Claude } from '#workers/enhancer/claude.ts';
import { createEnhancer } from '#workers/enhancer/enhance.ts';
import { createInterpreter } from '#workers/enhancer/interpret.ts';
import { questionMaxMicros } from '#workers/enhancer/price.ts';
import { createImages } from '#workers/images/images.ts';
import { isMask } from '#workers/images/is-mask.ts';
import { createBedrock, createImageModel, type Bedrock } from '#workers/models/bedrock.ts';
import { specsWith } from '#workers/models/catalogue.ts';
import { createModelStates } from '#workers/models/model-states.ts';
import { createPipeline } from '#workers/pipeline.ts';
import { present } from './models/inputs.ts';

/** What the whole product makes of what people say of pictures, with the sandbox for the services. */
export interface EditHouse {
  readonly sandbox: Sandbox;
  /** What Claude has billed so far. */
  claudeMicros(): number;
  /** What is in the books. */
  bookedMicros(): Promise<number>;
  tell(text: string, pictures: readonly string[], task?: Task): Promise<Answer>;
  /** Asks the service how its models are, as the product does at its start and once a day. */
  lookAtModels(): Promise<void>;
  close(): Promise<void>;
}

const CLAUDE_ID = 'claude-haiku-5-5';

const drawn = async (inner: string, width = 480, height = 320): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inner}</svg>`))
    .png()
    .toBuffer();

const UPLOADS: Readonly<Record<string, () => Promise<Buffer>>> = {
  photo: () => drawn('<rect width="100%" height="100%" fill="#9cf"/><circle cx="240" cy="180" r="70" fill="#e33"/>'),
  mask: () => drawn('<rect width="100%" height="100%"/><rect x="160" y="100" width="160" height="160" fill="white"/>'),
  black: () => drawn('<rect width="100%" height="100%"/>'),
  cut: () => drawn('<path d="M0 0H480V320H0ZM160 100V260H320V100Z" fill-rule="evenodd" fill="#9cf"/>'),
  style: () => drawn('<rect width="100%" height="100%" fill="#312"/><circle cx="80" cy="80" r="60" fill="#fc3"/>', 320, 320),
};

export interface HouseOptions {
  readonly revived?: readonly string[];
  readonly hasClaude?: boolean;
  readonly region?: string;
}

/** `hasClaude`: whether there is somebody who knows words. */
export async function openEditHouse({ revived = [], hasClaude = false, region }: HouseOptions = {}): Promise<EditHouse> {
  const directory = await mkdtemp(join(tmpdir(), 'edits-'));
  const specs = specsWith(revived);
  const ids = specs.filter(({ card }) => revived.includes(card.id)).map(({ card }) => card.bedrockId);
  const sandbox = await startSandbox({ modelTimeMs: 0, revived: ids });
  const now = (): number => Date.now();
  const database = { kind: 'sqlite', file: join(directory, 'ledger.sqlite') } as const;
  const store: OpenedLedger = await openLedger({ database, maxUnfinished: 100, dailyBudgetMicros: undefined, parallel: 1, now });
  const log = createMemoryLog();
  const bedrock: Bedrock = createBedrock({
    region: region ?? sandbox.region,
    endpoint: sandbox.url,
    credentials: sandbox.credentials,
    log,
  });
  const answers = new Map<string, Answer>();
  const models = createModelWatch(
    specs.map(({ card }) => card),
    log,
  );
  const platform: Platform = {
    name: 'web',
    listen: async () => async () => {},
    download: async ({ source }) => ({ bytes: (await UPLOADS[typeof source === 'string' ? source : '']?.()) ?? new Uint8Array() }),
    deliver: async ({ id }, news) => {
      if (news.kind === 'answer') answers.set(id, news.answer);
    },
  };
  const bill = { micros: 0 };
  const claude = hasClaude ? billed(sandbox, bill) : undefined;
  const tools = {
    enhancer: createEnhancer({ claude, now, log }),
    interpreter: claude && createInterpreter({ claude, now, log }),
    questionMax: { modelId: CLAUDE_ID, costMicros: questionMaxMicros(CLAUDE_ID) },
    images: createImages(),
    blobs: createDiskBlobs(join(directory, 'blobs')),
    isMask,
    keyOf,
    now,
    randomSeed: () => 7,
    sandbox: true,
  };
  const painters = specs.map((spec) => createImageModel(spec, bedrock));
  const handle = createPipeline({ ledger: store.ledger, platforms: [platform], models: painters, tools, log });
  const queue = { waiting: async () => 0, add: async () => {}, work: async () => async () => {} };
  const intake = createIntake({
    ledger: store.ledger,
    queue,
    cards: models.cards,
    log,
    now,
    patienceMs: 60_000,
    deadlineMs: 10_000,
  });
  let count = 0;
  return {
    sandbox,
    claudeMicros: () => bill.micros,
    bookedMicros: async () => (await store.archive.spent({})).reduce((sum, { costMicros }) => sum + costMicros, 0),
    async tell(text, pictures, given) {
      const id = `web-${++count}`;
      const told = await intake({
        id,
        text,
        ...(given === undefined ? { isInstruction: true } : { task: given }),
        options: {},
        images: pictures.map((source) => ({ platform: 'web', source })),
        thread: { platform: 'web', address: 'here' },
        requester: { id: 'lan' },
        tenant: 'home',
        locale: 'en',
      });
      if (told.receipt.kind === 'refused') return { ...told.receipt, costMicros: 0 };
      await handle(id, new AbortController().signal);
      return present(answers.get(id));
    },
    lookAtModels: async () => models.refresh(createModelStates(bedrock, now), new AbortController().signal),
    async close() {
      bedrock.close();
      await store.close();
      await sandbox.stop();
      await rm(directory, { recursive: true });
    },
  };
}

/** Claude of the sandbox, through the real client; what each call cost is added up. */
function billed({ claudeKey, url }: Sandbox, bill: { micros: number }): Claude {
  const claude = createClaude({ provider: 'anthropic', apiKey: claudeKey, modelId: CLAUDE_ID, baseUrl: url });
  return {
    ...claude,
    async complete(request, signal) {
      const reply = await claude.complete(request, signal);
      bill.micros += reply.costMicros;
      return reply;
    },
  };
}
