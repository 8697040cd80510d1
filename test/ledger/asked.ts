import type { Answer, MadeAnswer } from '#src/core/answer.ts';
import type { GenerationRequest } from '#src/core/request.ts';

export const NOON = Date.UTC(2026, 10, 20, 12);
export const DAY_MS = 86_400_000;

/** A request as intake makes it; what a test is about is said in the changes. */
export function asked(id: string, changes: Partial<GenerationRequest> = {}): GenerationRequest {
  const acceptedAt = changes.acceptedAt ?? NOON;
  return {
    version: 1,
    id,
    task: { kind: 'imagine' },
    prompt: 'một con mèo mặc áo dài',
    language: 'vi',
    options: { aspectRatio: '16:9', seed: 42 },
    modelId: 'sd35',
    images: [],
    thread: { platform: 'web', address: { page: 'p1' } },
    requester: { id: 'lan' },
    tenant: 'home',
    acceptedAt,
    notAfter: acceptedAt + 900_000,
    ...changes,
  };
}

/** A picture as the pipeline answers with it. */
export function made(changes: Partial<MadeAnswer> = {}): MadeAnswer {
  const prompt = 'a cat in an ao dai';
  return {
    kind: 'made',
    pictures: [{ key: `${'a'.repeat(64)}.png`, type: 'image/png', width: 1344, height: 768, seed: 42 }],
    prompt,
    negativePrompt: '',
    title: 'Mèo',
    altText: 'Một con mèo',
    enhancedBy: 'claude',
    degraded: false,
    model: { id: 'sd35', label: 'Stable Diffusion 3.5 Large' },
    sandbox: true,
    aspectRatio: '16:9',
    costMicros: 80_000,
    tookMs: 9000,
    code: 'abcd2345',
    recipe: {
      version: 1,
      task: { kind: 'imagine' },
      modelId: 'sd35',
      prompt,
      negativePrompt: '',
      aspectRatio: '16:9',
      seed: 42,
      count: 1,
      inputs: [],
    },
    ...changes,
  };
}

export const REFUSED: Answer = { kind: 'refused', code: 'filtered-prompt', details: {}, costMicros: 0 };
