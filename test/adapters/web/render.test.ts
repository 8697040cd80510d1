import { describe, expect, it } from 'vitest';
import { parseLanguage } from '#adapters/web/parse.ts';
import { embedJson, escapeHtml, renderPage } from '#adapters/web/render-page.ts';
import { pictureKeys, renderEntry } from '#adapters/web/render.ts';
import type { Entry } from '#src/core/archive.ts';
import { asked, made, NOON, REFUSED } from '#test/ledger/asked.ts';
import { CARD } from './room.ts';

const ENGLISH = { language: 'en', personId: 'lan', isAdmin: false, cards: [CARD] } as const;
const VIETNAMESE = { ...ENGLISH, language: 'vi' } as const;
const KEY = `${'b'.repeat(64)}.jpg`;

const entry = (changes: Partial<Entry> = {}): Entry => ({
  request: asked('web-1'),
  ahead: 0,
  stage: 'queued',
  progress: undefined,
  isCancelled: false,
  answer: undefined,
  finishedAt: undefined,
  costMicros: 0,
  ...changes,
});

describe('a request on the page', () => {
  it.each([
    ['queued', 'Waiting, 3 before you', entry({ ahead: 3 })],
    ['queued', 'You are next', entry()],
    ['running', 'Starting', entry({ stage: 'running' })],
    ['running', 'Painting', entry({ stage: 'running', progress: 'painting' })],
    ['queued', 'Cancelling…', entry({ isCancelled: true })],
    ['made', '', entry({ stage: 'finished', answer: made() })],
  ])('%s: %j, in the language of the page', (state, status, shown) => {
    expect(renderEntry(shown, ENGLISH)).toMatchObject({ state, status });
  });

  it('is refused in the language in which it was asked', () => {
    const refused = entry({ stage: 'finished', answer: REFUSED });
    expect(renderEntry(refused, ENGLISH).status).toContain('Bộ lọc an toàn');
    expect(renderEntry({ ...refused, request: asked('web-1', { language: 'en' }) }, VIETNAMESE).status).toContain('safety filter');
  });

  it('tells all that is known of the result, and how to ask for it again', () => {
    const view = renderEntry(entry({ stage: 'finished', answer: made() }), ENGLISH);
    expect(view).toMatchObject({
      acceptedAt: NOON,
      language: 'vi',
      aspectRatio: '16:9',
      command: 'một con mèo mặc áo dài --ar 16:9 --seed 42',
    });
    expect(view.answer).toEqual({
      title: 'Mèo',
      prompt: 'a cat in an ao dai',
      negativePrompt: '',
      enhancedBy: 'claude',
      promptCommand: 'a cat in an ao dai --ar 16:9 --seed 42 --raw',
      model: { id: 'sd35', label: 'Stable Diffusion 3.5 Large' },
      costMicros: 80_000,
      price: '$0.08',
      tookMs: 9000,
      code: 'abcd2345',
      recipe: {
        command: '/imagine a cat in an ao dai --ar 16:9 --seed 42 --model sd35 --raw',
        aspectRatio: '16:9',
        style: undefined,
        count: 1,
        inputs: [],
      },
      notes: ['Sandbox picture: no model was used and no real money was spent.'],
      pictures: [
        {
          url: `/pictures/web-1/${'a'.repeat(64)}.png`,
          fileName: 'hoami-abcd2345.png',
          width: 1344,
          height: 768,
          seed: 42,
          alt: 'Một con mèo',
        },
      ],
      grid: undefined,
    });
  });

  it('numbers several pictures, in their names and for those who do not see them', () => {
    const [picture] = made().pictures;
    if (picture === undefined) throw new Error('made() makes one');
    const grid = { key: KEY, type: 'image/jpeg' as const, width: 20, height: 10 };
    const view = renderEntry(entry({ answer: made({ pictures: [picture, picture], grid, degraded: true, sandbox: false }) }), ENGLISH);
    const url = `/pictures/web-1/${KEY}`;
    expect(view.answer?.grid).toEqual({ url, fileName: 'hoami-abcd2345-grid.jpg', width: 20, height: 10, alt: 'Một con mèo' });
    expect(view.answer?.pictures.map(({ fileName, alt }) => [fileName, alt])).toEqual([
      ['hoami-abcd2345-1.png', 'Một con mèo (ảnh 1 trên 2)'],
      ['hoami-abcd2345-2.png', 'Một con mèo (ảnh 2 trên 2)'],
    ]);
    expect(view.answer?.notes).toEqual(['Claude could not help this time, so the prompt went through simple rules only.', 'AI-generated']);
  });

  it('shows what the model was given, its results and their grid, and never what was sent: that may tell where it was taken', () => {
    const [upload, prepared] = [KEY, `${'c'.repeat(64)}.jpg`];
    const request = asked('web-1', { images: [{ platform: 'web', source: { upload } }] });
    const grid = { key: `${'d'.repeat(64)}.jpg`, type: 'image/jpeg' as const, width: 1, height: 1 };
    const answer = made({ grid, recipe: { ...made().recipe, inputs: [prepared] } });
    expect(pictureKeys(entry({ request, answer }))).toEqual([prepared, made().pictures[0]?.key, grid.key]);
    expect(renderEntry(entry({ request, answer }), ENGLISH).inputs).toEqual([`/pictures/web-1/${prepared}`]);
    for (const shown of [entry({ request }), entry({ request, answer: REFUSED })]) {
      expect([pictureKeys(shown), renderEntry(shown, ENGLISH).inputs]).toEqual([[], []]);
    }
  });
});

