import { Refusal } from '#src/core/failure.ts';

/** What the shell was told. `words` are the prompt and its flags, for the grammar that all platforms share. */
export type ShellCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly command: string }
  | {
      readonly kind: 'imagine';
      readonly words: string;
      readonly imageFile: string | undefined;
      readonly outFile: string | undefined;
      readonly json: boolean;
    };

/** Reads the arguments after the program's name. Throws Refusal `flag-value-missing`, `flag-repeated`. */
export function parseArguments(argv: readonly string[]): ShellCommand {
  const [command, ...rest] = argv;
  if (command === undefined || ['help', '--help', '-h'].includes(command)) return { kind: 'help' };
  if (command !== 'imagine') return { kind: 'unknown', command };
  if (rest.includes('--help')) return { kind: 'help' };
  const { words, files, json } = sort(rest);
  return { kind: 'imagine', words: words.join(' '), imageFile: files.get('--image'), outFile: files.get('--out'), json };
}

/** Takes out what only the shell has (`--image`, `--out`, `--json`) and leaves the rest as it was typed. */
function sort(rest: readonly string[]): { words: string[]; files: Map<string, string>; json: boolean } {
  const words: string[] = [];
  const files = new Map<string, string>();
  let json = false;
  let pending: string | undefined;
  for (const argument of rest) {
    const [flag, value] = splitOnce(argument);
    if (pending !== undefined) {
      files.set(pending, argument);
      pending = undefined;
    } else if (argument === '--json') json = true;
    else if (flag === '--image' || flag === '--out') {
      if (files.has(flag)) throw new Refusal('flag-repeated', { flag });
      if (value === undefined) pending = flag;
      else files.set(flag, value);
    } else words.push(argument);
  }
  if (pending !== undefined) throw new Refusal('flag-value-missing', { flag: pending });
  return { words, files, json };
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at === -1 || !argument.startsWith('--') ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}
