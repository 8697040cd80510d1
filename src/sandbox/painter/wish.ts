import type { Colour } from './colour.ts';
import type { MotifName } from './motifs/catalogue.ts';
import { closeBy, readWords, type Hit, type Reading } from './reading.ts';
import type { Hour, Meaning, PlaceName, Style, Weather } from './vocabulary.ts';

export interface Subject {
  readonly motif: MotifName;
  readonly count: number;
  readonly colour: Colour | undefined;
}

/** What a prompt asks for, as far as the painter knows the words. */
export interface Wish {
  readonly subjects: readonly Subject[];
  readonly place: PlaceName | undefined;
  readonly hour: Hour | undefined;
  readonly weather: Weather | undefined;
  readonly style: Style | undefined;
  readonly without: ReadonlySet<string>;
  /** True when no word said what is to be seen. */
  readonly unknown: boolean;
}

const SUBJECTS_MAX = 5;
const COUNT_MAX = 5;
const REACH_WORDS = 3;
const PLURAL_COUNT = 3;
/** Nobody hangs one lantern, and Vietnamese has no plural to say so. */
const LANTERNS = 5;
const PEOPLE: readonly MotifName[] = ['person', 'astronaut', 'woman', 'girlInAoDai', 'farmer', 'child'];

export function readWish(prompt: string, negativePrompt: string): Wish {
  const reading = readWords(prompt);
  const denied = deniedHits(reading);
  const without = withoutNames([...denied, ...readWords(negativePrompt).hits]);
  const wanted = reading.hits.filter((hit) => !denied.includes(hit) && !without.has(nameOf(hit.meaning)));
  const place = wanted.find(isKind('place'))?.meaning.name;
  const hour =
    wanted.find(isKind('hour'))?.meaning.name ??
    (wanted.some((hit) => hit.meaning.kind === 'detail' && (hit.meaning.name === 'moon' || hit.meaning.name === 'stars'))
      ? 'night'
      : undefined);
  const weather = wanted.find(isKind('weather'))?.meaning.name;
  const subjects = subjectsOf(reading, wanted, without).slice(0, SUBJECTS_MAX);
  const unknown = subjects.length === 0 && place === undefined && hour === undefined && weather === undefined;
  return { subjects, place, hour, weather, style: wanted.find(isKind('style'))?.meaning.name, without, unknown };
}

type HitOf<Kind extends Meaning['kind']> = Hit & { readonly meaning: Extract<Meaning, { readonly kind: Kind }> };

const isKind =
  <Kind extends Meaning['kind']>(kind: Kind) =>
  (hit: Hit): hit is HitOf<Kind> =>
    hit.meaning.kind === kind;

const nameOf = (meaning: Meaning): string => ('name' in meaning ? meaning.name : '');

function withoutNames(hits: readonly Hit[]): ReadonlySet<string> {
  const names = new Set(hits.map((hit) => nameOf(hit.meaning)).filter((name) => name !== ''));
  if (names.has('people') || names.has('person')) for (const name of ['people', ...PEOPLE]) names.add(name);
  return names;
}

/** What stands after a "no" or a "không có", and what is joined to it by "and" or "or". */
function deniedHits(reading: Reading): readonly Hit[] {
  const denied: Hit[] = [];
  let from: number | undefined;
  for (const hit of reading.hits) {
    if (hit.meaning.kind === 'negation') {
      from = hit.end;
    } else if (from !== undefined && closeBy(reading, from, hit.start, REACH_WORDS)) {
      denied.push(hit);
      from = joined(reading, hit) ? hit.end : isModifier(hit.meaning) ? from : undefined;
    } else {
      from = undefined;
    }
  }
  return denied;
}

const isModifier = (meaning: Meaning): boolean => meaning.kind === 'colour' || meaning.kind === 'count';

