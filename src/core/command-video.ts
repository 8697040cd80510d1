import { findFlag, nearestFlag, readFlag, type FlagName, type WrittenFlag } from './command-flags.ts';
import { cleanText, shorten, trimEnd } from './command-text.ts';
import { splitWords } from './command-words.ts';
import { Refusal } from './failure.ts';
import { CLIP_SECONDS_MAX, resolutionSchema, type VideoTask } from './request.ts';
import { foldMarks } from './vietnamese.ts';

/** What a command for a clip asks for. */
interface VideoCommand {
  readonly task: VideoTask;
  /** What is left for the ask: the words, and the flags that clips share with pictures. */
  readonly text: string;
}

type Wishes = Pick<VideoTask, 'durationSeconds' | 'resolution' | 'isLooped'>;
type Chosen = Partial<Wishes>;

interface VideoFlag {
  readonly names: readonly string[];
  readonly expected: 'duration' | 'resolution' | 'none';
  readonly read: (value: string) => Chosen | undefined;
}

const SECONDS = /^(\d{1,3})(?:s|secs?|seconds?|gi[âa]y)?$/u;
const UNIT = /^(?:s|secs?|seconds?|gi[âa]y)$/u;

const FLAGS: readonly VideoFlag[] = [
  {
    names: ['duration', 'length', 'seconds', 'thời-lượng', 'độ-dài', 'dài', 'giây'],
    expected: 'duration',
    read: (value) => {
      const seconds = Number(SECONDS.exec(value)?.[1] ?? 0);
      return seconds >= 1 && seconds <= CLIP_SECONDS_MAX ? { durationSeconds: seconds } : undefined;
    },
  },
  {
    names: ['resolution', 'res', 'quality', 'độ-phân-giải', 'phân-giải', 'độ-nét', 'chất-lượng'],
    expected: 'resolution',
    read: (value) => {
      const resolution = resolutionSchema.safeParse(value.endsWith('p') ? value : `${value}p`);
      return resolution.success ? { resolution: resolution.data } : undefined;
    },
  },
  {
    names: ['loop', 'lặp', 'lặp-lại', 'vòng-lặp'],
    expected: 'none',
    read: (value) => (value === '' ? { isLooped: true } : undefined),
  },
];

/** What only pictures are told by flags. */
const FOR_PICTURES: ReadonlySet<FlagName> = new Set(['seed', 'n', 'no', 'style', 'strength']);

const SHOWN_MAX = 40;
const VALUE_LENGTH_MAX = 40;
/** Punctuation of a sentence around the flags. */
const AFTER_VALUE = ',;.…';

/** Five seconds in 540p that end elsewhere than they began: what costs least. */
export const VIDEO_DEFAULTS = { durationSeconds: 5, resolution: '540p', isLooped: false } as const;

/**
 * Takes what only clips are told by flags out of the words of a command; `frames` says of each of its pictures where it stands, `otherwise`
 * what is meant where the flags are silent. What the model can do
 * of it is for the intake to see. Takes time in proportion to the length.
 * Throws Refusal `flag-unknown`, `flag-value-missing`, `flag-value-invalid`, `flag-repeated`, `flag-not-for-video`.
 */
export function readVideo(text: string, frames: VideoTask['frames'], otherwise: Wishes = VIDEO_DEFAULTS): VideoCommand {
  const words = splitWords(cleanText(text));
  const rest: string[] = [];
  let chosen: Chosen = {};
  for (let at = 0; at < words.length;) {
    const word = words[at] ?? '';
    const written = readFlag(word);
    const flag = written === undefined ? undefined : videoFlag(written);
    at += 1;
    if (written === undefined || flag === undefined) {
      rest.push(word);
      continue;
    }
    const { value, next } = takeValue(flag, written, words, at);
    chosen = joined(chosen, readValue(flag, written, value), written);
    at = next;
  }
  const { durationSeconds, resolution, isLooped } = { ...otherwise, ...chosen };
  return { task: { kind: 'video', durationSeconds, resolution, isLooped, frames: [...frames] }, text: rest.join(' ') };
}

const squash = (name: string): string => name.replaceAll(/[-_]/g, '');

/** Undefined for a flag that clips and pictures share. */
function videoFlag(written: WrittenFlag): VideoFlag | undefined {
  const typed = squash(written.name);
  const found = FLAGS.find(({ names }) => names.some((name) => [squash(name), foldMarks(squash(name))].includes(typed)));
  if (found !== undefined) return found;
  const shared = findFlag(written.name);
  const flag = shown(written);
  if (shared === undefined) {
    const names = FLAGS.flatMap((known) => known.names);
    throw new Refusal('flag-unknown', { flag, nearest: nearestFlag(written.name, names) });
  }
  if (FOR_PICTURES.has(shared.name)) throw new Refusal('flag-not-for-video', { flag });
  return undefined;
}

/** The value, and the index of the first word after it: `5 giây` is one. */
function takeValue(flag: VideoFlag, { value: attached = '' }: WrittenFlag, words: readonly string[], from: number) {
  const isAlone = flag.expected === 'none' || attached !== '';
  const value = plain(isAlone ? attached : (words[from] ?? ''));
  const next = isAlone ? from : from + 1;
  const hasUnit = flag.expected === 'duration' && /^\d+$/.test(value) && UNIT.test(plain(words[next] ?? ''));
  return { value, next: hasUnit ? next + 1 : next };
}

const plain = (value: string): string => trimEnd(value.slice(0, VALUE_LENGTH_MAX), AFTER_VALUE).normalize('NFKC').toLowerCase();

function readValue(flag: VideoFlag, written: WrittenFlag, value: string): Chosen {
  const isMissing = flag.expected !== 'none' && (value === '' || readFlag(value) !== undefined);
  if (isMissing) throw new Refusal('flag-value-missing', { flag: shown(written) });
  const read = flag.read(value);
  if (read === undefined) throw new Refusal('flag-value-invalid', { flag: shown(written), value, expected: flag.expected });
  return read;
}

function joined(known: Chosen, read: Chosen, written: WrittenFlag): Chosen {
  if (Object.keys(read).some((name) => name in known)) throw new Refusal('flag-repeated', { flag: shown(written) });
  return { ...known, ...read };
}

const shown = ({ name }: WrittenFlag): string => `--${shorten(name, SHOWN_MAX)}`;
