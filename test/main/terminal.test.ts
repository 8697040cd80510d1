import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createQuestion } from '#src/main/terminal.ts';

const terminal = () => Object.assign(new PassThrough(), { isTTY: true as const });

describe('a question at the terminal', () => {
  it.each([
    ['y', true],
    ['YES', true],
    ['có', true],
    ['C', true],
    ['', false],
    ['n', false],
    ['không', false],
    ['yesterday', false],
  ])('answered with “%s” is %j', async (typed, isYes) => {
    const [input, output] = [terminal(), terminal()];
    const question = createQuestion(input, output, new AbortController().signal);
    const answer = question?.('Make it? [y/N]');
    input.write(`${typed}\n`);
    expect(await answer).toBe(isYes);
    expect(String(output.read())).toContain('Make it? [y/N]');
  });

  it('is a no when the input ends, or when somebody interrupts', async () => {
    const stopping = new AbortController();
    const [ended, interrupted] = [terminal(), terminal()];
    const first = createQuestion(ended, terminal(), stopping.signal)?.('Make it?');
    const second = createQuestion(interrupted, terminal(), stopping.signal)?.('Make it?');
    ended.end();
    stopping.abort();
    expect([await first, await second]).toEqual([false, false]);
  });

  it('is asked of nobody where nobody sits', () => {
    const nobody = Object.assign(new PassThrough(), { isTTY: false as const });
    const { signal } = new AbortController();
    expect(createQuestion(nobody, terminal(), signal)).toBeUndefined();
  });
});