const joined = (reading: Reading, hit: Hit): boolean =>
  ['and', 'or', 'nor', 'và', 'hoặc', 'hay', 'hoac', 'va'].includes(reading.words[hit.end] ?? '');

function subjectsOf(reading: Reading, wanted: readonly Hit[], without: ReadonlySet<string>): readonly Subject[] {
  const found = new Map<MotifName, Subject>();
  for (const hit of wanted.filter(isKind('motif'))) {
    const named = hit.meaning.name === 'boat' && without.has('people') ? 'emptyBoat' : hit.meaning.name;
    const earlier = found.get(named);
    const count = countFor(reading, wanted, hit);
    found.set(named, {
      motif: named,
      count: Math.min(COUNT_MAX, Math.max(count, earlier?.count ?? 1)),
      colour: colourFor(reading, wanted, hit) ?? earlier?.colour,
    });
  }
  return dressed([...found.values()], reading, wanted, without);
}

/** A number reaches the next thing named, over adjectives and classifiers. */
function countFor(reading: Reading, wanted: readonly Hit[], thing: Hit): number {
  const index = wanted.indexOf(thing);
  const before = wanted.slice(0, index).toReversed();
  const number = before.find((hit) => !(hit.meaning.kind === 'colour'));
  if (number?.meaning.kind === 'count' && closeBy(reading, number.end, thing.start, REACH_WORDS)) return number.meaning.count;
  if (thing.many) return PLURAL_COUNT;
  return thing.meaning.kind === 'motif' && thing.meaning.name === 'lantern' ? LANTERNS : 1;
}

const takesColour = (hit: Hit): boolean => ['motif', 'wear', 'absorb', 'place', 'detail'].includes(hit.meaning.kind);

/** Which thing a colour belongs to: the next one in English, the one before in Vietnamese. */
function ownerOf(reading: Reading, wanted: readonly Hit[], colour: HitOf<'colour'>): Hit | undefined {
  const index = wanted.indexOf(colour);
  const next = wanted.slice(index + 1).find(takesColour);
  const last = wanted.slice(0, index).findLast(takesColour);
  const nextNear = next !== undefined && closeBy(reading, colour.end, next.start, 2) ? next : undefined;
  const lastNear = last !== undefined && closeBy(reading, last.end, colour.start, REACH_WORDS) ? last : undefined;
  return colour.meaning.follows ? (lastNear ?? nextNear) : (nextNear ?? lastNear);
}

function colourFor(reading: Reading, wanted: readonly Hit[], thing: Hit): Colour | undefined {
  return wanted.filter(isKind('colour')).find((hit) => ownerOf(reading, wanted, hit) === thing)?.meaning.colour;
}

/** An ao dai is worn: by the cat, the dog or the person named, or else by a girl. */
function dressed(subjects: readonly Subject[], reading: Reading, wanted: readonly Hit[], without: ReadonlySet<string>): readonly Subject[] {
  const wear = wanted.filter(isKind('wear'));
  if (wear.length === 0) return subjects;
  const colour = wear.map((hit) => colourFor(reading, wanted, hit)).find((found) => found !== undefined);
  const tunic = wear.some((hit) => hit.meaning.name === 'aoDai');
  const wearer = subjects.findIndex(({ motif }) => PEOPLE.includes(motif) || (tunic && (motif === 'cat' || motif === 'dog')));
  const worn = (motif: MotifName): MotifName =>
    motif === 'cat' ? 'catInAoDai' : motif === 'dog' ? 'dogInAoDai' : !tunic && motif === 'person' ? 'farmer' : 'girlInAoDai';
  if (wearer < 0) return without.has('people') ? subjects : [{ motif: 'girlInAoDai', count: 1, colour }, ...subjects];
  return subjects.map((subject, index) =>
    index === wearer
      ? { ...subject, motif: worn(subject.motif), colour: colour ?? (PEOPLE.includes(subject.motif) ? subject.colour : undefined) }
      : subject,
  );
}
