import { describe, expect, it } from 'vitest';
import { createTokens } from '#adapters/web/people.ts';
import { runTokenCommand } from '#src/main/tokens.ts';
import { createMemoryCabinet } from '#test/adapters/web/room.ts';

describe('hoami token', () => {
  const shell = () => {
    const tokens = createTokens(createMemoryCabinet(), () => Date.UTC(2026, 10, 21));
    const said: string[] = [];
    const run = async (...argv: string[]): Promise<[number, string]> => {
      said.length = 0;
      const say = (text: string): void => void said.push(text);
      const code = await runTokenCommand(argv, { language: 'en', open: async () => tokens, out: say, err: say });
      return [code, said.join('\n')];
    };
    return { run, tokens };
  };

  it('makes a token and shows it once, lists who has one, and takes it back', async () => {
    const { run, tokens } = shell();
    expect(await run('list')).toEqual([0, 'There are no tokens. Make one: hoami token make <name>']);
    const [code, text] = await run('make', 'Lan', 'Anh', '--admin');
    expect([code, text]).toEqual([0, expect.stringMatching(/^The token of Lan Anh, shown this once:\n\n {2}hoami_[A-Za-z0-9_-]{43}$/)]);
    const [token] = await tokens.list();
    expect(await run('list')).toEqual([0, `${token?.id}  2026-11-21  Lan Anh  (admin)`]);
    expect(await run('revoke', token?.id ?? '')).toEqual([0, `Token ${token?.id} is taken back.`]);
    expect((await run('revoke', token?.id ?? ''))[0]).toBe(1);
  });

  it.each([[[]], [['help']]])('explains itself: %j', async (argv) => {
    const [code, text] = await shell().run(...argv);
    expect([code, text.includes('hoami token make Lan')]).toEqual([0, true]);
  });

  it.each([[['make']], [['make', ' ']], [['steal', 'Lan']], [['make', 'Lan', '--root']]])('does not understand %j', async (argv) => {
    const { run, tokens } = shell();
    expect((await run(...argv))[0]).toBe(2);
    expect(await tokens.list()).toEqual([]);
  });
});
