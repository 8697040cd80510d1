import { readVideo } from '#src/core/command-video.ts';
import { Refusal } from '#src/core/failure.ts';
import type { Ask } from '#src/core/platform.ts';
import type { Asking, Role } from './parse.ts';

/** What a command asks for. `roles`: its pictures, in the order in which they are handed over. */
export interface Wish {
  readonly asked: Pick<Ask, 'text' | 'task' | 'isInstruction'>;
  readonly roles: readonly Role[];
}

/** Throws what `readVideo` throws, and Refusal `flag-not-for-edit` for a mask beside a style. */
export function wishOf({ verb, words, files }: Asking): Wish {
  const given = (...roles: readonly Role[]): readonly Role[] => roles.filter((role) => files[role] !== undefined);
  if (verb === 'imagine') return { asked: { text: words }, roles: given('image') };
  if (verb === 'describe') return { asked: { text: words, task: { kind: 'describe' } }, roles: given('image') };
  if (verb === 'video') {
    const roles = given('first', 'last');
    return {
      asked: readVideo(
        words,
        roles.map((role) => (role === 'last' ? 'last' : 'first')),
      ),
      roles,
    };
  }
  if (files.mask !== undefined && files['style-image'] !== undefined) throw new Refusal('flag-not-for-edit', { flag: '--style-image' });
  return { asked: editOf(words, files), roles: given('image', 'mask', 'style-image') };
}

/** What the words say, where they are an instruction; else what is meant by the pictures. */
function editOf(words: string, files: Asking['files']): Wish['asked'] {
  const instruction = { text: words, isInstruction: true };
  if (files.mask !== undefined) return { ...instruction, task: { kind: 'inpaint' } };
  return files['style-image'] === undefined ? instruction : { ...instruction, task: { kind: 'restyle' } };
}
