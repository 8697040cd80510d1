import { createChance } from '../simulation/chance.ts';

/** What one person wants. Its seeds are its own, which is how the paid calls of the sandbox find their request. */
export interface Wish {
  readonly text: string;
  /** The first picture's seed; the others follow. */
  readonly seed: number;
  readonly pictures: number;
  /** From 0 on. */
  readonly person: number;
}

const PEOPLE = 5;
const SEEDS_EACH = 10;
const SUBJECTS = [
  'một con mèo mặc áo dài',
  'chợ nổi lúc bình minh',
  'a red kite over the sea',
  'hoa sen trắng trong mưa',
  'an old lighthouse in a storm',
  'a fishing boat at dawn',
] as const;
const FLAGS = ['', '', ' --n 2', ' --model core', ' --ar 16:9', ' --raw'] as const;

/** The wish with this number, the first being 1: the same seed wishes the same. */
export function wishOf(seed: number, number: number): Wish {
  const chance = createChance(seed * 100_003 + number);
  const subject = chance.of(SUBJECTS);
  const flags = chance.of(FLAGS);
  // Vietnamese cannot be painted as it is, and is refused at once when it is to stay raw.
  const allowed = flags === ' --raw' && /[^ -~]/.test(subject) ? '' : flags;
  const own = number * SEEDS_EACH;
  return {
    text: `${subject}${allowed} --seed ${own}`,
    seed: own,
    pictures: allowed === ' --n 2' ? 2 : 1,
    person: chance.between(0, PEOPLE - 1),
  };
}

export const numberOf = (seed: number): number => Math.floor(seed / SEEDS_EACH);
