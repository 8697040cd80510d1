import { describe, expect, it } from 'vitest';
import { parseArguments } from '#adapters/cli/parse.ts';
import { Refusal } from '#src/core/failure.ts';

const nothing = { kind: 'imagine', imageFile: undefined, outFile: undefined, json: false };

describe('the shell’s arguments', () => {
  it.each([
    [['imagine', 'a cat', '--ar', '16:9'], { ...nothing, words: 'a cat --ar 16:9' }],
    [['imagine', '--json', 'a', 'cat'], { ...nothing, words: 'a cat', json: true }],
    [['imagine', 'a cat', '--out', 'cat.png'], { ...nothing, words: 'a cat', outFile: 'cat.png' }],
    [['imagine', 'a cat', '--out=--odd.png'], { ...nothing, words: 'a cat', outFile: '--odd.png' }],
    [
      ['imagine', '--image', 'in.jpg', 'make it snow', '--strength', '0.6'],
      { ...nothing, words: 'make it snow --strength 0.6', imageFile: 'in.jpg' },
    ],
    [[], { kind: 'help' }],
    [['imagine', '--help'], { kind: 'help' }],
    [['paint', 'a cat'], { kind: 'unknown', command: 'paint' }],
  ])('reads %j', (argv, command) => {
    expect(parseArguments(argv)).toEqual(command);
  });

  it.each([
    [['imagine', 'a cat', '--out'], 'flag-value-missing'],
    [['imagine', '--out', 'a.png', '--out', 'b.png'], 'flag-repeated'],
  ])('refuses %j as %s', (argv, code) => {
    expect(() => parseArguments(argv)).toThrow(expect.objectContaining({ code }) satisfies Partial<Refusal>);
  });
});
