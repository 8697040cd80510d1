import type { z } from 'zod';
import type { RefusalCode, RefusalDetails } from './failure.ts';
import type { ModelCard } from './model.ts';
import type { EnhanceMode, Language, TaskKind, wordsSchema } from './request.ts';

/** A prompt as the person wrote it, with what decides how it may be changed. */
export interface Draft {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly language: Language;
  readonly mode: EnhanceMode;
  readonly task: TaskKind;
  /** The words are about a picture that is there: to be changed, or the beginning or end of a clip. */
  readonly hasPicture: boolean;
}

/** A prompt the model understands, within its card's limits, with words for the person. */
export type EnhancedPrompt = Readonly<z.infer<typeof wordsSchema>>;

/** Money that Claude took, and which of its models it was. */
export interface Paid {
  readonly modelId: string;
  readonly costMicros: number;
}

/** The words to paint, or a final no; both may have cost something. `paid` is undefined when nobody was paid. */
export type Enhancement =
  | { readonly kind: 'enhanced'; readonly prompt: EnhancedPrompt; readonly paid: Paid | undefined }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly details: RefusalDetails; readonly paid: Paid | undefined };

export interface Enhancer {
  /**
   * Settles within its own total time limit. Keeps counts, colours, names and quoted text; never returns Vietnamese outside quotation marks.
   * Answers `refused` with `prompt-refused` for a policy no (final, never worked around), with `translation-unavailable` when no honest
   * English can be had, and with `prompt-empty` when there is nothing to depict. Says every micro-dollar that may have been spent, to exactly
   * one of those who asked for the same words. Throws the signal's reason when it aborts, and nothing else.
   */
  enhance(draft: Draft, card: ModelCard, signal: AbortSignal): Promise<Enhancement>;
}
