import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { sayRemarks } from '#src/core/messages.ts';
import type { ModelCard } from '#src/core/model.ts';
import { made } from '#test/ledger/asked.ts';
import { present } from './models/inputs.ts';
import { openStudio, type Studio } from './studio.ts';

const PROMPT_MICROS = 300;
const image = { platform: 'web', source: { key: 'k' } };

let studio: Studio;
let asked: string[];
beforeEach(async () => {
  studio = await openStudio();
  asked = [];
});
afterEach(async () => studio.close());

/** From now on, models of these ids answer in this way; `after` lets so many calls through first. */
function without(ids: readonly string[], refusal: (card: ModelCard) => Refusal, after = 0): void {
  const paint = studio.outside.generate;
  studio.outside.generate = async (input, signal, given) => {
    const card = present(given);
    asked.push(card.id);
    if (ids.includes(card.id) && asked.length > after) throw refusal(card);
    return paint(input, signal, card);
  };
}
const gone = ({ label }: ModelCard): Refusal => new Refusal('model-unavailable', { model: label });
const denied = ({ label }: ModelCard): Refusal => new Refusal('credentials-rejected', { model: label, scope: 'model' });
const keyless = ({ label }: ModelCard): Refusal => new Refusal('credentials-rejected', { model: label, scope: 'account' });

describe('a model that cannot be had', () => {
  it.each([
    ['unavailable', gone],
    ['denied', denied],
  ] as const)('is stood in for by one that costs no more, and the answer says so: %s', async (because, refusal) => {
    without(['sd3.5-large'], refusal);
    const id = await studio.accept({ options: { count: 2, aspectRatio: '16:9', model: 'sd3.5-large' } });
    await studio.run(id);
    expect(studio.shown).toMatchObject([
      {
        kind: 'made',
        model: { id: 'core' },
        recipe: { modelId: 'core', aspectRatio: '16:9' },
        substituted: { model: 'Stable Diffusion 3.5 Large', because },
        pictures: [{ seed: 7 }, { seed: 8 }],
        costMicros: 2 * 40_000 + PROMPT_MICROS,
      },
    ]);
    expect(asked.toSorted()).toEqual(['core', 'core', 'sd3.5-large', 'sd3.5-large']);
    expect(await studio.spentMicros()).toBe(2 * 40_000 + PROMPT_MICROS);
  });

  it('keeps what it painted before its end came in the middle of a burst', async () => {
    without(['sd3.5-large'], gone, 2);
    await studio.run(await studio.accept({ options: { count: 4 } }));
    expect(studio.shown).toMatchObject([
      { kind: 'made', pictures: [{}, {}, {}, {}], costMicros: 2 * 80_000 + 2 * 40_000 + PROMPT_MICROS, substituted: {} },
    ]);
  });

  it('is told of when nobody else can be had either, and then nothing is paid', async () => {
    without(['sd3.5-large', 'core', 'ultra'], gone);
    await studio.run(await studio.accept());
    expect(studio.shown).toMatchObject([{ kind: 'refused', code: 'model-unavailable', details: { model: 'Stable Diffusion 3.5 Large' } }]);
    expect(asked).toEqual(['sd3.5-large', 'core', 'ultra']);
    expect(await studio.spentMicros()).toBe(PROMPT_MICROS);
  });

  it('is not stood in for when the keys open nothing, or when nobody else does the task', async () => {
    without(['sd3.5-large'], keyless);
    await studio.run(await studio.accept());
    without(['stable-replace'], gone);
    await studio.run(
      await studio.accept({ id: 'web-b2', modelId: 'stable-replace', task: { kind: 'replace', what: 'hat' }, images: [image] }),
    );
    expect(studio.shown).toMatchObject([
      { kind: 'refused', code: 'credentials-rejected' },
      { kind: 'refused', code: 'model-unavailable' },
    ]);
    expect(asked).toEqual(['sd3.5-large', 'stable-replace']);
  });

  it('is not asked again by a worker that takes the job over', async () => {
    const id = await studio.accept();
    const held = await studio.hold(id);
    await held.page('plan').write('stand-in', { modelId: 'core', because: 'unavailable', tried: ['sd3.5-large'] });
    await held.postpone();
    without([], gone);
    await studio.run(id);
    expect(asked).toEqual(['core']);
    expect(studio.shown).toMatchObject([{ model: { id: 'core' }, substituted: { because: 'unavailable' } }]);
  });

  it('leaves the unknown calls of whoever stood in in the books when the request ends without them', async () => {
    const id = await studio.accept();
    const held = await studio.hold(id);
    await held.page('plan').write('stand-in', { modelId: 'core', because: 'unavailable', tried: ['sd3.5-large'] });
    await held.page('invoke').write('picture-0-core', { begun: 1, booked: 0 });
    await held.postpone();
    studio.outside.enhance = async () => ({ kind: 'refused', code: 'prompt-refused', details: {}, paid: undefined });
    await studio.run(id);
    expect(await studio.spentMicros()).toBe(40_000);
  });
});

describe('what was asked of the model that is gone', () => {
  it('is told of in a sentence', () => {
    const titan = { model: 'Titan v2', because: 'retired', on: '2026-06-30' } as const;
    expect(sayRemarks('en', made({ model: { id: 'core', label: 'Stable Image Core' }, substituted: titan }))[0]).toBe(
      'Made with Stable Image Core: Titan v2 reached its end of life on 2026-06-30.',
    );
    for (const because of ['retired', 'never', 'unavailable', 'denied'] as const) {
      for (const language of ['vi', 'en'] as const) {
        expect(sayRemarks(language, made({ model: { id: 'core', label: 'Core' }, substituted: { model: 'Titan', because } }))[0]).toMatch(
          /Core: .*Titan/,
        );
      }
    }
  });
});
