import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The full path of the first of `names` that is on PATH or in one of `folders`; undefined when none is installed. */
export const findProgram = (names: readonly string[], folders: readonly string[] = []): string | undefined => {
  const searched = [...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...folders];
  return names.flatMap((name) => searched.map((folder) => join(folder, name))).find(isExecutable);
};

/** `<root>/<version>/bin` for every version below `root`, the newest first. */
export const versionedFolders = (root: string): string[] =>
  existsSync(root)
    ? readdirSync(root)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => join(root, version, 'bin'))
    : [];
