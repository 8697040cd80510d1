import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createBedrock } from './bedrock/bedrock.ts';
import { createAskClaude } from './bedrock/claude.ts';
import { createGenerate } from './bedrock/invoke.ts';
import { paintWork } from './bedrock/paint-work.ts';
import { createCalls, type Call } from './calls.ts';
import { createCharges, type ChargesSum } from './charges.ts';
import { answerMessages } from './claude/messages.ts';
import { createControl } from './control.ts';
import { createFaults, type FaultRule } from './faults.ts';
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
  /** What the real service would put on the bill for pictures. */
  charges(): ChargesSum;
  calls(): readonly Call[];
  addFaults(rules: readonly FaultRule[]): void;
  clearFaults(): void;
  /** Cuts every connection; resolves when the port is free. */
  stop(): Promise<void>;
}

const REGION = 'us-west-2';
const MODEL_TIME_MS = 900;

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
  const generate = createGenerate({
    faults: faults.bedrock,
    charges,
    paint: paintWork,
    pause,
    modelTimeMs: options.modelTimeMs ?? MODEL_TIME_MS,
  });
  const store = await createObjectStore(options.dataDir && join(options.dataDir, 's3'));
  const bedrock = createBedrock({
    keys: { ...keys, region: REGION },
    generate,
    askClaude: createAskClaude(answerClaude),
    revived: options.revived ?? [],
  });
  const handle = createHandle(
    {
      bedrock,
      models: bedrock,
      claude: createMessagesApi(keys.claudeKey, answerClaude),
      s3: createS3({ credentials: keys.credentials, buckets: options.buckets ?? ['sandbox'], store, faults: faults.s3, pause }),
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
    charges: () => charges.sum(),
    calls: () => calls.list(),
    addFaults: (rules) => faults.add(rules),
    clearFaults: () => faults.clear(),
    stop() {
      stopping.abort();
      return listener.stop();
    },
  };
}
