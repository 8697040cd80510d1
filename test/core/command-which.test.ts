import { describe, expect, it } from 'vitest';
import { readWhich } from '#src/core/command-which.ts';

describe('which of several pictures is meant', () => {
  it.each([
    ['#2 make it blue', 1, 'make it blue'],
    ['make it blue #3', 2, 'make it blue'],
    ['make it blue (#3)', 2, 'make it blue'],
    ['picture 2: make it blue', 1, 'make it blue'],
    ['make it blue in the second picture', 1, 'make it blue'],
    ['the third one', 2, ''],
    ['ảnh 2: đổi sang màu xanh', 1, 'đổi sang màu xanh'],
    ['đổi sang màu xanh ở ảnh số 4', 3, 'đổi sang màu xanh'],
    ['bỏ cái mũ đi, ảnh thứ hai', 1, 'bỏ cái mũ đi'],
    ['ảnh thứ ba, bỏ cái mũ đi', 2, 'bỏ cái mũ đi'],
    ['tấm đầu tiên: tách nền', 0, 'tách nền'],
  ])('%s', (text, index, rest) => {
    expect(readWhich(text, 4)).toEqual({ index, text: rest });
  });

  it.each(['vẽ thêm ảnh 2 con mèo', 'add 2 cats', 'make 3 of them blue', 'second hand car', '#7 make it blue', 'mua 2 tặng 1', ''])(
    'is not said by: %s',
    (text) => {
      expect(readWhich(text, 4)).toEqual({ index: undefined, text });
    },
  );

  it('is no question where there is one', () => {
    expect(readWhich('#2 make it blue', 1)).toEqual({ index: undefined, text: '#2 make it blue' });
  });

  it('takes time in proportion to the length', () => {
    const startedAt = performance.now();
    readWhich(`${' ,'.repeat(2000)}x`, 4);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
