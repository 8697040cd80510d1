import { describe, expect, it } from 'vitest';
import { toOrder } from '#src/core/order.ts';
import type { Ask } from '#src/core/platform.ts';
import { specs, specsWith } from '#workers/models/catalogue.ts';

const cards = specs.map(({ card }) => card);
const withOld = specsWith(['sdxl', 'nova-canvas', 'titan-v2']).map(({ card }) => card);

function asking(text: string, pictures = 0, changes: Partial<Ask> = {}): Ask {
  const images = Array.from({ length: pictures }, (_, index) => ({ platform: 'web', source: { index } }));
  const thread = { platform: 'web', address: null };
  return { id: 'web-1', text, options: {}, images, thread, requester: { id: 'lan' }, tenant: 'home', locale: 'en', ...changes };
}

describe('a style that is wished for', () => {
  it('finds whoever has it, where no model is named, and is called as they call it', () => {
    const order = toOrder(asking('a cat --style "Pixel Art"'), withOld);
    expect([order.modelId, order.options.style]).toEqual(['sdxl', 'pixel-art']);
    expect(toOrder(asking('a cat --style photorealism'), withOld)).toMatchObject({
      modelId: 'nova-canvas',
      options: { style: expect.stringMatching(/photorealism/i) },
    });
  });

  it('does not take the place of a model that is named, or that would be taken without one', () => {
    expect(() => toOrder(asking('a cat --style anime --model sd3.5-large'), withOld)).toThrow(
      expect.objectContaining({ code: 'style-unknown' }),
    );
    expect(() => toOrder(asking('a cat --style anime'), cards)).toThrow(expect.objectContaining({ code: 'style-unknown' }));
    expect(toOrder(asking('a cat'), withOld).modelId).toBe('sd3.5-large');
  });

  it.each([
    'sketch a castle',
    'structure a desert',
    'replace hat with crown',
    'recolor hat red',
    'outpaint --left 200',
    'restyle a boat',
    'upscale creative',
  ])('is had by whoever does “%s”', (text) => {
    const order = toOrder(asking(`${text} --style Analog_Film`, 1, { isInstruction: true }), cards);
    expect(order.options.style).toBe('analog-film');
  });
});

describe('several pictures to go by', () => {
  it('are taken by whoever looks at so many, and refused with how many that are', () => {
    expect(toOrder(asking('a boat like these', 5), withOld).modelId).toMatch(/nova-canvas|titan-v2/);
    expect(() => toOrder(asking('a boat like these', 6), withOld)).toThrow(
      expect.objectContaining({ code: 'pictures-too-many', details: { limit: 5 } }),
    );
    expect(() => toOrder(asking('a boat like these', 2), cards)).toThrow(
      expect.objectContaining({ code: 'pictures-too-many', details: { limit: 1 } }),
    );
  });
});
