import { join } from 'node:path';
import type { Claude, ClaudeOptions } from '#workers/enhancer/claude.ts';
import { findCredentials } from '#workers/models/bedrock.ts';
import type { S3Options } from '#workers/blobs/s3-client.ts';
import { findFfmpeg } from '#workers/films/ffmpeg.ts';
import { specs, specsWith, videoSpecs, videoSpecsWith } from '#workers/models/catalogue.ts';
import type { ImageModelSpec, VideoModelSpec } from '#workers/models/spec.ts';
import type { Config } from '../config.ts';
import { say } from '../core/messages.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { isInstance } from './instance.ts';
import { createLate } from './late.ts';
import { keepApart, type Mode } from './mode.ts';
import { canFilm } from './models.ts';
import type { Opened } from './run.ts';
import type { CannotStart, Settled } from './start.ts';

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
  readonly filming: FilmingPlace;
}

/** What clips take beside. */
interface FilmingPlace extends Pick<Config, 'clipsAtOnce' | 'ffmpegPath'> {
  readonly specs: readonly VideoModelSpec[];
  /** Where the service puts them; undefined where it cannot. */
  readonly bucket: S3Options | undefined;
  readonly calls: Config['videoCalls'];
  /** Where they lie while they are worked on. */
  readonly folder: string;
}

/** Real or sandbox. Undefined: the sandbox is forbidden and there are no credentials. */
async function chooseMode({ sandbox, bedrock }: Config): Promise<Mode | undefined> {
  if (sandbox === 'on') return { kind: 'sandbox', why: 'asked' };
  // Anywhere else the SDK would wait seconds for a metadata service that is not there.
  if (sandbox === 'auto' && !(await isInstance())) process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  if (await findCredentials(bedrock.region)) return { kind: 'bedrock', region: bedrock.region };
  return sandbox === 'off' ? undefined : { kind: 'sandbox', why: 'no-credentials' };
}

/** Starts the sandbox where the mode asks for it, and says where everything is. */
export async function connectServices(config: Config, mode: Mode, opened: Opened): Promise<Services> {
  const sandbox = mode.kind === 'sandbox' ? await openSandbox(config) : undefined;
  if (sandbox !== undefined) opened.defer(async () => sandbox.stop());
  return {
    mode,
    bedrock:
      sandbox === undefined ? placeOf(config.bedrock) : { region: sandbox.region, endpoint: sandbox.url, credentials: sandbox.credentials },
    prompts: mode.kind === 'bedrock' && config.claude.apiKey !== undefined ? 'anthropic' : mode.kind,
    claude: () => claudeOf(config, sandbox),
    specs: specsWith(config.formerModels),
    filming: {
      specs: videoSpecsWith(config.formerModels),
      bucket: sandbox === undefined ? bucketOf(config) : bucketIn(sandbox),
      calls: config.videoCalls,
      clipsAtOnce: config.clipsAtOnce,
      ffmpegPath: await findFfmpeg(config.ffmpegPath, process.env['PATH'] ?? ''),
      folder: join(config.dataDir, 'work'),
    },
  };
}

const bucketOf = (config: Config): S3Options | undefined => (canFilm(config) ? config.s3 : undefined);
const bucketIn = ({ bucket, region, url: endpoint, credentials }: Sandbox): S3Options => ({ bucket, region, endpoint, credentials });

/** Whoever uses the real services has no memory to give for stand-ins. */
async function openSandbox(config: Config): Promise<Sandbox> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  return startSandbox({ modelTimeMs: config.sandboxModelTimeMs, revived: revivedIn(config) });
}

/** What an operator keeps can be tried in the sandbox, too. */
const revivedIn = ({ formerModels }: Config): readonly string[] =>
  [...specs, ...videoSpecs].filter(({ card }) => formerModels.includes(card.id)).map(({ card }) => card.bedrockId);

function placeOf({ region, endpoint }: Config['bedrock']): Place {
  return endpoint === undefined ? { region } : { region, endpoint };
}

function claudeOf({ claude, bedrock }: Config, sandbox: Sandbox | undefined): Claude {
  const { apiKey, baseUrl, model } = claude;
  // First, because nobody pays in the sandbox, whatever keys there are.
  if (sandbox !== undefined)
    return createLateClaude({ provider: 'anthropic', modelId: model, apiKey: sandbox.claudeKey, baseUrl: sandbox.url });
  if (apiKey !== undefined) return createLateClaude({ provider: 'anthropic', modelId: model, apiKey, baseUrl });
  return createLateClaude({ provider: 'bedrock', modelId: claude.bedrockModel, region: bedrock.region, baseUrl: bedrock.endpoint });
}

/** Its client is a fifth of all files that a program would load before it is ready. */
function createLateClaude(options: ClaudeOptions): Claude {
  const opened = createLate(async () => {
    const { createClaude } = await import('#workers/enhancer/claude.ts');
    return createClaude(options);
  });
  return { modelId: options.modelId, complete: async (...asked) => (await opened()).complete(...asked) };
}

/** Real services or the sandbox, for a program that paints, or the reason why neither. */
export async function openMode(config: Config): Promise<Settled | CannotStart> {
  const mode = await chooseMode(config);
  if (mode === undefined) return mistake(config, say(config.language, 'config-credentials'));
  if (mode.kind === 'bedrock' || mode.why === 'asked') return keepApart(config, mode);
  // Credentials that fail for a moment must not make one of many programs serve drawings to everybody.
  const shared = Object.entries({ REDIS_URL: config.redisUrl, DATABASE_URL: config.databaseUrl, S3_BUCKET: config.s3?.bucket });
  const names = shared.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (names.length === 0) return keepApart(config, mode);
  return mistake(config, say(config.language, 'config-sandbox-shared', { names: names.join(', ') }));
}

function mistake({ language }: Config, sentence: string): CannotStart {
  return { cannotStart: `${say(language, 'config-wrong')}\n  HOAMI_SANDBOX ${sentence}` };
}
