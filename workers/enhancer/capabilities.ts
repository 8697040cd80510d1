/** Prices in dollars per million tokens, which is micro-dollars per token. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
}

/** What one Claude model takes: a body made for another model is answered with 400. */
export interface Capabilities {
  /** Undefined: the member is left out, since the model rejects it or has nothing to choose. */
  readonly thinking: { readonly type: 'disabled' } | { readonly type: 'between_tools' } | undefined;
  readonly effort: 'low' | undefined;
  readonly structured: boolean;
  /** Room for the answer, and for the thinking where that cannot be turned off. */
  readonly tokensMax: number;
  readonly prices: Prices;
}

/** The API version in the body that Bedrock wants of models whose id carries a version of its own (`…-v1:0`). */
export const OLD_BEDROCK_VERSION = 'bedrock-2023-05-31';

const TOKENS_MAX = 1200;
const TOKENS_MAX_THINKING = 4000;

/** A request of five minutes' caching costs a quarter more to write and a tenth to read. */
function prices(input: number, output: number): Prices {
  return { input, output, cacheWrite: input * 1.25, cacheRead: input / 10 };
}

/** By a part of the id, which is the same at Anthropic and, with its prefixes, at Bedrock. */
const FAMILIES: readonly (readonly [string, Capabilities])[] = [
  ['haiku-5-5', { thinking: { type: 'disabled' }, effort: 'low', structured: true, tokensMax: TOKENS_MAX, prices: prices(0.1, 0.5) }],
  [
    'sonnet-5-5',
    { thinking: { type: 'between_tools' }, effort: 'low', structured: true, tokensMax: TOKENS_MAX_THINKING, prices: prices(2, 10) },
  ],
  ['opus-5-5', { thinking: undefined, effort: 'low', structured: true, tokensMax: TOKENS_MAX_THINKING, prices: prices(4, 20) }],
  ['fable-5', { thinking: undefined, effort: 'low', structured: true, tokensMax: TOKENS_MAX_THINKING, prices: prices(10, 50) }],
  ['sonnet-5', { thinking: { type: 'disabled' }, effort: 'low', structured: true, tokensMax: TOKENS_MAX, prices: prices(3, 15) }],
  ['opus-5', { thinking: { type: 'disabled' }, effort: 'low', structured: true, tokensMax: TOKENS_MAX, prices: prices(5, 25) }],
  ['haiku-4-5', { thinking: undefined, effort: undefined, structured: true, tokensMax: TOKENS_MAX, prices: prices(1, 5) }],
  ['sonnet-4-5', { thinking: undefined, effort: undefined, structured: true, tokensMax: TOKENS_MAX, prices: prices(3, 15) }],
];

/** A model nobody told us of gets the plainest body and the dearest price, so that the books never show less than was billed. */
const UNKNOWN: Capabilities = {
  thinking: undefined,
  effort: undefined,
  structured: true,
  tokensMax: TOKENS_MAX_THINKING,
  prices: prices(10, 50),
};

/** Inference profiles bound to one geography (`us.`, `eu.`) are billed a tenth more than `global.` ones. */
const GEOGRAPHIC = /^(?:us|eu|jp|au|apac|us-gov)\./;

export function capabilitiesOf(modelId: string): Capabilities {
  const found = FAMILIES.find(([part]) => modelId.includes(part))?.[1] ?? UNKNOWN;
  if (!GEOGRAPHIC.test(modelId)) return found;
  const { input, output, cacheWrite, cacheRead } = found.prices;
  return { ...found, prices: { input: input * 1.1, output: output * 1.1, cacheWrite: cacheWrite * 1.1, cacheRead: cacheRead * 1.1 } };
}

/** True for Bedrock models that do not know the API version the client speaks. */
export function needsOldBedrockVersion(modelId: string): boolean {
  return /-v\d+(?::\d+)?$/.test(modelId);
}

export interface TokenUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens?: number | null | undefined;
  readonly cache_read_input_tokens?: number | null | undefined;
}

/** What one call cost, in whole micro-dollars, rounded up. */
export function costMicros(usage: TokenUsage, { input, output, cacheWrite, cacheRead }: Prices): number {
  const written = usage.cache_creation_input_tokens ?? 0;
  const read = usage.cache_read_input_tokens ?? 0;
  const micros = usage.input_tokens * input + usage.output_tokens * output + written * cacheWrite + read * cacheRead;
  // Binary fractions make 300.00000000000006 out of 300: a hundred-thousandth is not worth a micro-dollar.
  return Math.ceil(Number(micros.toFixed(5)));
}
