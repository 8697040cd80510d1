import { parseArgs } from 'node:util';
import type { Tokens } from '#adapters/web/people.ts';
import { cleanText } from '../core/command-text.ts';
import { fill } from '../core/messages/text.ts';
import { tokenMessages } from '../core/messages/tokens.ts';
import type { Language } from '../core/request.ts';

export interface TokenCommand {
  readonly language: Language;
  /** Called only by a command that needs it. */
  readonly open: () => Promise<Tokens>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const NAME_LENGTH_MAX = 60;

/** `hoami token make | list | revoke`. Resolves with the exit code: 2 for what is no such command, 1 for a token that is not there. */
export async function runTokenCommand(argv: readonly string[], { language, open, out, err }: TokenCommand): Promise<0 | 1 | 2> {
  const { verb, rest, isAdmin } = read(argv);
  const name = cleanText(rest.join(' ')).slice(0, NAME_LENGTH_MAX);
  if (verb === 'make' && name !== '') {
    const token = await (await open()).make(name, isAdmin);
    out(fill(tokenMessages.made[language], { name, token }));
    return 0;
  }
  if (verb === 'list') {
    const tokens = await (await open()).list();
    const lines = tokens.map((token) => {
      const day = new Date(token.madeAt).toISOString().slice(0, 10);
      return `${token.id}  ${day}  ${token.name}${token.isAdmin ? `  (${tokenMessages.admin[language]})` : ''}`;
    });
    out(lines.length === 0 ? tokenMessages.none[language] : lines.join('\n'));
    return 0;
  }
  if (verb === 'revoke' && name !== '') {
    const found = await (await open()).revoke(name);
    const say = found ? out : err;
    say(fill(tokenMessages[found ? 'revoked' : 'unknown'][language], { id: name }));
    return found ? 0 : 1;
  }
  const asksForHelp = verb === 'help';
  (asksForHelp ? out : err)(tokenMessages.usage[language]);
  return asksForHelp ? 0 : 2;
}

function read(argv: readonly string[]): { readonly verb: string; readonly rest: readonly string[]; readonly isAdmin: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { admin: { type: 'boolean', default: false } },
    });
    const [verb = 'help', ...rest] = positionals;
    return { verb, rest, isAdmin: values.admin };
  } catch {
    return { verb: '', rest: [], isAdmin: false };
  }
}
