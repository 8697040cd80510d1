import { expect, test } from 'vitest';
import { capabilitiesOf, costMicros, needsOldBedrockVersion } from '#workers/enhancer/capabilities.ts';

const USAGE = { input_tokens: 1000, output_tokens: 100 };

test.each([
  ['claude-haiku-5-5', 150],
  ['global.anthropic.claude-haiku-5-5', 150],
  ['us.anthropic.claude-haiku-5-5', 165],
  ['claude-sonnet-5-5', 3000],
  ['claude-opus-5-5', 6000],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 1650],
  ['claude-of-tomorrow', 15_000],
])('a thousand tokens in and a hundred out cost %s %i micro-dollars', (modelId, micros) => {
  expect(costMicros(USAGE, capabilitiesOf(modelId).prices)).toBe(micros);
});

test('cached tokens have their own prices, and parts of a micro-dollar are rounded up', () => {
  const { prices } = capabilitiesOf('claude-haiku-5-5');
  expect(costMicros({ ...USAGE, cache_creation_input_tokens: 2000, cache_read_input_tokens: 0 }, prices)).toBe(400);
  expect(costMicros({ ...USAGE, cache_creation_input_tokens: null, cache_read_input_tokens: 2000 }, prices)).toBe(170);
  expect(costMicros({ input_tokens: 1, output_tokens: 0 }, prices)).toBe(1);
});

test('only ids with a version of their own need the old API version', () => {
  expect(['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-opus-4-6-v1'].map(needsOldBedrockVersion)).toEqual([true, true]);
  expect(['global.anthropic.claude-haiku-5-5', 'claude-sonnet-5-5'].map(needsOldBedrockVersion)).toEqual([false, false]);
});
