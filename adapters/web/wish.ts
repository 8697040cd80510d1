import { readVideo } from '#src/core/command-video.ts';
import type { Ask } from '#src/core/platform.ts';
import type { VideoTask } from '#src/core/request.ts';
import type { CommandName } from './commands.ts';

/** What a picture that is sent along is for: to be worked on, or to say where, how, or how it ends. */
export const PARTS = ['picture', 'mask', 'style', 'last'] as const;
export type Part = (typeof PARTS)[number];

export interface Wishing {
  /** The command, where somebody named one. */
  readonly command: CommandName | undefined;
  readonly words: string;
  /** What each of the pictures is for, in their order; one that is replied to is a `picture`. */
  readonly parts: readonly Part[];
}

/** What is asked for. Throws what `readVideo` throws. */
export function wishOf({ command, words, parts }: Wishing): Pick<Ask, 'text' | 'task' | 'isInstruction'> {
  const said = command ?? commandFor(parts);
  if (said === 'video') return readVideo(words, framesOf(parts));
  if (said === 'describe') return { text: words, task: { kind: 'describe' } };
  // An instruction is read as one, and is what the second picture means where it cannot be; without the command the words are what is to be seen.
  const instruction = command === 'edit' ? { isInstruction: true } : {};
  if (parts.includes('mask')) return { text: words, task: { kind: words === '' ? 'erase' : 'inpaint' }, ...instruction };
  if (parts.includes('style')) return { text: words, task: { kind: 'restyle' }, ...instruction };
  return { text: words, ...(said === 'edit' ? { isInstruction: true } : {}) };
}

/** What somebody means who sends words alone, or pictures with them. */
function commandFor(parts: readonly Part[]): CommandName {
  if (parts.includes('last')) return 'video';
  return parts.length > 0 ? 'edit' : 'imagine';
}

/** The first picture is where the clip begins, a second one is where it ends. */
function framesOf(parts: readonly Part[]): VideoTask['frames'] {
  return parts.map((part, index) => (part === 'last' || index > 0 ? 'last' : 'first'));
}
