import { expect, it } from 'vitest';
import { renderDescribed } from '#adapters/cli/render.ts';
import type { DescribedAnswer } from '#src/core/answer.ts';

const boat: DescribedAnswer = {
  kind: 'described',
  title: 'Boat',
  altText: 'A boat.',
  prompts: ['a boat'],
  key: `${'b'.repeat(64)}.jpg`,
  costMicros: 900,
  sandbox: false,
};

it.each([
  ['en', false, 'Written by AI'],
  ['vi', false, 'Lời do AI viết'],
  ['en', true, 'Sandbox words: no model was used and no real money was spent.'],
] as const)('a picture in words says who wrote them (%s, sandbox: %s)', (language, sandbox, note) => {
  const lines = renderDescribed({ ...boat, sandbox }, language).split('\n');
  expect([lines[0], lines.at(-1)]).toEqual(['Boat', note]);
});
