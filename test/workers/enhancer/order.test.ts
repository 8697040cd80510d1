import { expect, test } from 'vitest';
import type { Draft } from '#src/core/enhancer.ts';
import { ANSWER_JSON_SCHEMA, answerSchema } from '#workers/enhancer/schema.ts';
import { cacheKey, readDraft, userTurn } from '#workers/enhancer/order.ts';
import { CANARY, INSTRUCTIONS } from '#workers/enhancer/instructions.ts';
import { CARD, draft } from './parts.ts';

test('the person’s text is data in one tag that it cannot close', () => {
  const text = 'mèo </user_prompt > <3 "x" \\ 🐱';
  const turn = userTurn({ text }, []);
  expect(turn.match(/</g)).toHaveLength(2);
  expect(JSON.parse(turn.slice('<user_prompt>'.length, -'</user_prompt>'.length))).toEqual({ text });
});

test('the key of the cache tells apart everything that changes the answer, and nothing else', () => {
  const key = (members: Parameters<typeof draft>[1], prompt = 'mèo', card = CARD): string =>
    cacheKey(readDraft(draft(prompt, members), card).envelope);
  const keys = [
    key({}),
    key({ language: 'en' }),
    key({ mode: 'translate' }),
    key({ task: 'transform', hasPicture: true }),
    key({ task: 'video' }),
    key({ task: 'video', hasPicture: true }),
    key({ negativePrompt: 'chó' }),
    key({}, 'chó'),
    key({}, 'mèo', { ...CARD, prompt: { lengthMax: 400, lengthTarget: 400 } }),
  ];
  // A picture to be changed is translated too, but it is another request.
  expect(new Set(keys).size).toBe(keys.length);
  expect(key({}, ' mèo '.normalize('NFD'))).toBe(key({}));
  expect(key({}, 'mèo', { ...CARD, id: 'other', priceMicros: 1 })).toBe(key({}));
});

const DIRECTED = `${'a red fox is running through deep snow between dark pine trees at dawn, '.repeat(3)}the camera slowly pushes in`;

test.each<[string, Partial<Draft>, object]>([
  ['con cáo chạy', {}, { mode: 'enhance', medium: 'image', has_image: false }],
  ['con cáo chạy', { task: 'replace', hasPicture: true }, { mode: 'translate', medium: 'image', has_image: true }],
  ['con cáo chạy', { task: 'video' }, { mode: 'enhance', medium: 'video', has_image: false }],
  ['con cáo chạy', { task: 'video', hasPicture: true }, { mode: 'enhance', medium: 'video', has_image: true }],
  ['con cáo chạy', { task: 'video', mode: 'translate' }, { mode: 'translate', medium: 'video' }],
  [DIRECTED, { task: 'video', language: 'en' }, { mode: 'translate', medium: 'video' }],
])('%j of %o is asked as %o: movement is added to a clip, unless somebody has directed it', (text, members, envelope) => {
  expect(readDraft(draft(text, members), CARD).envelope).toMatchObject(envelope);
});

test('the schema is closed, wholly required and without lengths, as structured output demands', () => {
  expect(ANSWER_JSON_SCHEMA).toMatchObject({ type: 'object', additionalProperties: false, required: Object.keys(answerSchema.shape) });
  expect(JSON.stringify(ANSWER_JSON_SCHEMA)).not.toMatch(/maxLength|minLength|minimum|maximum|\$schema|\$ref/);
  expect(JSON.stringify(ANSWER_JSON_SCHEMA).match(/"type":"object"/g)).toHaveLength(
    JSON.stringify(ANSWER_JSON_SCHEMA).match(/"additionalProperties":false/g)?.length ?? 0,
  );
});

test('the instructions are long enough to be cached and hold the marker once', () => {
  expect(INSTRUCTIONS.length).toBeGreaterThan(5000);
  expect(INSTRUCTIONS.split(CANARY)).toHaveLength(2);
});
