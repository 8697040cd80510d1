import { readFlag } from './command-flags.ts';
import { cleanText, shorten, trimEnd } from './command-text.ts';
import { splitWords } from './command-words.ts';
import { Refusal } from './failure.ts';
import { GROW_PIXELS_MAX, MARGIN_PIXELS_MAX, ZOOM_MAX, type Task } from './request.ts';
import { foldMarks } from './vietnamese.ts';

/** What only edits are told by flags. */
export interface EditFlags {
  readonly sides: Readonly<Partial<Record<'left' | 'right' | 'up' | 'down', number>>>;
  readonly zoom?: number;
  readonly grow?: number;
}

interface EditFlag {
  readonly names: readonly string[];
  readonly expected: 'margin' | 'zoom' | 'grow';
  readonly read: (value: number) => EditFlags | undefined;
}

const margin =
  (side: keyof EditFlags['sides']): EditFlag['read'] =>
  (value) =>
    Number.isInteger(value) && value >= 1 && value <= MARGIN_PIXELS_MAX ? { sides: { [side]: value } } : undefined;

const FLAGS: readonly EditFlag[] = [
  { names: ['left', 'trái', 'bên-trái'], expected: 'margin', read: margin('left') },
  { names: ['right', 'phải', 'bên-phải'], expected: 'margin', read: margin('right') },
  { names: ['up', 'top', 'trên', 'bên-trên'], expected: 'margin', read: margin('up') },
  { names: ['down', 'bottom', 'dưới', 'bên-dưới'], expected: 'margin', read: margin('down') },
  {
    names: ['zoom', 'thu-nhỏ', 'mở-rộng'],
    expected: 'zoom',
    read: (value) => (value > 1 && value <= ZOOM_MAX ? { sides: {}, zoom: value } : undefined),
  },
  {
    names: ['grow', 'nới', 'lan'],
    expected: 'grow',
    read: (value) => (Number.isInteger(value) && value >= 0 && value <= GROW_PIXELS_MAX ? { sides: {}, grow: value } : undefined),
  },
];

const NUMBER = /^\d{1,4}(?:[.,]\d{1,20})?(?:px|x|×)?$/i;
const SHOWN_MAX = 40;

const squash = (name: string): string => name.replaceAll(/[-_]/g, '');
const findFlag = (name: string): EditFlag | undefined =>
  FLAGS.find(({ names }) => names.some((known) => [squash(known), foldMarks(squash(known))].includes(squash(name))));

/** Takes the flags of edits out of a text; the rest is a command as any other. Throws Refusal `flag-value-missing`, `-invalid`, `flag-repeated`. */
export function takeEditFlags(text: string): { readonly flags: EditFlags; readonly rest: string } {
  const words = splitWords(cleanText(text));
  const rest: string[] = [];
  let flags: EditFlags = { sides: {} };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const written = readFlag(word);
    const flag = written === undefined ? undefined : findFlag(written.name);
    if (written === undefined || flag === undefined) {
      rest.push(word);
      continue;
    }
    const attached = written.value === undefined || written.value === '' ? undefined : written.value;
    const value = trimEnd(attached ?? words[at + 1] ?? '', ',;…');
    if (attached === undefined) at += 1;
    flags = joined(flags, readValue(flag, written.name, value), written.name);
  }
  return { flags, rest: rest.join(' ') };
}

/** How far a picture is to go on, where the flags say it: margins in pixels come before a zoom. */
export function sizeIn({ sides, zoom }: EditFlags): Omit<Extract<Task, { kind: 'outpaint' }>, 'kind' | 'strength'> | undefined {
  if (Object.keys(sides).length > 0) return sides;
  return zoom === undefined ? undefined : { zoom };
}

function readValue(flag: EditFlag, name: string, value: string): EditFlags {
  const shown = `--${shorten(name, SHOWN_MAX)}`;
  if (value === '' || readFlag(value) !== undefined) throw new Refusal('flag-value-missing', { flag: shown });
  const read = NUMBER.test(value) ? flag.read(Number.parseFloat(value.replace(',', '.'))) : undefined;
  if (read === undefined)
    throw new Refusal('flag-value-invalid', { flag: shown, value: shorten(value, SHOWN_MAX), expected: flag.expected });
  return read;
}

function joined(known: EditFlags, read: EditFlags, name: string): EditFlags {
  const repeated =
    Object.keys(read.sides).some((side) => side in known.sides) ||
    ('zoom' in read && 'zoom' in known) ||
    ('grow' in read && 'grow' in known);
  if (repeated) throw new Refusal('flag-repeated', { flag: `--${shorten(name, SHOWN_MAX)}` });
  return { ...known, ...read, sides: { ...known.sides, ...read.sides } };
}
