import type { Config } from '../config.ts';
import type { BullQueue } from '../queue/bullmq.ts';
import type { Mode } from './mode.ts';

type Check = () => Promise<void>;

const REACH_MS = 900;
/** However many look: a service is asked this often at most. */
const REMEMBERED_MS = 10_000;

/** What the product needs, by name, and whether each of them answers now. `sandboxUrl`: where the stand-ins are, when they stand in. */
export function checksFor(
  ledger: Check,
  { mode, config }: { readonly mode: Mode; readonly config: Config },
  queue: Pick<BullQueue, 'check'> | undefined,
  sandboxUrl: string | undefined,
): Readonly<Record<string, Check>> {
  const { claude, bedrock, redisUrl } = config;
  const bedrockUrl = sandboxUrl ?? bedrock.endpoint ?? `https://bedrock-runtime.${bedrock.region}.amazonaws.com`;
  const claudeUrl = claude.apiKey === undefined ? bedrockUrl : (sandboxUrl ?? claude.baseUrl ?? 'https://api.anthropic.com');
  const knowsServices = mode.kind === 'bedrock' || sandboxUrl !== undefined;
  return {
    ...(knowsServices ? { claude: reaching(claudeUrl), bedrock: reaching(bedrockUrl) } : {}),
    ...(queue === undefined ? {} : { [redisUrl === undefined ? 'queue' : 'redis']: checkOf(queue) }),
    ledger,
  };
}

/** Rejects when the queue does not answer. */
export const checkOf =
  (queue: Pick<BullQueue, 'check'>): Check =>
  async () => {
    if (!(await queue.check())) throw new Error('the queue does not answer');
  };

/** Any answer over HTTP is one: whether the key is right is seen when somebody asks for a picture. Nothing is spent. */
function reaching(url: string): Check {
  const reach = async (): Promise<void> => {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACH_MS) });
  };
  let known: { readonly until: number; readonly reached: Promise<void> } | undefined;
  return async () => {
    if (known === undefined || known.until < Date.now()) known = { until: Date.now() + REMEMBERED_MS, reached: reach() };
    await known.reached;
  };
}
