import type { Answer, MadeAnswer } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Clips } from '#src/core/clips.ts';
import { say } from '#src/core/messages.ts';
import type { Language } from '#src/core/request.ts';
import { writeClip, writePictures, writeText, type FileTrouble } from './files.ts';
import { renderDescribed, renderDescribedJson, renderJson, renderMade, type Trouble } from './render.ts';

/** What showing a result needs. */
export interface Presenting {
  readonly directory: string;
  readonly outFile: string | undefined;
  readonly json: boolean;
  readonly language: Language;
  readonly blobs: Blobs;
  readonly clips: Pick<Clips, 'open'>;
}

type Shown = Exclude<Answer, { kind: 'refused' }>;

/** Writes the files of a result, and says what is to be printed. Throws what reading pictures and clips throws. */
export async function present(id: string, answer: Shown, presenting: Presenting): Promise<string | Trouble> {
  const { json, language, outFile, directory } = presenting;
  if (answer.kind === 'described') {
    const text = renderDescribed(answer, language);
    const trouble = outFile === undefined ? undefined : await writeText(directory, outFile, text);
    if (trouble !== undefined) return unwritable(id, trouble, answer.key, language);
    return json ? renderDescribedJson(id, answer) : text;
  }
  const files = await writeMade(answer, presenting);
  if ('kind' in files) return unwritable(id, files, answer.clip?.key ?? answer.pictures[0]?.key ?? '', language);
  return json ? renderJson(id, answer, files) : renderMade(answer, files, language);
}

async function writeMade(answer: MadeAnswer, { directory, outFile, blobs, clips }: Presenting): Promise<readonly string[] | FileTrouble> {
  if (answer.clip === undefined) return writePictures(directory, outFile, answer, blobs);
  const file = await writeClip(directory, outFile, answer, answer.clip, clips);
  return typeof file === 'string' ? [file] : file;
}

const unwritable = (id: string, { file }: FileTrouble, kept: string, language: Language): Trouble => ({
  code: 'file-unwritable',
  message: say(language, 'shell-file-unwritable', { file, kept }),
  id,
});
