import { capabilitiesOf, costMicros } from '#workers/enhancer/capabilities.ts';
import { INSTRUCTIONS } from '#workers/enhancer/instructions.ts';
import { ANSWER_JSON_SCHEMA } from '#workers/enhancer/schema.ts';
import type { Config } from '../config.ts';
import { PROMPT_LENGTH_MAX } from '../core/request.ts';

/** One call, and one more that says what was wrong with the first. */
const CALLS = 2;
/** English and JSON have about four characters in a token; half of that is more than any text of ours needs. */
const CHARACTERS_PER_TOKEN = 2;
/** A prompt in the worst of scripts, and the exclusions beside it, which may be as long. */
const ASKED_TOKENS = 2 * PROMPT_LENGTH_MAX;

/**
 * The most that writing one prompt may cost, reserved beside its pictures. Of the two ways to Claude the dearer one counts: whoever takes
 * requests does not know which way the workers go.
 */
export function promptReserveMicros({ claude }: Config): number {
  return Math.max(...[claude.model, claude.bedrockModel].map(costMaxMicros));
}

function costMaxMicros(modelId: string): number {
  const { tokensMax, prices } = capabilitiesOf(modelId);
  const told = Math.ceil((INSTRUCTIONS.length + JSON.stringify(ANSWER_JSON_SCHEMA).length) / CHARACTERS_PER_TOKEN);
  const usage = { input_tokens: ASKED_TOKENS, output_tokens: tokensMax, cache_creation_input_tokens: told };
  return CALLS * costMicros(usage, prices);
}
