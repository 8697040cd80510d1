import { commands, countMax, durations, flags, models, ratios, resolutions, styles, word } from './words.mjs';

/** Marks removed, as the command's own grammar reads them. */
const fold = (text) =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .toLowerCase();

const plain = (texts) => texts.map((text) => ({ text, label: text, sentence: '' }));
const canDo = (command, { tasks }) => (command === 'video') === tasks.includes('video');

const valuesOf = {
  ratio: () => plain(ratios),
  count: () => plain(Array.from({ length: countMax }, (_, index) => String(index + 1))),
  model: (command) => models.filter((model) => canDo(command, model)).map(({ id, sentence }) => ({ text: id, label: id, sentence })),
  style: () => plain(styles),
  duration: () => plain(durations),
  resolution: () => plain(resolutions),
};

const begins = (typed) => (name) => fold(name).startsWith(fold(typed));
const isNamed = (typed) => (known) => [known.name, ...known.aliases].some((one) => fold(one) === fold(typed));

/** The command that a text begins with, by its first name; words alone ask for a picture. */
export function commandIn(text) {
  const typed = /^\s*\/(\p{L}+)/u.exec(text)?.[1];
  return commands.find(isNamed(typed ?? ''))?.name ?? 'imagine';
}

/**
 * What could be meant where the caret is: suggestions that take the place of the text from `from` to the caret, and a sentence about the flag that is
 * being written. Nothing is suggested for what is written out already.
 * @param {string} before the text up to the caret
 */
export function suggest(before) {
  const command = /^\s*\/(\p{L}*)$/u.exec(before);
  if (command !== null) return { from: before.indexOf('/'), hint: '', options: commandsFor(command[1]) };
  const flag = /(?:^|\s)--?([\p{L}-]*)$/u.exec(before);
  const name = commandIn(before);
  const taken = flags.filter((one) => one.commands.includes(name));
  if (flag !== null && before.slice(-flag[1].length - 2).startsWith('--')) return suggestFlag(before, flag[1], taken);
  const value = /(?:^|\s)--([\p{L}-]+)[ =]+(\S*)$/u.exec(before);
  const known = value === null ? undefined : taken.find(isNamed(value[1]));
  if (known === undefined) return { from: before.length, hint: '', options: [] };
  const typed = value[2];
  const options = (valuesOf[known.value]?.(name) ?? []).filter(({ text }) => begins(typed)(text) && text !== typed);
  return { from: before.length - typed.length, hint: hintOf(known), options };
}

function commandsFor(typed) {
  return commands
    .filter((command) => [command.name, ...command.aliases].some(begins(typed)) && !isNamed(typed)(command))
    .map(({ name, sentence }) => ({ text: `/${name} `, label: `/${name}`, sentence }));
}

function suggestFlag(before, typed, taken) {
  const written = taken.find(isNamed(typed));
  const options = taken
    .filter(({ name, aliases }) => name !== written?.name && [name, ...aliases].some(begins(typed)))
    .map(({ name, value, sentence }) => ({ text: `--${name}${value === 'none' ? '' : ' '}`, label: `--${name}`, sentence }));
  return {
    from: before.length - typed.length - 2,
    hint: written === undefined ? '' : hintOf(written),
    options: typed === '' || options.length < taken.length ? options : [],
  };
}

const hintOf = ({ example, sentence }) => word('flag-hint', { example, sentence });

/** A slash word that is no command, or undefined: what people type wrong before anything is sent. */
export function unknownCommand(text) {
  const typed = /^\s*\/(\S*)/.exec(text)?.[1];
  if (typed === undefined) return undefined;
  return commands.some(isNamed(typed)) ? undefined : `/${typed}`;
}
