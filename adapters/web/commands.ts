import { foldMarks } from '#src/core/vietnamese.ts';

/** A command that is typed with a slash. Its sentence is in messages, under `command-<name>`. */
interface SlashCommand {
  readonly name: string;
  /** Other names, written without marks: they are understood with them, too. */
  readonly aliases: readonly string[];
}

/** Every command of the page: what the server understands and what the page completes come from this table. Words without a slash are the first. */
export const commandTable = [{ name: 'imagine', aliases: ['ve'] }] as const satisfies readonly SlashCommand[];

const SLASH = /^\s*\/(?<name>\p{L}+)(?=\s|$)/u;

/** The words after the command's name. A slash word that is no command is part of the words. */
export function wordsAfterCommand(text: string): string {
  const match = SLASH.exec(text);
  const name = foldMarks(match?.groups?.['name'] ?? '');
  const known = commandTable.some((command) => [command.name, ...command.aliases].some((one) => foldMarks(one) === name));
  return match === null || !known ? text : text.slice(match[0].length).trimStart();
}
