import { flagTable, type FlagName } from '#src/core/command-flags.ts';
import { foldMarks } from '#src/core/vietnamese.ts';

/** A command that is typed with a slash. Its sentence is in messages, under `command-<name>`. */
interface SlashCommand {
  readonly name: string;
  /** Other names, written without marks: they are understood with them, too. */
  readonly aliases: readonly string[];
}

/** Every command of the page: what the server understands and what the page completes come from this table. */
export const commandTable = [
  { name: 'imagine', aliases: ['ve'] },
  { name: 'edit', aliases: ['sua'] },
  { name: 'video', aliases: ['phim', 'quay'] },
  { name: 'describe', aliases: ['ta'] },
] as const satisfies readonly SlashCommand[];
export type CommandName = (typeof commandTable)[number]['name'];

/** What only some commands are told by flags, as the page suggests it. Their sentences are in messages, under `flag-<name>`. */
const editFlags = [
  { name: 'zoom', aliases: ['mo-rong'], value: 'zoom', example: '--zoom 1.5' },
  { name: 'left', aliases: ['trai'], value: 'margin', example: '--left 200' },
  { name: 'right', aliases: ['phai'], value: 'margin', example: '--right 200' },
  { name: 'up', aliases: ['tren'], value: 'margin', example: '--up 200' },
  { name: 'down', aliases: ['duoi'], value: 'margin', example: '--down 200' },
  { name: 'grow', aliases: ['noi'], value: 'grow', example: '--grow 8' },
] as const;
const videoFlags = [
  { name: 'duration', aliases: ['do-dai', 'thoi-luong'], value: 'duration', example: '--duration 5s' },
  { name: 'resolution', aliases: ['do-net'], value: 'resolution', example: '--resolution 540p' },
  { name: 'loop', aliases: ['lap'], value: 'none', example: '--loop' },
] as const;

const WITH_CLIPS: readonly FlagName[] = ['ar', 'model', 'raw', 'translate'];

/** Every flag that the page suggests, each with the commands that take it. */
export const suggestedFlags = [
  ...flagTable.map((flag) => ({
    ...flag,
    commands: ['imagine', 'edit', ...(WITH_CLIPS.includes(flag.name) ? (['video'] as const) : [])] satisfies CommandName[],
  })),
  ...editFlags.map((flag) => ({ ...flag, commands: ['edit'] satisfies CommandName[] })),
  ...videoFlags.map((flag) => ({ ...flag, commands: ['video'] satisfies CommandName[] })),
];

const SLASH = /^\s*\/(?<name>\p{L}+)(?=\s|$)/u;

/** The command that a text begins with and the words after it. A slash word that is no command is part of the words. */
export function readSlash(text: string): { readonly name: CommandName | undefined; readonly words: string } {
  const match = SLASH.exec(text);
  const typed = foldMarks(match?.groups?.['name'] ?? '');
  const known = commandTable.find((command) => [command.name, ...command.aliases].some((one) => foldMarks(one) === typed));
  if (match === null || known === undefined) return { name: undefined, words: text };
  return { name: known.name, words: text.slice(match[0].length).trimStart() };
}
