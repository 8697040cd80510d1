import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Draft, EnhancedPrompt, Enhancement, Enhancer } from '#src/core/enhancer.ts';
import { enhancedSchema } from '#src/core/facts.ts';
import type { ModelCard } from '#src/core/model.ts';
import { hasVietnameseLetters } from '#src/core/vietnamese.ts';
import { CARD, draft } from '#test/workers/enhancer/parts.ts';

/** An enhancer, and a prompt that its policy does not let through. */
export interface EnhancerPlace {
  readonly enhancer: Enhancer;
  readonly forbidden: string;
  close(): Promise<void>;
}

const withoutQuotes = (text: string): string => text.replace(/"[^"]*"/g, ' ');

/** What every enhancer promises. */
export function describeEnhancer(name: string, open: () => Promise<EnhancerPlace>): void {
  describe(`${name}: an enhancer`, () => {
    let place: EnhancerPlace;
    beforeEach(async () => {
      place = await open();
    });
    afterEach(async () => {
      await place.close();
    });

    const ask = async (asked: Draft, card: ModelCard = CARD): Promise<Enhancement> =>
      place.enhancer.enhance(asked, card, new AbortController().signal);
    async function promptOf(asked: Draft, card: ModelCard = CARD): Promise<EnhancedPrompt> {
      const answer = await ask(asked, card);
      if (answer.kind === 'refused') throw new Error(`refused: ${answer.code}`);
      return answer.prompt;
    }

    it.each(['enhance', 'translate', 'raw'] as const)('keeps counts, colours and quoted text, in English: %s', async (mode) => {
      const text = 'ba con mèo trắng dưới biển hiệu "Phở Thìn" màu đỏ';
      const { prompt, negativePrompt } = await promptOf(draft(text, { mode, negativePrompt: 'người' }));
      expect(prompt).toMatch(/three/i);
      expect(prompt).toMatch(/white.*red/is);
      expect(prompt.split('"Phở Thìn"')).toHaveLength(2);
      expect(hasVietnameseLetters(`${withoutQuotes(prompt)} ${negativePrompt}`)).toBe(false);
      expect(negativePrompt).toContain('people');
    });

    it.each(['con meo', 'xe may', 'mot con meo trang'])('leaves no Vietnamese without marks either: %s', async (text) => {
      const { prompt, negativePrompt } = await promptOf(draft(text, { mode: 'raw', negativePrompt: 'nguoi' }));
      expect(`${prompt} ${negativePrompt}`).not.toMatch(/\b(?:meo|trang|xe may|nguoi)\b/i);
    });

    it('leaves English that is to be left alone as it is, and says that nobody wrote it', async () => {
      const asked = draft('a red fox in the snow', { mode: 'raw', language: 'en' });
      expect(await ask(asked)).toMatchObject({ prompt: { prompt: asked.prompt, by: 'nobody', degraded: false }, paid: undefined });
    });

    it('stays within what the model takes and what people can be shown', async () => {
      const text = 'một con mèo trắng nằm ngủ trên mái nhà, '.repeat(90);
      const narrow = { ...CARD, prompt: { lengthMax: 300, lengthTarget: 200 }, negativePrompt: { lengthMax: 40 } };
      const made = await promptOf(draft(text, { negativePrompt: 'người, xe máy, cây, nhà, chó, mưa, mây, biển' }), narrow);
      expect(made.prompt.length).toBeLessThanOrEqual(300);
      expect(made.negativePrompt.length).toBeLessThanOrEqual(40);
      expect(made.title.length).toBeLessThanOrEqual(60);
      expect(made.altText.length).toBeLessThanOrEqual(200);
      expect([made.prompt, made.title, made.altText]).not.toContain('');
    });

    it('gives a model that takes no exclusions none', async () => {
      const card = { ...CARD, negativePrompt: undefined };
      expect((await promptOf(draft('con mèo', { negativePrompt: 'chó' }), card)).negativePrompt).toBe('');
    });

    it('says who was paid how much, in whole micro-dollars, or that nobody was', async () => {
      const { paid } = await ask(draft('con mèo trắng trên mái nhà'));
      expect(paid === undefined || (paid.modelId !== '' && Number.isInteger(paid.costMicros) && paid.costMicros > 0)).toBe(true);
    });

    it.each(['', '   ', '<@U123>'])('answers that there is nothing to depict, and pays nobody: “%s”', async (text) => {
      expect(await ask(draft(text))).toEqual({ kind: 'refused', code: 'prompt-empty', details: {}, paid: undefined });
    });

    it('answers a policy no instead of throwing it, and again when it is asked again', async () => {
      const asked = draft(place.forbidden);
      expect(await ask(asked)).toMatchObject({ kind: 'refused', code: 'prompt-refused' });
      expect(await ask(asked)).toMatchObject({ kind: 'refused', code: 'prompt-refused' });
    });

    it('answers what the ledger can keep and give back', async () => {
      for (const text of ['con mèo trắng', place.forbidden, '']) {
        const { paid: _paid, ...fact } = await ask(draft(text));
        expect(enhancedSchema.parse(JSON.parse(JSON.stringify(fact)))).toEqual(fact);
      }
    });

    it('throws the signal’s reason when nobody waits any more', async () => {
      const gone = AbortSignal.abort(new Error('stopping'));
      await expect(place.enhancer.enhance(draft('con mèo trắng'), CARD, gone)).rejects.toThrow('stopping');
    });
  });
}
