import { cleanText } from '#src/core/command-text.ts';
import { parseCommand } from '#src/core/command.ts';
import { readVideo } from '#src/core/command-video.ts';
import { detectLanguage } from '#src/core/language.ts';
import { say } from '#src/core/messages.ts';
import type { Ask } from '#src/core/platform.ts';
import type { Language, VideoTask } from '#src/core/request.ts';
import { foldMarks } from '#src/core/vietnamese.ts';

/** What somebody's words ask for, as the desk takes it. */
export type Reading = Pick<Ask, 'text' | 'task' | 'isInstruction'>;

/** Where the pictures of a clip stand in it: the first begins it, the second ends it. One more is for the intake to refuse. */
const FRAMES: VideoTask['frames'] = ['first', 'last'];

/** What a post that asks for a clip begins with, without marks. */
const CLIP_WORDS = phrases([
  'video',
  'clip',
  'animate',
  'make a video',
  'make a clip',
  'make it move',
  'lam video',
  'lam clip',
  'tao video',
  'tao clip',
  'quay video',
  'cho chuyen dong',
]);
/** Things that are called after clips and are none. */
const NO_CLIP = ['game', 'games', 'call', 'card', 'camera', 'art'];
/** What may follow without saying how anything moves. */
const ONLY_THE_PICTURE = new Set('it this that the picture image photo please anh hinh buc tam nay do di giup minh tu'.split(' '));
/** A post that asks for words is nothing but one of these, so that a picture may still be asked for with `describe` in it. */
const DESCRIBE_VERBS = phrases(['describe', 'caption', 'mo ta', 'ta lai', 'ta']);
const DESCRIBE_REST = new Set(
  'this that the it picture image photo for me please anh hinh buc tam cai nay do tren giup cho minh toi voi di nhe lai'.split(' '),
);
const DESCRIBE_WORDS_MAX = 8;
/** Longer than any of the phrases. */
const HEAD_WORDS_MAX = 12;
const AFTER_WORD = /[\p{P}\s]+$/u;

/** The words of a post to the bot, with so many pictures in hand. Throws what `readVideo` and `parseCommand` throw. */
export function readPost(text: string, pictures: number, locale: Language | undefined): Reading {
  const words = cleanText(text).split(' ');
  const head = words.slice(0, HEAD_WORDS_MAX).map(bare);
  if (asksForWords(words, head)) return { text: '', task: { kind: 'describe' } };
  const clip = beginning(head, CLIP_WORDS);
  if (clip > 0 && !NO_CLIP.includes(head[clip] ?? '')) return readClip(afterClip(words, head, clip), pictures, locale);
  return pictures > 0 ? { text, isInstruction: true } : { text };
}

/** The words of a clip. A picture moves without any; without one there is nothing to be seen, which the intake says. Throws as `readPost`. */
export function readClip(text: string, pictures: number, locale: Language | undefined): Reading {
  const video = readVideo(text, FRAMES.slice(0, pictures));
  const isSilent = pictures > 0 && parseCommand(video.text).prompt === '';
  const words = isSilent ? `${say(detectLanguage(text, locale), 'animate-words')} ` : '';
  return { task: video.task, text: `${words}${video.text}`.trim() };
}

function asksForWords(words: readonly string[], head: readonly string[]): boolean {
  if (words.length > DESCRIBE_WORDS_MAX) return false;
  const verb = beginning(head, DESCRIBE_VERBS);
  const rest = head.slice(verb).filter((word) => word !== '');
  const isWhole = verb > 0 && rest.every((word) => DESCRIBE_REST.has(word));
  // One syllable alone may be anything: `tả ảnh này` is a wish, `ta` is not.
  return isWhole && (rest.length > 0 || head[0] !== 'ta');
}

/** `video of a boat`, `làm video ảnh này`: what the clip shows, if anything is said of it. Flags stay. */
function afterClip(words: readonly string[], head: readonly string[], from: number): string {
  const rest = words.slice(head[from] === 'of' ? from + 1 : from);
  const flag = rest.findIndex((word) => /^[-—–]/.test(word));
  const said = flag === -1 ? rest : rest.slice(0, flag);
  const isSilent = said.length < HEAD_WORDS_MAX && said.every((word) => ONLY_THE_PICTURE.has(bare(word)));
  return (isSilent ? rest.slice(said.length) : rest).join(' ');
}

function beginning(head: readonly string[], known: readonly (readonly string[])[]): number {
  const found = known.filter((phrase) => phrase.every((word, index) => head[index] === word));
  return Math.max(0, ...found.map(({ length }) => length));
}

/** Without marks, and without the punctuation that a sentence has after a word. A flag stays what it is. */
const bare = (word: string): string => foldMarks(word.slice(0, 40)).replace(AFTER_WORD, '');

function phrases(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.split(' '));
}
