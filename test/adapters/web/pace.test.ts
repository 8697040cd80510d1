import { describe, expect, it } from 'vitest';
import { readSlash } from '#adapters/web/commands.ts';
import { createPace } from '#adapters/web/pace.ts';

describe('how often somebody may do something', () => {
  it('is so many times at once, then so many a minute, for each by themselves', () => {
    let now = 0;
    const pace = createPace({ atOnce: 3, perMinute: 6, now: () => now });
    const tries = (who: string, count: number): boolean[] => Array.from({ length: count }, () => pace.allows(who));
    expect(tries('lan', 4)).toEqual([true, true, true, false]);
    expect(tries('minh', 1)).toEqual([true]);
    now += 9999;
    expect(tries('lan', 1)).toEqual([false]);
    now += 1;
    expect(tries('lan', 2)).toEqual([true, false]);
    now += 3_600_000;
    expect(tries('lan', 4)).toEqual([true, true, true, false]);
  });
});

it.each([
  ['/imagine a boat', 'a boat'],
  ['  /IMAGINE   a boat --ar 16:9', 'a boat --ar 16:9'],
  ['/vẽ một con thuyền', 'một con thuyền'],
  ['/ve một con thuyền', 'một con thuyền'],
  ['/imagine', ''],
  ['/sửa bỏ cái mũ đi', 'bỏ cái mũ đi'],
  ['/describe', ''],
  ['/imagineer at work', '/imagineer at work'],
  ['/ 3', '/ 3'],
  ['a boat /imagine', 'a boat /imagine'],
])('the words of %j are %j', (text, words) => {
  expect(readSlash(text).words).toBe(words);
});
