import type { Draft, EnhancedPrompt, Enhancement, Enhancer } from '#src/core/enhancer.ts';
import type { Log, LogFields } from '#src/core/log.ts';
import type { ModelCard } from '#src/core/model.ts';
import { createClaude, type Claude } from '#workers/enhancer/claude.ts';
import { createEnhancer } from '#workers/enhancer/enhance.ts';

export const CARD: ModelCard = {
  id: 'test-model',
  label: 'Test model',
  aliases: [],
  bedrockId: 'test.model-v1:0',
  regions: ['us-west-2'],
  tasks: ['imagine', 'transform'],
  aspectRatios: { '1:1': { width: 1024, height: 1024 } },
  defaultAspectRatio: '1:1',
  prompt: { lengthMax: 10_000, lengthTarget: 900 },
  negativePrompt: { lengthMax: 10_000 },
  seedMax: 4_294_967_294,
  styles: [],
  inputPicture: undefined,
  strengthDefault: undefined,
  priceMicros: 80_000,
  lifecycle: { status: 'active' },
};

export function draft(prompt: string, members: Partial<Draft> = {}): Draft {
  return { prompt, negativePrompt: '', language: 'vi', mode: 'enhance', task: 'imagine', hasPicture: false, ...members };
}

export interface MemoryLog extends Log {
  readonly lines: { readonly event: string; readonly fields: LogFields }[];
}

export function memoryLog(): MemoryLog {
  const lines: MemoryLog['lines'] = [];
  const write = (event: string, fields: LogFields = {}): void => void lines.push({ event, fields });
  return { lines, info: write, warn: write, error: write };
}

export function claudeAt(url: string, timeoutMs = 2000): Claude {
  return createClaude({ provider: 'anthropic', apiKey: 'sk-test', modelId: 'claude-haiku-5-5', baseUrl: url, timeoutMs });
}

export function enhancerWith(claude: Claude | undefined, log: Log = memoryLog(), totalMs = 4000): Enhancer {
  return createEnhancer({ claude, now: Date.now, log, totalMs });
}

export const unhurried = (): AbortSignal => new AbortController().signal;

/** The prompt of an answer that is no refusal, with what was paid for it. */
export function written(answer: Enhancement): EnhancedPrompt & { readonly paid: Enhancement['paid'] } {
  if (answer.kind === 'refused') throw new Error(`refused: ${answer.code}`);
  return { ...answer.prompt, paid: answer.paid };
}