describe('the page in a language', () => {
  it.each([
    ['vi', undefined, 'vi-VN,vi;q=0.9,en;q=0.8'],
    ['en', undefined, 'en-GB,vi;q=0.9'],
    ['vi', undefined, 'fr-FR, en;q=0.3, vi;q=0.7'],
    ['en', undefined, 'fr'],
    ['en', undefined, undefined],
    ['vi', 'vi', 'en'],
    ['en', 'de', 'en'],
    ['en', undefined, ';;q=,,;q=x,'],
  ])('%s when %j was chosen and %j is accepted', (language, chosen, accepted) => {
    expect(parseLanguage(chosen, accepted)).toBe(language);
  });

  it('has every sentence it names, and lets nothing written by an operator end its data or its text', () => {
    const template = '<p>{{tagline}}</p><a href="{{path}}">{{person-name}}</a><script type="application/json">{{data}}</script>';
    const person = { id: 'lan', name: '<b>Lan</b>', isAdmin: false };
    const cards = [{ ...CARD, label: '</dl><script>alert(1)</script>' }];
    const page = renderPage(template, { language: 'vi', cards, sandbox: false, path: '/"><b>', person, canSignOut: false });
    expect(page).toContain('<p>Bạn tả, mình vẽ.</p>');
    expect(page.match(/<\/?script/g)).toHaveLength(2);
    expect(page).not.toContain('<b>');
    expect(embedJson({ text: '</script>' })).toBe(String.raw`{"text":"\u003c/script>"}`);
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
  });
});

describe('what came of a request', () => {
  const clip = { key: `${'d'.repeat(64)}.mp4`, type: 'video/mp4', width: 960, height: 540, durationMs: 5000, sizeBytes: 6 } as const;
  const task = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: true, frames: [] } as const;
  const filmed = made({ clip, recipe: { ...made().recipe, task: { ...task, frames: [] }, seed: 0 } });

  it('as a clip: where it is, how long it is, and what to type for another', () => {
    const request = asked('web-1', { task: { ...task, frames: [] }, options: {} });
    const view = renderEntry(entry({ request, stage: 'finished', answer: filmed }), ENGLISH);
    expect(view.answer?.clip).toEqual({
      url: `/clips/web-1/${clip.key}`,
      fileName: 'hoami-abcd2345.mp4',
      width: 960,
      height: 540,
      durationMs: 5000,
      sizeBytes: 6,
    });
    expect(view.answer?.recipe.command).toBe(
      '/video a cat in an ao dai --ar 16:9 --model sd35 --raw --duration 5s --resolution 540p --loop',
    );
    expect([view.asked, view.aspectRatio, view.repeats]).toEqual(['video', '16:9', ['again', 'edit', 'own-words']]);
  });

  it('as words: each prompt as it is typed, and the picture that was looked at', () => {
    const described = {
      kind: 'described',
      title: 'Boat',
      altText: 'A boat.',
      prompts: ['a boat'],
      key: KEY,
      costMicros: 900,
      sandbox: true,
    } as const;
    const found = entry({ stage: 'finished', answer: { ...described, prompts: [...described.prompts] } });
    const view = renderEntry(found, ENGLISH);
    expect(view).toMatchObject({ state: 'described', answer: undefined, inputs: [`/pictures/web-1/${KEY}`], repeats: [] });
    expect(view.description).toMatchObject({
      text: 'A boat.',
      prompts: [{ text: 'a boat', command: '/imagine a boat' }],
      price: '$0.0009',
      note: 'Sandbox words: no model was used and no real money was spent.',
    });
    const byClaude = entry({ stage: 'finished', answer: { ...described, prompts: [...described.prompts], sandbox: false } });
    expect([ENGLISH, VIETNAMESE].map((reader) => renderEntry(byClaude, reader).description?.note)).toEqual([
      'Written by AI',
      'Lời do AI viết',
    ]);
    expect(pictureKeys(found)).toEqual([KEY]);
  });
});
