import type { Description, Interpretation, Interpreter, Meaning, PictureWords } from '#src/core/interpreter.ts';
import type { Log } from '#src/core/log.ts';
import type { InputPictureLimits } from '#src/core/model.ts';
import { createAuthor } from './author.ts';
import type { Claude } from './claude.ts';
import { askForDescription } from './description.ts';
import { askForMeaning } from './meaning.ts';

export interface InterpreterOptions {
  readonly claude: Claude;
  readonly now: () => number;
  readonly log: Log;
  readonly totalMs?: number;
}

const TOTAL_MS = 14_000;

/** What Claude looks at: beyond this size it only costs more, and Bedrock takes less than Anthropic does. */
const PICTURE_LIMITS: InputPictureLimits = {
  types: ['image/jpeg', 'image/png', 'image/webp'],
  sidePixelsMin: 8,
  sidePixelsMax: 1568,
  pixelsMax: 1_200_000,
  sideRatioMax: 20,
  bytesMax: 3_750_000,
};

/** Claude, asked what is meant and what is to be seen. What it answers is checked, put right once, and else is nothing. */
export function createInterpreter({ claude, now, log, totalMs = TOTAL_MS }: InterpreterOptions): Interpreter {
  const meanings = createAuthor<Meaning>({ claude, now, log, totalMs });
  const descriptions = createAuthor<PictureWords>({ claude, now, log, totalMs });
  return {
    pictureLimits: PICTURE_LIMITS,
    async understand(instruction, cards, signal): Promise<Interpretation> {
      const { written, paid } = await meanings(askForMeaning(instruction, cards), signal);
      return { meaning: written.kind === 'written' ? written.answer : undefined, isRefused: written.kind === 'refused', paid };
    },
    async describe(picture, language, signal): Promise<Description> {
      const { written, paid } = await descriptions(askForDescription(picture, language), signal);
      return { words: written.kind === 'written' ? written.answer : undefined, isRefused: written.kind === 'refused', paid };
    },
  };
}
