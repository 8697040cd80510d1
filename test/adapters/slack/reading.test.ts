import { expect, it } from 'vitest';
import { readClip, readPost } from '#adapters/slack/reading.ts';

const CLIP = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false };
const GENTLY = 'mọi thứ trong ảnh chuyển động nhẹ nhàng';

it.each([
  ['con mèo', 0, { text: 'con mèo' }],
  ['bỏ cái mũ đi', 1, { text: 'bỏ cái mũ đi', isInstruction: true }],
  ['', 1, { text: '', isInstruction: true }],
  ['video a red boat', 0, { text: 'a red boat', task: { ...CLIP, frames: [] } }],
  ['Làm video: sóng vỗ --duration 9', 0, { text: 'sóng vỗ', task: { ...CLIP, durationSeconds: 9, frames: [] } }],
  ['lam video song vo', 1, { text: 'song vo', task: { ...CLIP, frames: ['first'] } }],
  ['làm video', 1, { text: GENTLY, task: { ...CLIP, frames: ['first'] } }],
  ['làm video ảnh này giúp mình', 1, { text: GENTLY, task: { ...CLIP, frames: ['first'] } }],
  ['video --loop --ar 16:9', 1, { text: `${GENTLY} --ar 16:9`, task: { ...CLIP, isLooped: true, frames: ['first'] } }],
  ['video morning to night', 2, { text: 'morning to night', task: { ...CLIP, frames: ['first', 'last'] } }],
  ['video one two three', 3, { text: 'one two three', task: { ...CLIP, frames: ['first', 'last'] } }],
  ['make a video of a running dog', 0, { text: 'a running dog', task: { ...CLIP, frames: [] } }],
  ['video game hero, pixel art', 0, { text: 'video game hero, pixel art' }],
  ['describe', 1, { text: '', task: { kind: 'describe' } }],
  ['Describe this picture, please!', 1, { text: '', task: { kind: 'describe' } }],
  ['mô tả ảnh', 1, { text: '', task: { kind: 'describe' } }],
  ['mo ta anh nay giup minh', 1, { text: '', task: { kind: 'describe' } }],
  ['tả bức ảnh này', 0, { text: '', task: { kind: 'describe' } }],
  ['ta', 1, { text: 'ta', isInstruction: true }],
  ['describe a sunset over the sea', 0, { text: 'describe a sunset over the sea' }],
  ['mô tả một con mèo', 1, { text: 'mô tả một con mèo', isInstruction: true }],
] as const)('reads “%s” with %i pictures', (text, pictures, reading) => {
  expect(readPost(text, pictures, 'vi')).toEqual(reading);
});

it('speaks of the motion in the language of the words', () => {
  expect(readPost('animate this please', 1, 'en').text).toBe('everything in the picture moves gently');
  expect(readClip('', 0, 'vi')).toMatchObject({ text: '' });
});

// In the square of the length each of them would take minutes, which is what the limit of a test is for.
it('takes time in proportion to the length', () => {
  for (const word of ['video ', 'describe ', 'this ', 'của '])
    expect(() => readPost(`video ${word.repeat(20_000)}`, 1, 'vi')).toThrow('prompt-too-long');
});
