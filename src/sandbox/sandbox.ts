import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAsyncInvoke, type AsyncInvoke, type AsyncInvokeParts } from './bedrock/async-invoke.ts';
import { createJobs } from './bedrock/async-jobs.ts';
import { createBedrock } from './bedrock/bedrock.ts';
import { createAskClaude } from './bedrock/claude.ts';
import { createBeginClip, type ClipWorkParts } from './bedrock/clip-work.ts';
import { createEndings, hasEnded, type Endings } from './bedrock/endings.ts';
import { createGenerate } from './bedrock/invoke.ts';
import { RETIRED_MODELS, videoModelsWith } from './bedrock/models.ts';
import { paintWork } from './bedrock/paint-work.ts';
import { createCalls, type Call } from './calls.ts';
import { createCharges, type ChargesSum } from './charges.ts';
import { answerMessages } from './claude/messages.ts';
import { createControl } from './control.ts';
import { createFaults, type FaultRule, type Faults } from './faults.ts';
import { createFilmMaker, type MakeFilm } from './film/film.ts';
import { listen } from './listen.ts';
import { createClaudeAnswerer, createMessagesApi } from './messages-api.ts';
import { createPause } from './pause.ts';
import { createHandle } from './route.ts';
import { createS3 } from './s3/s3.ts';
import { createObjectStore } from './s3/store.ts';
import type { AwsCredentials } from './signature.ts';

export interface SandboxOptions {
  /** Where it listens; only this machine unless said otherwise. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port?: number;
  /** How long a picture takes to make. */
  readonly modelTimeMs?: number;
  readonly faults?: readonly FaultRule[];
  /** Names of the S3 buckets there are. */
  readonly buckets?: readonly string[];
  /** Where S3 objects are kept; without it they live in memory. */
  readonly dataDir?: string;
  /** Keys to be used instead of ones made up for this start, for programs that are started apart. */
  readonly keys?: SandboxKeys;
  /** Ids of models past their end of life that answer all the same, as they do for some accounts. */
  readonly revived?: readonly string[];
  readonly clips?: ClipOptions;
}

/** How clips are made. */
export interface ClipOptions {
  /** How long one takes; nine times as long as a picture, unless it is said. */
  readonly timeMs?: number;
  /** How many a model makes at once for this account, and how it says that these are too many. */
  readonly atOnce?: number;
  readonly limitedBy?: 'throttle' | 'quota-exceeded';
  /** Of each side that the model would give: half, unless it is said, as a clip of full size costs too much work. */
  readonly scale?: number;
  readonly framesPerSecond?: number;
  /** Who makes them, for several sandboxes that want to make the same ones once. */
  readonly makeFilm?: MakeFilm;
  /** Names of buckets in other regions, each with its region. */
  readonly bucketsElsewhere?: Readonly<Record<string, string>>;
}

export interface SandboxKeys {
  readonly credentials: AwsCredentials;
  readonly bearerToken: string;
  readonly claudeKey: string;
}

export interface Sandbox extends SandboxKeys {
  /** One address for everything: the endpoint of Bedrock and of S3 (path style), and the base URL of Claude. HTTP/1.1 and HTTP/2 alike. */
  readonly url: string;
  /** The one region in which the image models answer. */
  readonly region: string;
  /** The first of the buckets, for clips. */
  readonly bucket: string;
  /** What the real service would put on the bill for pictures and clips. */
  charges(): ChargesSum;
  calls(): readonly Call[];
  addFaults(rules: readonly FaultRule[]): void;
  clearFaults(): void;
  /** Ends a model from a moment on, in one region or in all. */
  endModel(modelId: string, at: Date, region?: string): void;
  /** Cuts every connection; resolves when the port is free. */
  stop(): Promise<void>;
}

const REGION = 'us-west-2';
const MODEL_TIME_MS = 900;
const PICTURES_PER_CLIP = 9;

interface ClipParts extends Pick<AsyncInvokeParts, 'pause' | 'buckets'>, Pick<ClipWorkParts, 'charges' | 'store'> {
  readonly faults: Faults;
  readonly endings: Endings;
  readonly modelTimeMs: number;
}

function openClips(
  { clips = {}, revived = [] }: SandboxOptions,
  { faults, buckets, endings, modelTimeMs, ...parts }: ClipParts,
): AsyncInvoke {
  const {
    timeMs = modelTimeMs * PICTURES_PER_CLIP,
    atOnce = 1,
    limitedBy = 'throttle',
    scale = 0.5,
    framesPerSecond = 12,
    makeFilm = createFilmMaker(),
  } = clips;
  const begin = createBeginClip({ ...parts, makeFilm, clipTimeMs: timeMs, scale, framesPerSecond });
  return createAsyncInvoke({
    models: videoModelsWith(revived),
    isGone: (id, region) => (RETIRED_MODELS.includes(id) && !revived.includes(id)) || hasEnded(endings, id, region),
    jobs: createJobs(),
    begin,
    faults: faults.video,
    pollFaults: faults.videoPoll,
    pause: parts.pause,
    buckets,
    clipsAtOnce: atOnce,
    limitedBy,
  });
}

const secret = (): string => randomBytes(20).toString('hex');

const newKeys = (): SandboxKeys => ({
  credentials: { accessKeyId: `AKIASANDBOX${randomBytes(5).toString('hex').toUpperCase()}`, secretAccessKey: secret() },
  bearerToken: `sandbox-bearer-${secret()}`,
  claudeKey: `sandbox-claude-${secret()}`,
});

/** Starts stand-ins for Bedrock, Claude and S3 on one port, for the unchanged clients of the real ones. They never pretend to be a model. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const keys = options.keys ?? newKeys();
  const stopping = new AbortController();
  const pause = createPause(stopping.signal);
  const [faults, charges, calls] = [createFaults(options.faults ?? []), createCharges(), createCalls()];
  const answerClaude = createClaudeAnswerer({ faults: faults.claude, pause, answerMessages });
  const endings = createEndings();
  const modelTimeMs = options.modelTimeMs ?? MODEL_TIME_MS;
  const generate = createGenerate({ faults: faults.bedrock, charges, paint: paintWork, pause, modelTimeMs });
  const store = await createObjectStore(options.dataDir && join(options.dataDir, 's3'));
  const [bucket = 'sandbox', ...others] = options.buckets ?? [];
  const buckets = { ...options.clips?.bucketsElsewhere, ...Object.fromEntries([bucket, ...others].map((name) => [name, REGION])) };
  const bedrock = createBedrock({
    keys: { ...keys, region: REGION },
    generate,
    asyncInvoke: openClips(options, { faults, charges, pause, store, buckets, endings, modelTimeMs }),
    askClaude: createAskClaude(answerClaude),
    revived: options.revived ?? [],
    endings,
  });
  const handle = createHandle(
    {
      bedrock,
      models: bedrock,
      claude: createMessagesApi(keys.claudeKey, answerClaude),
      s3: createS3({ credentials: keys.credentials, buckets, store, faults: faults.s3, pause }),
      control: createControl({ faults, charges, calls }),
    },
    calls,
  );
  const host = options.host ?? '127.0.0.1';
  const listener = await listen(host, options.port ?? 0, handle);
  return {
    ...keys,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    region: REGION,
    bucket,
    charges: () => charges.sum(),
    calls: () => calls.list(),
    addFaults: (rules) => faults.add(rules),
    clearFaults: () => faults.clear(),
    endModel: (modelId, at, region) => endings.end(modelId, at.getTime(), region),
    stop() {
      stopping.abort();
      return listener.stop();
    },
  };
}
