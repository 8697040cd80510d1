import type { ModelCard } from './model.ts';
import type { EnhanceMode, Language, TaskKind } from './request.ts';

/** A prompt as the person wrote it, with what decides how it may be changed. */
export interface Draft {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly language: Language;
  readonly mode: EnhanceMode;
  readonly task: TaskKind;
}

/** A prompt the model understands, within its card's limits, with words for the person. */
export interface EnhancedPrompt {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** At most 60 and 200 characters, in the asker's language. */
  readonly title: string;
  readonly altText: string;
  /** Who wrote it: Claude, the local rules, or nobody (the words are the person's own). */
  readonly by: 'claude' | 'rules' | 'nobody';
  /** True when Claude was wanted and could not be had, so that the person can be told. */
  readonly degraded: boolean;
  readonly costMicros: number;
}

export interface Enhancer {
  /**
   * Settles within its own total time limit. Keeps counts, colours, names and quoted text; never returns Vietnamese outside quotation marks.
   * Throws Refusal `prompt-refused` for a policy no (final, never worked around), Refusal `translation-unavailable` when no honest English can be had.
   */
  enhance(draft: Draft, card: ModelCard, signal: AbortSignal): Promise<EnhancedPrompt>;
}
