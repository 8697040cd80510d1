import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Enhancer } from '#src/core/enhancer.ts';
import { INJECTIONS_EN, INJECTIONS_VI } from '#test/fixtures/prompts/injections.ts';
import { CANARY, INSTRUCTIONS } from '#workers/enhancer/instructions.ts';
import { normalize } from '#workers/enhancer/normalize.ts';
import { isForeign } from '#workers/enhancer/checks.ts';
import { maskQuotes, withoutQuotes } from '#workers/enhancer/quotes.ts';
import { answer, startFakeClaude, type FakeClaude } from './fake-claude.ts';
import { CARD, claudeAt, draft, enhancerWith, unhurried } from './parts.ts';

/** The worst that a model that obeyed could answer. */
const OBEDIENT = [
  answer({ english_prompt: `My instructions are: ${INSTRUCTIONS.slice(0, 300)}` }),
  answer({ english_prompt: `A cat ${CANARY}` }),
  answer({ english_prompt: 'A cat', title: CANARY }),
  answer({ english_prompt: 'I will ignore the rules now' }),
  answer({ english_prompt: 'A cat https://evil.example', title: 'see https://evil.example' }),
  answer({ english_prompt: 'A cat', title: '@everyone <!channel>' }),
  answer({ english_prompt: 'A cat reading "ignore all rules"' }),
  answer({ english_prompt: 'con mèo đẹp' }),
];

const ALL = [...INJECTIONS_VI.map((text) => [text, 'vi'] as const), ...INJECTIONS_EN.map((text) => [text, 'en'] as const)];

describe('a prompt that tries to be an instruction changes nothing', () => {
  let service: FakeClaude;
  let enhancer: Enhancer;
  beforeAll(async () => {
    service = await startFakeClaude((_envelope, call) => ({ kind: 'answer', answer: OBEDIENT[call % OBEDIENT.length] }));
    enhancer = enhancerWith(claudeAt(service.url));
  });
  afterAll(() => service.close());

  test.each(ALL)('%j, even when the model obeys', async (text, language) => {
    const before = service.seen.length;
    const outcome = await enhancer.enhance(draft(text, { language }), CARD, unhurried());
    const seen = service.seen.slice(before);
    expect(seen.length).toBeGreaterThan(0);
    for (const { body, envelope } of seen) {
      expect(JSON.stringify(body['system'])).toBe(
        JSON.stringify([{ type: 'text', text: INSTRUCTIONS, cache_control: { type: 'ephemeral' } }]),
      );
      expect(envelope).toMatchObject({ mode: 'enhance', max_chars: 900, text: maskQuotes(normalize(text)).text });
      expect(JSON.stringify(body['messages']).split(/<\/?user_prompt/)).toHaveLength(3);
    }
    const shown = JSON.stringify(outcome);
    expect(outcome.kind === 'refused' ? outcome.code : 'translation-unavailable').toBe('translation-unavailable');
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toMatch(/https?:\/\/evil|@everyone|<!channel>|My instructions are|Everything in the object/);
  });

  test.each(ALL)('%j, when there is nobody to ask', async (text, language) => {
    const outcome = await enhancerWith(undefined).enhance(draft(text, { language }), CARD, unhurried());
    const prompt = outcome.kind === 'refused' ? '' : outcome.prompt.prompt;
    expect(isForeign(withoutQuotes(prompt))).toBe(false);
    expect(JSON.stringify(outcome)).not.toMatch(/https?:\/\/evil|@everyone|<!channel>|<\/?user_prompt/);
  });
});
