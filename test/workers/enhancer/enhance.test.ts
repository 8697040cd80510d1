import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Draft, EnhancedPrompt, Enhancement, Paid } from '#src/core/enhancer.ts';
import type { RefusalCode } from '#src/core/failure.ts';
import { resultMessages } from '#src/core/messages/results.ts';
import type { ModelCard } from '#src/core/model.ts';
import { callMaxMicros, sendMaxMicros } from '#workers/enhancer/price.ts';
import { answer, CALL_COST_MICROS, startFakeClaude, type Envelope, type FakeClaude, type Script } from './fake-claude.ts';
import { CARD, claudeAt, draft, enhancerWith, memoryLog, unhurried, written, type MemoryLog } from './parts.ts';

const THREE_CATS = 'ba con mèo trắng trên mái nhà, không có người';
const PAID: Paid = { modelId: 'claude-haiku-5-5', costMicros: CALL_COST_MICROS };
/** What is due for a call that was sent so often, and of which nobody knows what became. */
const unknownSends = (sends: number): Paid | undefined =>
  sends === 0 ? undefined : { ...PAID, costMicros: sends * sendMaxMicros(PAID.modelId) };
const refusal = (code: RefusalCode, details = {}, paid?: Paid): Enhancement => ({ kind: 'refused', code, details, paid });

const GOOD = answer({
  english_prompt: 'Three white cats on a rooftop at dusk',
  negative_prompt: 'people',
  title: 'Ba con mèo',
  alt_text: 'Ba con mèo trắng trên mái nhà.',
});

