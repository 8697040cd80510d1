import { findFlag, readFlag } from '#src/core/command-flags.ts';
import type { RefusalDetails } from '#src/core/failure.ts';

/** What only the shell has; the rest is the grammar that all platforms share. */
type FileFlag = '--image' | '--out';

/** What the shell was told. `words` are the prompt and its flags, for the shared grammar. */
export type ShellCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown'; readonly command: string; readonly json: boolean }
  | {
      readonly kind: 'imagine';
      readonly words: string;
      readonly imageFile: string | undefined;
      readonly outFile: string | undefined;
      readonly json: boolean;
      /** The first thing that is not right with the flags of the shell itself. */
      readonly wrong: { readonly code: 'flag-value-missing' | 'flag-repeated'; readonly details: RefusalDetails } | undefined;
    };
export type Imagine = Extract<ShellCommand, { kind: 'imagine' }>;

/** Reads the arguments after the program's name. Never throws. */
export function parseArguments(argv: readonly string[]): ShellCommand {
  const [command, ...rest] = argv;
  if (command === undefined || ['help', '--help', '-h'].includes(command)) return { kind: 'help' };
  if (command !== 'imagine') return { kind: 'unknown', command, json: rest.includes('--json') };
  if (rest.includes('--help')) return { kind: 'help' };
  return sort(rest);
}

/** Takes out what only the shell has and hands on the rest. */
function sort(rest: readonly string[]): Imagine {
  const shared: string[] = [];
  const files = new Map<FileFlag, string>();
  let wrong: Imagine['wrong'];
  for (let at = 0; at < rest.length; at += 1) {
    const argument = rest[at] ?? '';
    const [flag, attached] = splitOnce(argument);
    if (!isFileFlag(flag)) {
      if (argument !== '--json') shared.push(argument);
      continue;
    }
    const following = rest[at + 1];
    const next = following === undefined || isFlag(following) ? undefined : following;
    const value = attached ?? next ?? '';
    if (attached === undefined && next !== undefined) at += 1;
    if (value === '') wrong ??= { code: 'flag-value-missing', details: { flag } };
    else if (files.has(flag)) wrong ??= { code: 'flag-repeated', details: { flag } };
    else files.set(flag, value);
  }
  const json = rest.includes('--json');
  return { kind: 'imagine', words: handOn(shared), imageFile: files.get('--image'), outFile: files.get('--out'), json, wrong };
}

/**
 * The arguments as one text. The shell has taken the quotation marks off a flag's value, so one of several words is given marks again; what
 * comes after it is no part of it and goes before the flags, where a text for the shared grammar has its prompt.
 */
function handOn(shared: readonly string[]): string {
  const prompt: string[] = [];
  const flags: string[] = [];
  for (let at = 0; at < shared.length; at += 1) {
    const argument = shared[at] ?? '';
    const [name, attached] = splitOnce(argument);
    const next = shared[at + 1];
    const takesValue = isFlag(argument) && !name.includes(' ') && findFlag(readFlag(name)?.name ?? '')?.value !== 'none';
    const value = attached ?? (next === undefined || isFlag(next) ? undefined : next);
    if (!takesValue || value === undefined || !/^$|\s/.test(value)) {
      (flags.length === 0 && !isFlag(argument) ? prompt : flags).push(argument);
      continue;
    }
    flags.push(name, quote(value));
    at += attached === undefined ? 1 : 0;
    while (shared[at + 1] !== undefined && !isFlag(shared[at + 1])) prompt.push(shared[(at += 1)] ?? '');
  }
  return [...prompt, ...flags].join(' ');
}

/** Marks that the value itself does not use. */
function quote(value: string): string {
  const marks = ['""', '«»', '「」', '『』'].find((pair) => !Array.from(pair).some((mark) => value.includes(mark))) ?? '""';
  return `${marks.charAt(0)}${value}${marks.charAt(1)}`;
}

const isFileFlag = (flag: string): flag is FileFlag => flag === '--image' || flag === '--out';
const isFlag = (argument: string | undefined): boolean => readFlag(argument ?? '') !== undefined;

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at === -1 || !argument.startsWith('--') ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}
