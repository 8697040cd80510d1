import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flagTable, findFlag, readFlag } from '#src/core/command-flags.ts';
import { cleanText } from '#src/core/command-text.ts';
import { splitWords } from '#src/core/command-words.ts';
import { parseCommand, renderCommand, type Command } from '#src/core/command.ts';
import { Refusal } from '#src/core/failure.ts';
import { aspectRatioSchema, optionsSchema, type Options } from '#src/core/request.ts';

const VALUES = [
  '16:9',
  '42',
  '0,6',
  '2',
  'core',
  'anime',
  'xe, người',
  '"',
  '“',
  '”',
  "'",
  '’',
  '«',
  '»',
  '""',
  '"a b"',
  ',',
  '.',
  '—',
  '--',
  ' ',
  ' ',
  '=',
  '(',
];
const LETTERS = ['a', 'mèo', 'e\u0323\u0302', 'b"', "'90s", '👩‍🚀', '\u200D', '\u0301', '\u202E', '\n', 'ＡＲ', '🏴', '\uD83D'];
const flagWords = flagTable.flatMap(({ name, aliases }) => [name, ...aliases]).flatMap((name) => [`--${name}`, `—${name}`, `--${name}=`]);

const anything = fc.string({ unit: 'binary', maxLength: 60 });
const fragment = fc.oneof(fc.constantFrom(...flagWords), fc.constantFrom(...VALUES), fc.constantFrom(...LETTERS), anything);
/** Texts made of the pieces that the grammar cares about, glued with and without spaces. */
const texts = fc.array(fc.tuple(fragment, fc.constantFrom('', ' ', ' ')), { maxLength: 14 }).map((parts) => parts.flat().join(''));

function parsed(text: string): Command | undefined {
  try {
    return parseCommand(text);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The property must be about commands that parse, not only about refusals. */
function forEveryCommand(check: (command: Command) => void): void {
  let count = 0;
  const property = fc.property(texts, (text) => {
    const command = parsed(text);
    if (command === undefined) return;
    count += 1;
    check(command);
  });
  fc.assert(property, { numRuns: 4000 });
  expect(count).toBeGreaterThan(400);
}

describe('whatever is typed', () => {
  test('the command parses, or is refused with a code', () => {
    const property = fc.property(fc.oneof(texts, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
      parsed(text);
    });
    expect(() => fc.assert(property, { numRuns: 4000 })).not.toThrow();
  });

  test('cleaning a clean text changes nothing', () => {
    const messy = fc.array(fc.oneof(fc.constantFrom(...LETTERS), anything), { maxLength: 12 }).map((parts) => parts.join(''));
    const property = fc.property(messy, (text) => {
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
    });
    fc.assert(property, { numRuns: 4000 });
  });

  test('options are what the schema allows, and the prompt holds no flag', () => {
    forEveryCommand(({ prompt, options }) => {
      expect(optionsSchema.parse(options)).toEqual(options);
      expect(splitWords(prompt).filter((word) => readFlag(word) !== undefined)).toEqual([]);
      expect(parseCommand(prompt)).toEqual({ prompt, options: {} });
    });
  });

  test('rendering is the inverse of parsing', () => {
    forEveryCommand(({ prompt, options }) => expect(parseCommand(renderCommand(prompt, options))).toEqual({ prompt, options }));
  });
});

test('options that were chosen in fields survive rendering', () => {
  const name = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9.]{0,8}[a-z0-9]){0,3}$/);
  const chosen: fc.Arbitrary<Options> = fc.record(
    {
      aspectRatio: fc.constantFrom(...aspectRatioSchema.options),
      seed: fc.integer({ min: 1, max: 4_294_967_294 }),
      count: fc.integer({ min: 1, max: 4 }),
      model: name,
      style: name,
      strength: fc.double({ min: 0, max: 1, noNaN: true }),
      enhance: fc.constantFrom('raw', 'translate'),
      negativePrompt: fc.constantFrom('cars', 'xe cộ, người', 'blurry "text"'),
    },
    { requiredKeys: [] },
  );
  const prompt = 'một con mèo';
  const property = fc.property(chosen, (options) => {
    expect(parseCommand(renderCommand(prompt, options))).toEqual({ prompt, options });
  });
  fc.assert(property, { numRuns: 2000 });
});

test('every name in the table is one flag only, also without marks and hyphens', () => {
  for (const flag of flagTable) for (const name of [flag.name, ...flag.aliases]) expect(findFlag(name)).toBe(flag);
  for (const { example, name } of flagTable) expect(readFlag(example.split(' ')[0] ?? '')).toEqual({ name, value: undefined });
});

describe('a hundred thousand characters of anything are read at once: each quadratic step there was took five seconds and more', () => {
  const attacks = [
    'a\u0316\u0301',
    '\u0316\u0301',
    '"a ',
    "'a ",
    '"',
    '“”',
    '=“',
    '—',
    '--a ',
    '--no a ',
    ',',
    ' ,',
    '.',
    '👩\u200D',
    ' \u200B',
    '9',
  ];
  test.each(['', '--no ', '--no x', '--ar ', '--', '"'])('after %j', (prefix) => {
    const endings = attacks.map((attack) => parsed(`${prefix}${attack.repeat(100_000 / attack.length)}z`));
    expect(endings).toHaveLength(attacks.length);
  });
});
