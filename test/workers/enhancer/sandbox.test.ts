import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Enhancer } from '#src/core/enhancer.ts';
import { startSandbox, type Sandbox } from '#src/sandbox/sandbox.ts';
import { describeEnhancer } from '#test/contracts/enhancer.ts';
import { INJECTIONS_EN, INJECTIONS_VI } from '#test/fixtures/prompts/injections.ts';
import { BY_RULES } from '#test/fixtures/prompts/rules.ts';
import { isForeign } from '#workers/enhancer/checks.ts';
import { createClaude, type Claude } from '#workers/enhancer/claude.ts';
import { CANARY } from '#workers/enhancer/instructions.ts';
import { NEGATION_WORDS } from '#workers/enhancer/negation.ts';
import { withoutQuotes } from '#workers/enhancer/quotes.ts';
import { CARD, draft, enhancerWith, unhurried, written } from './parts.ts';

describe('through the real client against the sandbox', () => {
  let sandbox: Sandbox;
  let enhancer: Enhancer;
  beforeAll(async () => {
    sandbox = await startSandbox();
    enhancer = enhancerWith(anthropic());
  });
  afterAll(() => sandbox.stop());

  function anthropic(modelId = 'claude-haiku-5-5'): Claude {
    return createClaude({ provider: 'anthropic', apiKey: sandbox.claudeKey, modelId, baseUrl: sandbox.url, timeoutMs: 3000 });
  }

  test.each(BY_RULES.map(({ text }) => text))('%s becomes a caption that a picture model takes', async (text) => {
    const made = written(await enhancer.enhance(draft(text), CARD, unhurried()));
    expect(made.prompt).not.toBe('');
    expect(isForeign(withoutQuotes(made.prompt))).toBe(false);
    expect(withoutQuotes(made.prompt)).not.toMatch(NEGATION_WORDS);
    expect(made.title.length).toBeLessThanOrEqual(60);
    expect(made.altText.length).toBeLessThanOrEqual(200);
  });

  test('nearly all of them by Claude, without a second call', async () => {
    const made = await Promise.all(BY_RULES.map(({ text }) => enhancer.enhance(draft(text), CARD, unhurried())));
    expect(made.filter((one) => written(one).by === 'claude').length).toBeGreaterThan(BY_RULES.length * 0.9);
  });

  test.each([...INJECTIONS_VI, ...INJECTIONS_EN])('%j changes nothing', async (text) => {
    const outcome = await enhancer.enhance(draft(text), CARD, unhurried());
    expect(JSON.stringify(outcome)).not.toContain(CANARY);
    expect(JSON.stringify(outcome)).not.toMatch(/https?:\/\/evil|@everyone|<!channel>|<\/?user_prompt/);
  });

  test.each(['claude-sonnet-5-5', 'claude-opus-5-5', 'claude-haiku-4-5'])('%s takes the body that is made for it', async (modelId) => {
    const made = await enhancerWith(anthropic(modelId)).enhance(draft('con mèo trắng'), CARD, unhurried());
    expect(made).toMatchObject({ prompt: { by: 'claude', degraded: false }, paid: { modelId } });
  });

  test.each([
    ['con cáo đỏ chạy trong tuyết, không có người', false],
    ['cho con cáo quay đầu lại', true],
    ['a red fox running through the snow without people', false],
  ])(
    '%s becomes a clip’s caption: something moves, within what the model listens to, and nothing is excluded',
    async (text, hasPicture) => {
      const film = { ...CARD, negativePrompt: undefined, prompt: { lengthMax: 1000, lengthTarget: 600 } };
      const made = written(await enhancer.enhance(draft(text, { task: 'video', hasPicture }), film, unhurried()));
      expect(made).toMatchObject({ by: 'claude', negativePrompt: '', prompt: expect.stringMatching(/camera/) });
      expect(made.prompt).not.toMatch(NEGATION_WORDS);
      expect(made.prompt.length).toBeLessThanOrEqual(600);
    },
  );

  test('AWS credentials alone are enough, through Bedrock', async () => {
    const { region, credentials, url } = sandbox;
    const claude = createClaude({
      provider: 'bedrock',
      region,
      credentials,
      modelId: 'global.anthropic.claude-haiku-5-5',
      baseUrl: url,
      timeoutMs: 3000,
    });
    expect(await enhancerWith(claude).enhance(draft('con mèo trắng'), CARD, unhurried())).toMatchObject({
      prompt: { by: 'claude', degraded: false },
    });
  });

  test('a forbidden prompt is refused in both languages', async () => {
    for (const text of ['tuyên truyền phát xít', 'nazi propaganda']) {
      expect(await enhancer.enhance(draft(text), CARD, unhurried())).toMatchObject({
        code: 'prompt-refused',
        details: { reason: 'hate' },
      });
    }
  });
});

describeEnhancer('Claude in the sandbox, with the rules behind it', async () => {
  const sandbox = await startSandbox();
  const claude = createClaude({ provider: 'anthropic', apiKey: sandbox.claudeKey, modelId: 'claude-haiku-5-5', baseUrl: sandbox.url });
  return { enhancer: enhancerWith(claude), forbidden: 'tuyên truyền phát xít', close: async () => sandbox.stop() };
});
