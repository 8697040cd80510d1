import { canonicalSyllable, foldMarks } from '../vietnamese.ts';
import { ACTIONS, STYLES } from './actions.ts';
import type { Kind } from './arrange.ts';
import { CULTURE } from './culture.ts';
import { COURTESY, DEGREES, NUMBERS, RELATIONS, SILENT } from './grammar.ts';
import { ANIMALS, BODY, PEOPLE } from './people-and-animals.ts';
import { NAMED_PLACES, NATURE, PLACES, TIME_AND_LIGHT } from './places-and-nature.ts';
import { COLOURS, QUALITIES } from './qualities.ts';
import { CLOTHING, FOOD, OBJECTS } from './things.ts';

export interface Entry {
  readonly kind: Kind;
  readonly english: string;
}

/** Earlier tables win where the same letters mean two things. */
const TABLES: readonly (readonly [Kind, string])[] = [
  ['silent', COURTESY],
  ['noun', CULTURE],
  ['number', NUMBERS],
  ['relation', RELATIONS],
  ['noun', PEOPLE],
  ['noun', ANIMALS],
  ['quality', COLOURS],
  ['noun', NATURE],
  ['noun', PLACES],
  ['noun', CLOTHING],
  ['action', ACTIONS],
  ['noun', OBJECTS],
  ['noun', FOOD],
  ['noun', BODY],
  ['noun', TIME_AND_LIGHT],
  ['noun', STYLES],
  ['noun', NAMED_PLACES],
  ['quality', QUALITIES],
  ['degree', DEGREES],
  ['silent', SILENT],
];

/** Entries by their canonical spelling, and by their letters alone; several entries may share either. */
export interface Dictionary {
  readonly bySpelling: ReadonlyMap<string, readonly Entry[]>;
  readonly byLetters: ReadonlyMap<string, readonly Entry[]>;
}

function readDictionary(): Dictionary {
  const bySpelling = new Map<string, Entry[]>();
  const byLetters = new Map<string, Entry[]>();
  for (const [kind, table] of TABLES) {
    for (const line of table.split(/[;\n]/)) {
      const [vietnamese = '', english = ''] = line.trim().split('=');
      if (vietnamese === '') continue;
      append(bySpelling, vietnamese.split(' ').map(canonicalSyllable).join(' '), { kind, english });
      append(byLetters, foldMarks(vietnamese), { kind, english });
    }
  }
  return { bySpelling, byLetters };
}

function append(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

export const DICTIONARY: Dictionary = readDictionary();
