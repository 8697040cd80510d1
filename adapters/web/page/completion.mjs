import { commands, countMax, flags, models, ratios, styles, word } from './words.mjs';

/** Marks removed, as the command's own grammar reads them. */
const fold = (text) =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .toLowerCase();

const valuesOf = {
  ratio: () => ratios.map((ratio) => ({ text: ratio, label: ratio, sentence: '' })),
  count: () => Array.from({ length: countMax }, (_, index) => ({ text: String(index + 1), label: String(index + 1), sentence: '' })),
  model: () => models.map(({ id, sentence }) => ({ text: id, label: id, sentence })),
  style: () => styles.map((style) => ({ text: style, label: style, sentence: '' })),
};

const begins = (typed) => (name) => fold(name).startsWith(fold(typed));
const flagNamed = (typed) => flags.find(({ name, aliases }) => [name, ...aliases].some((one) => fold(one) === fold(typed)));

/**
 * What could be meant where the caret is: suggestions that take the place of the text from `from` to the caret, and a sentence about the flag that is
 * being written. Nothing is suggested for what is written out already.
 * @param {string} before the text up to the caret
 */
export function suggest(before) {
  const command = /^\s*\/(\p{L}*)$/u.exec(before);
  if (command !== null) return { from: before.indexOf('/'), hint: '', options: commandsFor(command[1]) };
  const flag = /(?:^|\s)--?([\p{L}-]*)$/u.exec(before);
  if (flag !== null && before.slice(-flag[1].length - 2).startsWith('--')) return suggestFlag(before, flag[1]);
  const value = /(?:^|\s)--([\p{L}-]+)[ =]+(\S*)$/u.exec(before);
  const known = value === null ? undefined : flagNamed(value[1]);
  if (known === undefined) return { from: before.length, hint: '', options: [] };
  const typed = value[2];
  const options = (valuesOf[known.value]?.() ?? []).filter(({ text }) => begins(typed)(text) && text !== typed);
  return { from: before.length - typed.length, hint: hintOf(known), options };
}

function commandsFor(typed) {
  return commands
    .filter(({ name, aliases }) => [name, ...aliases].some(begins(typed)))
    .map(({ name, sentence }) => ({ text: `/${name} `, label: `/${name}`, sentence }));
}

function suggestFlag(before, typed) {
  const written = flagNamed(typed);
  const options = flags
    .filter(({ name, aliases }) => name !== written?.name && [name, ...aliases].some(begins(typed)))
    .map(({ name, value, sentence }) => ({ text: `--${name}${value === 'none' ? '' : ' '}`, label: `--${name}`, sentence }));
  return {
    from: before.length - typed.length - 2,
    hint: written === undefined ? '' : hintOf(written),
    options: typed === '' || options.length < flags.length ? options : [],
  };
}

const hintOf = ({ example, sentence }) => word('flag-hint', { example, sentence });

/** A slash word that is no command, or undefined: what people type wrong before anything is sent. */
export function unknownCommand(text) {
  const typed = /^\s*\/(\S*)/.exec(text)?.[1];
  if (typed === undefined) return undefined;
  const known = commands.some(({ name, aliases }) => [name, ...aliases].some((one) => fold(one) === fold(typed)));
  return known ? undefined : `/${typed}`;
}
