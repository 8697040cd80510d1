import { createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clip, MadeAnswer } from '#src/core/answer.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Clips } from '#src/core/clips.ts';
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
  const stem = stemOf(wish, answer);
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

/**
 * Writes the clip, untouched, as it comes: it is never whole in memory. Under its name there is the whole of it or nothing.
 * Throws Refusal `clip-gone`.
 */
export async function writeClip(
  directory: string,
  wish: string | undefined,
  answer: MadeAnswer,
  { key }: Clip,
  clips: Pick<Clips, 'open'>,
): Promise<string | FileTrouble> {
  const name = `${stemOf(wish, answer)}.mp4`;
  const path = resolve(directory, name);
  const aside = `${path}.part`;
  const { bytes } = await clips.open(key);
  try {
    await pipeline(bytes, createWriteStream(aside));
    await rename(aside, path);
    return name;
  } catch (error) {
    await rm(aside, { force: true });
    if (error instanceof Refusal) throw error;
    return { kind: 'unwritable', file: name };
  }
}

/** Writes a text under exactly this name. */
export async function writeText(directory: string, name: string, text: string): Promise<FileTrouble | undefined> {
  const failed = await writeFile(resolve(directory, name), `${text}\n`).then(
    () => false,
    () => true,
  );
  return failed ? { kind: 'unwritable', file: name } : undefined;
}

const stemOf = (wish: string | undefined, { code }: MadeAnswer): string =>
  wish === undefined ? `hoami-${code}` : join(dirname(wish), basename(wish, extname(wish)));

const nameOf = (stem: string, type: MediaType): string => `${stem}.${FILE_EXTENSIONS[type]}`;
