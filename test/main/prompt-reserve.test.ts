import { expect, it } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { promptReserveMicros } from '#src/main/prompt-reserve.ts';
import { capabilitiesOf, costMicros } from '#workers/enhancer/capabilities.ts';

function reserveFor(environment: Record<string, string>): number {
  const config = parseConfig(environment, '/srv/hoami');
  if ('kind' in config) throw new Error(config.text);
  return promptReserveMicros(config);
}

it.each(['claude-haiku-5-5', 'claude-sonnet-5', 'claude-opus-5-5', 'claude-of-tomorrow'])(
  'what is reserved for a prompt by %s pays for two long answers',
  (model) => {
    const { tokensMax, prices } = capabilitiesOf(model);
    const answers = costMicros({ input_tokens: 0, output_tokens: 2 * tokensMax }, prices);
    expect(reserveFor({ CLAUDE_MODEL: model })).toBeGreaterThan(answers);
    expect(reserveFor({ CLAUDE_BEDROCK_MODEL: `us.anthropic.${model}` })).toBeGreaterThan(answers);
  },
);

it('the cheapest model reserves less than a fifth of a picture', () => {
  expect(reserveFor({})).toBeLessThan(8000);
});
