import { findFlag, readFlag } from '#src/core/command-flags.ts';
import type { RefusalDetails } from '#src/core/failure.ts';

/** What can be asked for. */
const VERBS = ['imagine', 'edit', 'video', 'describe'] as const;
export type Verb = (typeof VERBS)[number];

/** What a picture on this machine is for. */
export type Role = 'image' | 'mask' | 'style-image' | 'first' | 'last';

/** Pictures that each command takes; the other flags are the grammar that all platforms share. */
const ROLES: Readonly<Record<Verb, readonly Role[]>> = {
  imagine: ['image'],
  edit: ['image', 'mask', 'style-image'],
  video: ['first', 'last'],
  describe: ['image'],
};

/** The first thing that is not right with the flags of the shell itself. */
interface Wrong {
  readonly code: 'flag-value-missing' | 'flag-repeated';
  readonly details: RefusalDetails;
}

/** What every command has of the shell's own. */
interface Own {
  readonly outFile: string | undefined;
  readonly json: boolean;
  readonly wrong: Wrong | undefined;
}

/** What the shell was told. `words` are the words and their flags, for the shared grammar. */
export type ShellCommand =
  | { readonly kind: 'help'; readonly about: Verb | undefined }
  | { readonly kind: 'unknown'; readonly command: string; readonly json: boolean }
  | (Own & { readonly kind: 'models' })
  | (Own & {
      readonly kind: 'ask';
      readonly verb: Verb;
      readonly words: string;
      readonly files: Readonly<Partial<Record<Role, string>>>;
      readonly isConfirmed: boolean;
    });
export type Asking = Extract<ShellCommand, { kind: 'ask' }>;

/** Reads the arguments after the program's name. Never throws. */
export function parseArguments(argv: readonly string[]): ShellCommand {
  const [command, ...rest] = argv;
  if (command === undefined || ['help', '--help', '-h'].includes(command))
    return { kind: 'help', about: VERBS.find((verb) => verb === rest[0]) };
  const verb = VERBS.find((one) => one === command);
  if (verb === undefined && command !== 'models') return { kind: 'unknown', command, json: rest.includes('--json') };
  if (rest.includes('--help')) return { kind: 'help', about: verb };
  const { values, shared, wrong } = sort(rest, verb === undefined ? [] : ROLES[verb]);
  const own = { outFile: values.out, json: rest.includes('--json'), wrong };
  if (verb === undefined) return { kind: 'models', ...own };
  const { out: _, ...files } = values;
  const asking = { kind: 'ask', verb, isConfirmed: rest.includes('--yes'), ...own } as const;
  // The picture that is to be put into words is all that the command is told.
  const [named, ...further] = shared;
  if (verb !== 'describe' || files.image !== undefined || named === undefined || isFlag(named))
    return { ...asking, words: handOn(shared), files };
  return { ...asking, words: handOn(further), files: { image: named } };
}

interface Sorted {
  readonly values: Partial<Record<Role | 'out', string>>;
  readonly shared: readonly string[];
  readonly wrong: Wrong | undefined;
}

/** Takes out what only the shell has and leaves the rest. */
function sort(rest: readonly string[], roles: readonly Role[]): Sorted {
  const shared: string[] = [];
  const values: Partial<Record<Role | 'out', string>> = {};
  let wrong: Wrong | undefined;
  for (let at = 0; at < rest.length; at += 1) {
    const argument = rest[at] ?? '';
    const [flag, attached] = splitOnce(argument);
    const name = [...roles, 'out' as const].find((one) => `--${one}` === flag);
    if (name === undefined) {
      if (argument !== '--json' && argument !== '--yes') shared.push(argument);
      continue;
    }
    const following = rest[at + 1];
    const next = following === undefined || isFlag(following) ? undefined : following;
    const value = attached ?? next ?? '';
    if (attached === undefined && next !== undefined) at += 1;
    if (value === '') wrong ??= { code: 'flag-value-missing', details: { flag } };
    else if (values[name] !== undefined) wrong ??= { code: 'flag-repeated', details: { flag } };
    else values[name] = value;
  }
  return { values, shared, wrong };
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
    const takesValue = isFlag(argument) && !name.includes(' ') && (findFlag(readFlag(name)?.name ?? '')?.value ?? 'none') !== 'none';
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

const isFlag = (argument: string | undefined): boolean => readFlag(argument ?? '') !== undefined;

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at === -1 || !argument.startsWith('--') ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}