describe('the ladder', () => {
  let service: FakeClaude;
  let log: MemoryLog;
  afterEach(() => service.close());

  async function ask(asked: Draft, script: (envelope: Envelope, call: number) => Script, card: ModelCard = CARD): Promise<Enhancement> {
    service = await startFakeClaude(script);
    log = memoryLog();
    return enhancerWith(claudeAt(service.url, 600), log, 1500).enhance(asked, card, unhurried());
  }
  async function enhance(...values: Parameters<typeof ask>): Promise<EnhancedPrompt & { paid: Enhancement['paid'] }> {
    return written(await ask(...values));
  }
  const says =
    (reply: unknown): (() => Script) =>
    () => ({ kind: 'answer', answer: reply });

  test('a Vietnamese prompt is written by Claude, with title and text in Vietnamese, and paid for', async () => {
    expect(await enhance(draft(THREE_CATS), says(GOOD))).toEqual({
      prompt: 'Three white cats on a rooftop at dusk',
      negativePrompt: 'people',
      title: 'Ba con mèo',
      altText: 'Ba con mèo trắng trên mái nhà.',
      by: 'claude',
      degraded: false,
      paid: PAID,
    });
    expect(service.seen[0]?.envelope).toMatchObject({
      mode: 'enhance',
      medium: 'image',
      max_chars: 900,
      has_image: false,
      text: THREE_CATS,
      reply_language: 'vi',
    });
  });

  test('quoted text comes back to the letter, and is not translated', async () => {
    const made = await enhance(
      draft('biển hiệu “Phở Thìn – 13 Lò Đúc” màu đỏ'),
      says(answer({ english_prompt: 'A red sign reading ⟦T1⟧' })),
    );
    expect(made.prompt).toBe('A red sign reading "Phở Thìn – 13 Lò Đúc"');
    expect(service.seen[0]?.envelope).toMatchObject({ text: 'biển hiệu ⟦T1⟧ màu đỏ', quoted: ['Phở Thìn – 13 Lò Đúc'] });
  });

  test('an answer that broke a rule is put right by one further call that names the rule', async () => {
    const made = await enhance(draft(THREE_CATS), (_envelope, call) => ({
      kind: 'answer',
      answer: call === 1 ? answer({ english_prompt: 'Cats on a white roof' }) : GOOD,
    }));
    expect(made).toMatchObject({ by: 'claude', prompt: GOOD.english_prompt, paid: { ...PAID, costMicros: 2 * CALL_COST_MICROS } });
    expect(service.seen[1]?.envelope.corrections).toEqual(['english_prompt must keep the count "ba con" (three or 3 or trio)']);
  });

  test.each([
    ['keeps losing the count', says(answer({ english_prompt: 'Cats on a white roof' }))],
    ['keeps chatting', (): Script => ({ kind: 'text', text: 'Sure! What colour would you like?' })],
    ['keeps leaving members out', (): Script => ({ kind: 'text', text: '{"english_prompt":"Three white cats"}' })],
    ['is cut off every time', (): Script => ({ kind: 'text', text: '{"language":"vi"', stopReason: 'max_tokens' })],
  ])('Claude that %s is asked twice and then left alone; the rules write, and it is said', async (_name, script) => {
    const made = await enhance(draft(THREE_CATS), script);
    expect(service.seen).toHaveLength(2);
    expect(made).toMatchObject({
      by: 'rules',
      degraded: true,
      prompt: 'three white cats on roof',
      negativePrompt: 'people',
      paid: { ...PAID, costMicros: 2 * CALL_COST_MICROS },
    });
    expect(made.title).toBe('Ba con mèo trắng trên mái nhà, không có người');
  });

  const outages: readonly (readonly [name: string, script: Script, unknown: number])[] = [
    ['a wrong key', { kind: 'error', status: 401, type: 'authentication_error' }, 0],
    ['throttling with retry-after 30', { kind: 'error', status: 429, type: 'rate_limit_error', headers: { 'retry-after': '30' } }, 0],
    ['overload', { kind: 'error', status: 529, type: 'overloaded_error', headers: { 'retry-after-ms': '5' } }, 0],
    ['a 500', { kind: 'error', status: 500, type: 'api_error', headers: { 'retry-after-ms': '5' } }, 2],
    ['a rejected request', { kind: 'error', status: 400, type: 'invalid_request_error' }, 0],
    ['silence before the headers', { kind: 'stall-before-headers' }, 1],
    ['silence in the body', { kind: 'stall-in-body' }, 1],
    ['HTML with status 200', { kind: 'html' }, 1],
  ];
  test.each(outages)('%s: Vietnamese that the glossary knows is painted all the same', async (_name, script, unknown) => {
    expect(await enhance(draft(THREE_CATS), () => script)).toMatchObject({
      by: 'rules',
      degraded: true,
      prompt: 'three white cats on roof',
      paid: unknownSends(unknown),
    });
  });

  test.each(outages)('%s: Vietnamese beyond the glossary is refused, never sent as it is', async (_name, script, unknown) => {
    expect(await ask(draft('nghị quyết khoán hộ kim ngạch'), () => script)).toEqual(
      refusal('translation-unavailable', {}, unknownSends(unknown)),
    );
  });

  test.each(outages)('%s: English goes on in the person’s own words', async (_name, script) => {
    const made = await enhance(draft('a red fox in the snow, no people', { language: 'en' }), () => script);
    expect(made).toMatchObject({ by: 'rules', degraded: true, prompt: 'a red fox in the snow', negativePrompt: 'people' });
  });

  test('a policy no is final, whoever says it, and nothing works around it', async () => {
    const refused = answer({ english_prompt: '', refused: true, refusal_reason: 'hate' });
    expect(await ask(draft(THREE_CATS), says(refused))).toEqual(refusal('prompt-refused', { reason: 'hate' }, PAID));
    expect(service.seen).toHaveLength(1);
    await service.close();
    expect(await ask(draft('a cat', { language: 'en' }), () => ({ kind: 'refusal', category: null }))).toEqual(
      refusal('prompt-refused', { reason: 'policy' }, PAID),
    );
    expect(service.seen).toHaveLength(1);
  });

  test('raw English needs nobody and is kept to the letter', async () => {
    const own = 'a cat, no dogs, "Mèo" 8k masterpiece';
    expect(await enhance(draft(own, { mode: 'raw', language: 'en' }), says(GOOD))).toMatchObject({
      by: 'nobody',
      prompt: own,
      negativePrompt: '',
      degraded: false,
    });
    expect(service.seen).toHaveLength(0);
  });

  test('raw Vietnamese is translated faithfully, and it is said who did it', async () => {
    const made = await enhance(draft('con mèo trắng', { mode: 'raw' }), says(answer({ english_prompt: 'A white cat' })));
    expect(made).toMatchObject({ by: 'claude', prompt: 'A white cat' });
    expect(service.seen[0]?.envelope.mode).toBe('translate');
  });

  test.each([
    ['con meo', 'raw', 'cat'],
    ['con meo', 'translate', 'cat'],
    ['chua mot cot, cinematic, bokeh, macro', 'enhance', 'One Pillar Pagoda, cinematic, bokeh, macro'],
    ['chua mot cot, cinematic, bokeh, macro', 'raw', 'One Pillar Pagoda, cinematic, bokeh, macro'],
  ] as const)('Vietnamese without marks is translated, by Claude or by the rules: %s, %s', async (text, mode, english) => {
    const made = await enhance(
      draft(text, { mode, negativePrompt: 'xe may' }),
      says(answer({ english_prompt: `A ${english}`, negative_prompt: 'nguoi' })),
    );
    expect(made).toMatchObject({ by: 'claude', prompt: `A ${english}`, negativePrompt: 'motorbike, people' });
    const alone = written(await enhancerWith(undefined).enhance(draft(text, { mode, negativePrompt: 'xe may' }), CARD, unhurried()));
    expect(alone).toMatchObject({ by: 'rules', prompt: english, negativePrompt: 'motorbike' });
  });

  test('Vietnamese without marks that nobody understands is refused in every mode', async () => {
    for (const mode of ['raw', 'translate', 'enhance'] as const)
      expect(await enhancerWith(undefined).enhance(draft('khoan ho kim ngach', { mode }), CARD, unhurried())).toEqual(
        refusal('translation-unavailable'),
      );
    service = await startFakeClaude(says(answer({ english_prompt: 'khoan ho kim ngach' })));
    const obstinate = enhancerWith(claudeAt(service.url));
    expect(await obstinate.enhance(draft('khoan ho kim ngach'), CARD, unhurried())).toMatchObject({ code: 'translation-unavailable' });
  });

  test('English of one who writes in Vietnamese needs no translation', async () => {
    expect(await enhance(draft('red fox', { mode: 'raw', negativePrompt: 'people, text' }), says(GOOD))).toMatchObject({
      by: 'nobody',
      prompt: 'red fox',
      negativePrompt: 'people, text',
    });
    expect(service.seen).toHaveLength(0);
  });

  test('detailed English and English to be translated are only tidied, without Claude', async () => {
    const detailed = `Portrait of an elderly fisherman mending a net on a wooden pier at dawn, weathered hands, teal and orange palette, shallow depth of field, soft rim light, film grain, calm sea behind him, gulls`;
    expect(await enhance(draft(detailed, { language: 'en' }), says(GOOD))).toMatchObject({
      by: 'nobody',
      prompt: detailed,
      degraded: false,
    });
    await service.close();
    expect(await enhance(draft('a cat without a hat', { mode: 'translate', language: 'en' }), says(GOOD))).toMatchObject({
      by: 'rules',
      prompt: 'a cat',
      negativePrompt: 'hat',
    });
    expect(service.seen).toHaveLength(0);
  });

  test('a picture to be changed is asked for faithfully', async () => {
    await enhance(
      draft('đổi thành mùa đông', { task: 'transform', hasPicture: true }),
      says(answer({ english_prompt: 'The same scene in winter' })),
    );
    expect(service.seen[0]?.envelope).toMatchObject({ mode: 'translate', has_image: true });
  });

  test('a colour or a count that is excluded is not missed in the caption', async () => {
    const made = await enhance(
      draft('con mèo, không có màu đỏ, đừng vẽ hai con chó'),
      says(answer({ english_prompt: 'A cat', negative_prompt: 'red, dogs' })),
    );
    expect(made).toMatchObject({ by: 'claude', prompt: 'A cat', negativePrompt: 'red, dogs' });
  });

  test('what is excluded is translated, whether Claude repeats it or not', async () => {
    const made = await enhance(
      draft('con mèo', { negativePrompt: 'người, xe máy' }),
      says(answer({ english_prompt: 'A cat', negative_prompt: 'motorbike, cars' })),
    );
    expect(made.negativePrompt).toBe('people, motorbike, cars');
    await service.close();
    const lost = await enhance(draft('con mèo, không có chó'), says(answer({ english_prompt: 'A cat' })));
    expect(lost.negativePrompt).toBe('dog');
  });

  test('a model that listens to less gets the short caption, and one that takes less gets a whole sentence', async () => {
    const long = answer({
      english_prompt: `A white cat on a roof. ${'Soft light falls over the tiles of the old town. '.repeat(5)}`.trim(),
      short_prompt: 'A white cat on a roof',
    });
    const card = { ...CARD, prompt: { lengthMax: 1000, lengthTarget: 80 } };
    expect((await enhance(draft('con mèo trắng trên mái nhà'), says(long), card)).prompt).toBe('A white cat on a roof');
    await service.close();
    const untrue = { ...long, short_prompt: 'A cat' };
    const narrow = { ...CARD, prompt: { lengthMax: 80, lengthTarget: 80 } };
    expect((await enhance(draft('con mèo trắng trên mái nhà'), says(untrue), narrow)).prompt).toBe(
      'A white cat on a roof. Soft light falls over the tiles of the old town.',
    );
  });

  test('a model without negative prompts gets none', async () => {
    expect((await enhance(draft(THREE_CATS), says(GOOD), { ...CARD, negativePrompt: undefined })).negativePrompt).toBe('');
  });

  test('the same words at the same time, and again later, are one call that is paid once', async () => {
    service = await startFakeClaude(says(GOOD));
    const enhancer = enhancerWith(claudeAt(service.url));
    const together = await Promise.all([1, 2, 3].map(() => enhancer.enhance(draft(THREE_CATS), CARD, unhurried())));
    const later = await enhancer.enhance(draft(`  ${THREE_CATS.normalize('NFD')} `), CARD, unhurried());
    expect(service.seen).toHaveLength(1);
    expect([...together, later].filter(({ paid }) => paid !== undefined)).toMatchObject([{ paid: PAID }]);
    expect(new Set([...together, later].map((one) => written(one).prompt)).size).toBe(1);
  });

  test('a service that is down is left alone after five failures', async () => {
    service = await startFakeClaude(() => ({ kind: 'error', status: 503, type: 'api_error', headers: { 'x-should-retry': 'false' } }));
    const enhancer = enhancerWith(claudeAt(service.url));
    for (let count = 0; count < 8; count += 1) await enhancer.enhance(draft(`${count + 2} con mèo`), CARD, unhurried());
    expect(service.seen).toHaveLength(5);
  });

  test('a wrong key is tried once, not at every prompt', async () => {
    service = await startFakeClaude(() => ({ kind: 'error', status: 401, type: 'authentication_error' }));
    const enhancer = enhancerWith(claudeAt(service.url));
    for (const text of ['con mèo', 'con chó', 'con gà']) await enhancer.enhance(draft(text), CARD, unhurried());
    expect(service.seen).toHaveLength(1);
  });

  test('requests that are rejected for what they say do not close the door for others', async () => {
    service = await startFakeClaude(() => ({ kind: 'error', status: 400, type: 'invalid_request_error' }));
    const enhancer = enhancerWith(claudeAt(service.url));
    for (let count = 0; count < 7; count += 1) await enhancer.enhance(draft(`${count + 2} con mèo`), CARD, unhurried());
    expect(service.seen).toHaveLength(7);
  });

  test('neither a refusal nor a failure is remembered', async () => {
    const replies: Script[] = [
      { kind: 'error', status: 400, type: 'invalid_request_error' },
      { kind: 'refusal', category: 'bio' },
      { kind: 'answer', answer: GOOD },
    ];
    service = await startFakeClaude((_envelope, call) => replies[call - 1] ?? { kind: 'html' });
    const enhancer = enhancerWith(claudeAt(service.url));
    const again = (): Promise<Enhancement> => enhancer.enhance(draft(THREE_CATS), CARD, unhurried());
    expect(await again()).toMatchObject({ prompt: { by: 'rules' } });
    expect(await again()).toMatchObject({ code: 'prompt-refused' });
    expect(await again()).toMatchObject({ prompt: { by: 'claude' } });
  });

  test('the total limit holds even against a client that never answers', async () => {
    service = await startFakeClaude(says(GOOD));
    const stuck = { modelId: 'stuck', complete: () => new Promise<never>(() => undefined) };
    expect(written(await enhancerWith(stuck, memoryLog(), 100).enhance(draft(THREE_CATS), CARD, unhurried()))).toMatchObject({
      by: 'rules',
      degraded: true,
    });
  });

  test('what a wrong answer cost is booked with the most that the second may cost when that comes too late, and when the rules have no English either', async () => {
    const slow = (_envelope: Envelope, call: number): Script =>
      call === 1 ? { kind: 'text', text: 'Sure! What colour?' } : { kind: 'stall-in-body' };
    service = await startFakeClaude(slow);
    const enhancer = enhancerWith(claudeAt(service.url, 60_000), memoryLog(), 300);
    // It is left while it is under way: it may be sent again by then.
    const paid = { ...PAID, costMicros: CALL_COST_MICROS + callMaxMicros(PAID.modelId) };
    expect(await enhancer.enhance(draft(THREE_CATS), CARD, unhurried())).toMatchObject({ prompt: { by: 'rules' }, paid });
    await service.close();
    expect(await ask(draft('nghị quyết khoán hộ kim ngạch'), slow)).toEqual(
      refusal('translation-unavailable', {}, { ...PAID, costMicros: CALL_COST_MICROS + sendMaxMicros(PAID.modelId) }),
    );
  });

  test('what was paid for a job that was stopped is due from whoever asks for the same words next', async () => {
    service = await startFakeClaude((_envelope, call) =>
      call === 2 ? { kind: 'stall-in-body' } : { kind: 'answer', answer: call === 1 ? answer({ english_prompt: 'Cats' }) : GOOD },
    );
    const enhancer = enhancerWith(claudeAt(service.url, 60_000), memoryLog(), 60_000);
    const controller = new AbortController();
    const stopped = enhancer.enhance(draft(THREE_CATS), CARD, controller.signal);
    await vi.waitUntil(() => service.seen.length === 2);
    controller.abort(new Error('stopping'));
    await expect(stopped).rejects.toThrow('stopping');
    const next = await enhancer.enhance(draft(THREE_CATS), CARD, unhurried());
    expect(next).toMatchObject({ prompt: { by: 'claude' }, paid: { ...PAID, costMicros: 2 * CALL_COST_MICROS } });
  });

  test('a stopped job stops waiting at once, and says so', async () => {
    service = await startFakeClaude(() => ({ kind: 'stall-in-body' }));
    const controller = new AbortController();
    const asked = enhancerWith(claudeAt(service.url, 60_000), memoryLog(), 60_000).enhance(draft('con mèo'), CARD, controller.signal);
    setTimeout(() => controller.abort(new Error('stopping')), 50);
    await expect(asked).rejects.toThrow('stopping');
  });

  test('neither prompts nor answers are in the log', async () => {
    await enhance(draft('ba con mèo bí mật'), says(answer({ english_prompt: 'Hidden cats' })));
    expect(log.lines.length).toBeGreaterThan(0);
    const answered = log.lines;
    await service.close();
    await enhance(draft('ba con mèo bí mật'), () => ({ kind: 'error', status: 400, type: 'invalid_request_error', message: 'mèo' }));
    expect(log.lines).toMatchObject([{ event: 'claude-failed', fields: { failure: 'rejected' } }]);
    expect(JSON.stringify([...answered, ...log.lines])).not.toMatch(/mèo|bí mật|Hidden|cats/);
  });
});

