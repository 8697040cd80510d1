import { capabilitiesOf, costMicros } from './capabilities.ts';
import { DESCRIPTION_INSTRUCTIONS } from './description-instructions.ts';
import { DESCRIPTION_JSON_SCHEMA } from './description-schema.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { MEANING_INSTRUCTIONS } from './meaning-instructions.ts';
import { MEANING_JSON_SCHEMA } from './meaning-schema.ts';
import { ANSWER_JSON_SCHEMA } from './schema.ts';
import { PROMPT_LENGTH_MAX } from '#src/core/request.ts';

/** One call, and one more that says what was wrong with the first. */
const CALLS_PER_QUESTION = 2;
/** The client sends a call once more when its connection broke, and the first may have been billed. */
const SENDS_PER_CALL = 2;
/** English and JSON have about four characters in a token; half of that is more than any text of ours needs. */
const CHARACTERS_PER_TOKEN = 2;
/** A prompt in the worst of scripts, and the exclusions beside it, which may be as long. A picture to look at is less than that. */
const ASKED_TOKENS = 2 * PROMPT_LENGTH_MAX;

/** What the service keeps of each kind of question, which is dearest for whoever asks it first. */
const TOLD_LENGTHS = [
  [INSTRUCTIONS, ANSWER_JSON_SCHEMA],
  [MEANING_INSTRUCTIONS, MEANING_JSON_SCHEMA],
  [DESCRIPTION_INSTRUCTIONS, DESCRIPTION_JSON_SCHEMA],
].map(([text, schema]) => JSON.stringify([text, schema]).length);

/** The most that a call, once sent, may cost with this model of Claude, in micro-dollars, whatever it is asked. */
export function sendMaxMicros(modelId: string): number {
  const { tokensMax, prices } = capabilitiesOf(modelId);
  const told = Math.ceil(Math.max(...TOLD_LENGTHS) / CHARACTERS_PER_TOKEN);
  return costMicros({ input_tokens: ASKED_TOKENS, output_tokens: tokensMax, cache_creation_input_tokens: told }, prices);
}

/** The same of a call that may be sent again. */
export const callMaxMicros = (modelId: string): number => SENDS_PER_CALL * sendMaxMicros(modelId);

/** The most that one question may cost, with the call that puts a wrong answer right. */
export const questionMaxMicros = (modelId: string): number => CALLS_PER_QUESTION * callMaxMicros(modelId);
