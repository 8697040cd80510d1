import { join } from 'node:path';
import { createClaude, type Claude } from '#workers/enhancer/claude.ts';
import { findCredentials } from '#workers/models/bedrock.ts';
import { specs, specsWith } from '#workers/models/catalogue.ts';
import type { ImageModelSpec } from '#workers/models/spec.ts';
import type { Config } from '../config.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { isInstance } from './instance.ts';
import type { Opened } from './run.ts';

export type Mode =
  | { readonly kind: 'sandbox'; readonly why: 'no-credentials' | 'asked' }
  | { readonly kind: 'bedrock'; readonly region: string };

interface Place {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Where the paid services are: the real ones, or the sandbox's. */
export interface Services {
  readonly mode: Mode;
  readonly bedrock: Place;
  readonly prompts: 'anthropic' | 'bedrock' | 'sandbox';
  readonly claude: () => Claude;
  /** The models that are called there, those among them that the operator keeps past their end. */
  readonly specs: readonly ImageModelSpec[];
}

/** Real or sandbox. Undefined: the sandbox is forbidden and there are no credentials. */
export async function chooseMode({ sandbox, bedrock }: Config): Promise<Mode | undefined> {
  if (sandbox === 'on') return { kind: 'sandbox', why: 'asked' };
  // Anywhere else the SDK would wait seconds for a metadata service that is not there.
  if (sandbox === 'auto' && !(await isInstance())) process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  if (await findCredentials(bedrock.region)) return { kind: 'bedrock', region: bedrock.region };
  return sandbox === 'off' ? undefined : { kind: 'sandbox', why: 'no-credentials' };
}

/** The sandbox keeps house in a folder of its own, so that its drawings and its play money are never among the real ones. */
export function keepApart(config: Config, mode: Mode): { readonly mode: Mode; readonly config: Config } {
  return { mode, config: mode.kind === 'sandbox' ? { ...config, dataDir: join(config.dataDir, 'sandbox') } : config };
}

/** Starts the sandbox where the mode asks for it, and says where everything is. */
export async function connectServices(config: Config, mode: Mode, opened: Opened): Promise<Services> {
  const sandbox =
    mode.kind === 'sandbox' ? await startSandbox({ modelTimeMs: config.sandboxModelTimeMs, revived: revivedIn(config) }) : undefined;
  if (sandbox !== undefined) opened.defer(async () => sandbox.stop());
  return {
    mode,
    bedrock:
      sandbox === undefined ? placeOf(config.bedrock) : { region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials },
    prompts: mode.kind === 'bedrock' && config.claude.apiKey !== undefined ? 'anthropic' : mode.kind,
    claude: () => claudeOf(config, sandbox),
    specs: specsWith(config.formerModels),
  };
}

/** What an operator keeps can be tried in the sandbox, too. */
const revivedIn = ({ formerModels }: Config): readonly string[] =>
  specs.filter(({ card }) => formerModels.includes(card.id)).map(({ card }) => card.bedrockId);

function placeOf({ region, endpoint }: Config['bedrock']): Place {
  return endpoint === undefined ? { region } : { region, endpoint };
}

function claudeOf({ claude, bedrock }: Config, sandbox: Sandbox | undefined): Claude {
  const { apiKey, baseUrl, model } = claude;
  // First, because nobody pays in the sandbox, whatever keys there are.
  if (sandbox !== undefined)
    return createClaude({ provider: 'anthropic', modelId: model, apiKey: sandbox.claudeKey, baseUrl: sandbox.url });
  if (apiKey !== undefined) return createClaude({ provider: 'anthropic', modelId: model, apiKey, baseUrl });
  return createClaude({ provider: 'bedrock', modelId: claude.bedrockModel, region: bedrock.region, baseUrl: bedrock.endpoint });
}
