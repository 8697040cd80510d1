import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Longer than any clip here takes on a slow machine, shorter than anybody waits. */
const TIMEOUT_MS = 180_000;
/** What it says at the end is the reason; the rest of it is nobody's to read. */
const WORDS_MAX = 400;

/** Runs the program to its end. Rejects when it fails, when it takes too long or when the signal aborts, and the program is gone then. */
export async function runFfmpeg(program: string, words: readonly string[], signal: AbortSignal): Promise<void> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  // It reads files and nothing else, our secrets included: a clip may not make it open an address.
  const always = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-protocol_whitelist', 'file'];
  const child = spawn(program, [...always, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: timed,
    killSignal: 'SIGKILL',
    env: {},
  });
  let said = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    said = `${said}${text}`.slice(-WORDS_MAX);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code ?? 'a signal'}: ${said.trim()}`));
    });
  });
}

/** The program where the operator says, or on the PATH; undefined when there is none. */
export async function findFfmpeg(given: string | undefined, path: string): Promise<string | undefined> {
  const names = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg'];
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const places = given === undefined ? folders.flatMap((folder) => names.map((name) => join(folder, name))) : [given];
  for (const place of places) {
    try {
      await access(place, constants.X_OK);
      return place;
    } catch {
      continue;
    }
  }
  return undefined;
}