describe('without Claude', () => {
  const enhancer = enhancerWith(undefined);

  test('the rules write, and it is said that they had to', async () => {
    expect(written(await enhancer.enhance(draft(THREE_CATS), CARD, unhurried()))).toMatchObject({
      by: 'rules',
      degraded: true,
      prompt: 'three white cats on roof',
    });
  });

  test('what is said of it is true of words that were translated, tidied or left alone', async () => {
    const said = ['một con mèo trắng', 'a white cat, no dogs', 'a white cat'].map((text) =>
      enhancer.enhance(draft(text), CARD, unhurried()),
    );
    expect((await Promise.all(said)).map(written)).toMatchObject([
      { by: 'rules', degraded: true, prompt: 'a white cat' },
      { by: 'rules', degraded: true, prompt: 'a white cat' },
      { by: 'nobody', degraded: true, prompt: 'a white cat' },
    ]);
    const sentence = resultMessages['enhanced-by-rules'];
    expect(`${sentence.vi} ${sentence.en}`).not.toMatch(/dịch|từ điển|đang bận|translat|written|reached/);
  });

  test('nothing to depict is refused as empty', async () => {
    for (const empty of ['', '   ', '<@U123>', '\u200B'])
      expect(await enhancer.enhance(draft(empty), CARD, unhurried())).toEqual(refusal('prompt-empty'));
  });

  test('a prompt in another script is refused, not sent as it is', async () => {
    expect(await enhancer.enhance(draft('猫が寝ている', { mode: 'raw' }), CARD, unhurried())).toEqual(refusal('translation-unavailable'));
  });
});
