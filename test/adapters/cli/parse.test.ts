import { describe, expect, it } from 'vitest';
import { parseArguments } from '#adapters/cli/parse.ts';
import { parseCommand } from '#src/core/command.ts';

const own = { outFile: undefined, json: false, wrong: undefined };
const nothing = { kind: 'ask', verb: 'imagine', files: {}, isConfirmed: false, ...own };
const wordsOf = (argv: readonly string[]): string => {
  const parsed = parseArguments(argv);
  return parsed.kind === 'ask' ? parsed.words : '';
};

describe('the shell’s arguments', () => {
  it.each([
    [['imagine', 'a cat', '--ar', '16:9'], { ...nothing, words: 'a cat --ar 16:9' }],
    [['imagine', '--json', 'a', 'cat'], { ...nothing, words: 'a cat', json: true }],
    [['imagine', 'a cat', '--out', 'cat.png'], { ...nothing, words: 'a cat', outFile: 'cat.png' }],
    [['imagine', 'a cat', '--out=--odd.png'], { ...nothing, words: 'a cat', outFile: '--odd.png' }],
    [
      ['imagine', '--image', 'in.jpg', 'make it snow', '--strength', '0.6'],
      { ...nothing, words: 'make it snow --strength 0.6', files: { image: 'in.jpg' } },
    ],
    [['imagine', 'a cat', '--yes'], { ...nothing, words: 'a cat', isConfirmed: true }],
    [
      ['edit', 'a red hat', '--image', 'in.jpg', '--mask=part.png', '--grow', '8'],
      { ...nothing, verb: 'edit', words: 'a red hat --grow 8', files: { image: 'in.jpg', mask: 'part.png' } },
    ],
    [
      ['edit', '', '--image', 'a.jpg', '--style-image', 'b.jpg'],
      { ...nothing, verb: 'edit', words: '', files: { image: 'a.jpg', 'style-image': 'b.jpg' } },
    ],
    [
      ['video', '--loop', 'a boat at sea', '--first', 'a.png', '--last', 'b.png', '--duration', '5s'],
      { ...nothing, verb: 'video', words: '--loop a boat at sea --duration 5s', files: { first: 'a.png', last: 'b.png' } },
    ],
    [['describe', 'in.jpg', '--json'], { ...nothing, verb: 'describe', words: '', files: { image: 'in.jpg' }, json: true }],
    [['describe', '--image', 'in.jpg'], { ...nothing, verb: 'describe', words: '', files: { image: 'in.jpg' } }],
    [['imagine', 'a cat', '--mask', 'part.png'], { ...nothing, words: 'a cat --mask part.png' }],
    [['models', '--out', 'models.txt'], { kind: 'models', ...own, outFile: 'models.txt' }],
    [[], { kind: 'help', about: undefined }],
    [['help', 'edit'], { kind: 'help', about: 'edit' }],
    [['imagine', '--help'], { kind: 'help', about: 'imagine' }],
    [['models', '--help'], { kind: 'help', about: undefined }],
    [['paint', 'a cat'], { kind: 'unknown', command: 'paint', json: false }],
  ])('reads %j', (argv, command) => {
    expect(parseArguments(argv)).toEqual(command);
  });

  it.each([
    [['imagine', 'a cat', '--out'], 'flag-value-missing', '--out'],
    [['imagine', 'a cat', '--image', '--json'], 'flag-value-missing', '--image'],
    [['imagine', 'a cat', '--image='], 'flag-value-missing', '--image'],
    [['imagine', '--out', 'a.png', '--out', 'b.png'], 'flag-repeated', '--out'],
  ])('finds %j wrong: %s %s', (argv, code, flag) => {
    expect(parseArguments(argv)).toMatchObject({ wrong: { code, details: { flag } }, json: argv.includes('--json') });
  });

  it.each([
    [['a cat', '--model', 'Stable Image Ultra'], { prompt: 'a cat', options: { model: 'Stable Image Ultra' } }],
    [['--model=Stable Image Ultra', 'a cat'], { prompt: 'a cat', options: { model: 'Stable Image Ultra' } }],
    [['a', 'cat', '--no', 'big cars, people', 'on a hill'], { prompt: 'a cat on a hill', options: { negativePrompt: 'big cars, people' } }],
    [['a cat', '--no', 'the word "sale"', '--seed', '4'], { prompt: 'a cat', options: { negativePrompt: 'the word "sale"', seed: 4 } }],
    [['--raw', 'a cat in the rain'], { prompt: 'a cat in the rain', options: { enhance: 'raw' } }],
    [['a cat --ar 16:9', '--model', 'core'], { prompt: 'a cat', options: { aspectRatio: '16:9', model: 'core' } }],
    [['a sign that says "open"'], { prompt: 'a sign that says "open"', options: {} }],
  ])('keeps what the shell’s own quotation marks held together in %j', (rest, command) => {
    expect(parseCommand(wordsOf(['imagine', ...rest]))).toEqual(command);
  });

  it('does not take the next word for a value that is empty', () => {
    expect(() => parseCommand(wordsOf(['imagine', '--model', '', 'a cat']))).toThrow('flag-value-missing');
  });
});
