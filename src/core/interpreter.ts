import type { Paid } from './enhancer.ts';
import type { Media } from './media.ts';
import type { InputPictureLimits, ModelCard } from './model.ts';
import type { Language, Task } from './request.ts';

/** What somebody wants done with pictures, in words that no rule could read. */
export interface Instruction {
  readonly text: string;
  readonly language: Language;
  /** How many came with it. A second one is a mask, or shows the style that is meant. */
  readonly pictures: number;
}

/** One task with its parameters; `prompt` says what is to be seen afterwards, as the person would say it. */
export interface Meaning {
  readonly task: Task;
  readonly prompt: string;
}

/** `meaning` is undefined when nobody could say, or would: that no is final. `paid` is undefined when nobody was paid. */
export interface Interpretation {
  readonly meaning: Meaning | undefined;
  readonly isRefused: boolean;
  readonly paid: Paid | undefined;
}

/** A picture in words, in the language that was asked for; the prompts can be asked for as they are. */
export interface PictureWords {
  readonly title: string;
  readonly altText: string;
  readonly prompts: readonly string[];
}

/** `words` is undefined when there are none: nobody could say any, or would. */
export interface Description {
  readonly words: PictureWords | undefined;
  readonly isRefused: boolean;
  readonly paid: Paid | undefined;
}

/** Somebody who knows what words mean, and what a picture shows. Each member settles within its own time limit and throws only the signal's reason. */
export interface Interpreter {
  /** What a picture has to be like to be looked at. */
  readonly pictureLimits: InputPictureLimits;
  /** A meaning is always one that one of the cards can do with so many pictures. It is never a clip: a clip costs dollars, which somebody has to agree to. */
  understand(instruction: Instruction, cards: readonly ModelCard[], signal: AbortSignal): Promise<Interpretation>;
  /** At least one prompt and at most `PROMPT_IDEAS_MAX`. */
  describe(picture: Media, language: Language, signal: AbortSignal): Promise<Description>;
}
