import { describe, expect, it } from 'vitest';
import { Refusal } from '#src/core/failure.ts';
import { say, sayRefusal, type MessageKey } from '#src/core/messages.ts';
import { toOrder } from '#src/core/order.ts';
import type { Ask } from '#src/core/platform.ts';
import type { ImageRef, Task } from '#src/core/request.ts';
import { specs } from '#workers/models/catalogue.ts';
import { rayCard } from './film-cards.ts';

const picture: ImageRef = { key: `${'a'.repeat(64)}.png` };
const film: Task = { kind: 'video', durationSeconds: 5, resolution: '540p', isLooped: false, frames: [] };
const cards = specs.map(({ card }) => card);

function saidTo(language: 'vi' | 'en', changes: Partial<Ask>, known = [rayCard, ...cards]): string {
  const thread = { platform: 'web', address: null };
  const ask: Ask = {
    id: 'web-1',
    text: '',
    options: {},
    images: [],
    thread,
    requester: { id: 'lan' },
    tenant: 'home',
    locale: language,
    ...changes,
  };
  try {
    toOrder(ask, known);
  } catch (error) {
    if (error instanceof Refusal) return sayRefusal(language, error.code, error.details);
    throw error;
  }
  throw new Error('that is no refusal');
}

describe('a no', () => {
  it.each<[string, Partial<Ask>, string, string]>([
    ['a picture', {}, 'Bạn muốn vẽ gì?', 'What should I paint?'],
    ['a clip', { task: film }, 'Bạn muốn thấy gì trong video?', 'What should happen in the clip?'],
    ['a change', { images: [picture], isInstruction: true }, 'Bạn muốn sửa gì trong ảnh?', 'What should I change in the picture?'],
    [
      'a part',
      { images: [picture, picture], task: { kind: 'inpaint' } },
      'Bạn muốn sửa gì trong ảnh?',
      'What should I change in the picture?',
    ],
  ])('to nothing at all asks for what was wanted: %s', (_, changes, vi, en) => {
    expect(saidTo('vi', changes)).toContain(vi);
    expect(saidTo('en', changes)).toContain(en);
  });

  it('to what no model can do names no model, and none to be named', () => {
    const retired = { ...rayCard, lifecycle: { status: 'retired', on: '2026-11-20', successor: undefined } } as const;
    const wish = { task: film, text: 'sóng vỗ' };
    expect(saidTo('vi', wish, [retired, ...cards])).toBe('Ở đây hiện không có mô hình nào làm được việc này.');
    expect(saidTo('en', wish, [retired, ...cards])).toBe('No model here can do that right now.');
  });

  it.each(['not-finished', 'already-finished', 'removed', 'failed', 'too-late', 'interrupted-twice', 'filtered-output'] as const)(
    'that may be about a clip or about words speaks of no picture, and of no painting: %s',
    (code) => {
      expect(sayRefusal('vi', code, {})).not.toMatch(/ảnh|vẽ/i);
      expect(sayRefusal('en', code, {})).not.toMatch(/picture|paint/i);
    },
  );

  it.each(['confirm-delete', 'discord-still-shown', 'discord-by-direct-message'] as const satisfies readonly MessageKey[])(
    'nor does what is said of every kind: %s',
    (key) => {
      expect(say('vi', key)).not.toMatch(/ảnh|vẽ/i);
      expect(say('en', key)).not.toMatch(/picture|paint/i);
    },
  );
});
