import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { MadeAnswer } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { FILE_EXTENSIONS, type Media, type MediaType } from '#src/core/media.ts';

const UPLOAD_MEGABYTES_MAX = 20;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/** A file on this machine could not be used: `file` as the person wrote it. */
export interface FileTrouble {
  readonly kind: 'unreadable' | 'unwritable';
  readonly file: string;
}

/** Reads the picture to change. What kind of picture it is, the worker finds out from the bytes. Throws Refusal `picture-empty`, `picture-too-heavy`. */
export async function readUpload(directory: string, file: string): Promise<Media | FileTrouble> {
  const path = resolve(directory, file);
  const size = await stat(path)
    .then((found) => (found.isFile() ? found.size : undefined))
    .catch(() => undefined);
  if (size === undefined) return { kind: 'unreadable', file };
  if (size === 0) throw new Refusal('picture-empty');
  if (size > UPLOAD_MEGABYTES_MAX * BYTES_PER_MEGABYTE) throw new Refusal('picture-too-heavy', { limitMegabytes: UPLOAD_MEGABYTES_MAX });
  const bytes = await readFile(path).catch(() => undefined);
  // The key needs some extension; the worker does not believe it.
  return bytes === undefined ? { kind: 'unreadable', file } : { bytes, type: 'image/png' };
}

/**
 * Writes the pictures, untouched, and returns the names written. Several pictures are numbered, with their grid beside them.
 * The extension follows the bytes, whatever was asked.
 */
export async function writePictures(
  directory: string,
  wish: string | undefined,
  answer: MadeAnswer,
  blobs: Blobs,
): Promise<readonly string[] | FileTrouble> {
  const stem = wish === undefined ? `hoami-${answer.code}` : join(dirname(wish), basename(wish, extname(wish)));
  const several = answer.pictures.length > 1;
  const named = answer.pictures.map(({ key, type }, index) => ({ key, name: nameOf(several ? `${stem}-${index + 1}` : stem, type) }));
  if (answer.grid !== undefined) named.push({ key: answer.grid.key, name: nameOf(`${stem}-grid`, answer.grid.type) });
  for (const { key, name } of named) {
    const { bytes } = await blobs.get(key);
    const failed = await writeFile(resolve(directory, name), bytes).then(
      () => false,
      () => true,
    );
    if (failed) return { kind: 'unwritable', file: name };
  }
  return named.map(({ name }) => name);
}

const nameOf = (stem: string, type: MediaType): string => `${stem}.${FILE_EXTENSIONS[type]}`;
