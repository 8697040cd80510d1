import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '#src/core/answer.ts';
import type { Archive, Entry } from '#src/core/archive.ts';
import type { Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import type { AskFunction } from '#src/core/platform.ts';
import type { ImageRef, Language } from '#src/core/request.ts';
import { readUpload, writePictures } from './files.ts';
import { parseArguments, type ShellCommand } from './parse.ts';
import { shellImage } from './platform.ts';
import { renderJson, renderMade, renderProgress } from './render.ts';

export interface ShellOptions {
  readonly ask: AskFunction;
  readonly archive: Archive;
  readonly blobs: Blobs;
  readonly person: string;
  readonly directory: string;
  readonly locale: Language;
  readonly modelIds: readonly string[];
  /** Where results and errors go, a text at a time, and the progress line, which a terminal overwrites. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly progress: (line: string) => void;
  /** Called now and then while the answer is awaited: whoever worked on it may be gone. */
  readonly keepGoing: (id: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** 0: done. 1: asked, and the answer was no. 2: the command itself was not right. 130: interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

const POLL_MS = 100;

/** One shell command from its arguments to its exit code. */
export async function runShell(argv: readonly string[], options: ShellOptions): Promise<ExitCode> {
  const { locale, err } = options;
  try {
    const command = parseArguments(argv);
    if (command.kind === 'imagine') return await imagine(command, options);
    if (command.kind === 'help') options.out(say(locale, 'shell-usage', { models: options.modelIds.join(', ') }));
    else err(say(locale, 'shell-command-unknown', { command: command.command }));
    return command.kind === 'help' ? 0 : 2;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    err(sayRefusal(locale, error.code, error.details));
    return 2;
  }
}

type Imagine = Extract<ShellCommand, { kind: 'imagine' }>;

async function imagine(command: Imagine, options: ShellOptions): Promise<ExitCode> {
  const { locale, err, blobs, ask, person } = options;
  const images: ImageRef[] = [];
  if (command.imageFile !== undefined) {
    const upload = await readUpload(options.directory, command.imageFile);
    if ('kind' in upload) {
      err(say(locale, 'shell-file-unreadable', { file: upload.file }));
      return 2;
    }
    images.push(shellImage(await blobs.put(upload)));
  }
  const id = `cli-${randomUUID()}`;
  const thread = { platform: 'cli', address: null };
  const { receipt, language } = await ask({
    id,
    text: command.words,
    options: {},
    images,
    thread,
    requester: { id: person },
    tenant: 'local',
    locale,
  });
  if (receipt.kind === 'refused') return refuse(command, receipt, language, options, 2);
  const answer = await follow(id, language, command.json, options);
  if (answer === undefined) {
    err(say(language, 'shell-interrupted', { id }));
    return 130;
  }
  if (answer.kind === 'refused') return refuse(command, answer, language, options, 1);
  return present(id, answer, command, language, options);
}

type No = Pick<Extract<Answer, { kind: 'refused' }>, 'code' | 'details'>;

function refuse(command: Imagine, { code, details }: No, language: Language, { out, err }: ShellOptions, exitCode: ExitCode): ExitCode {
  const message = sayRefusal(language, code, details);
  if (command.json) out(JSON.stringify({ ok: false, code, message }));
  else err(message);
  return exitCode;
}

/** Watches the ledger until the request has its answer. Undefined when the person stopped waiting. */
async function follow(
  id: string,
  language: Language,
  quiet: boolean,
  { archive, progress, keepGoing, signal }: ShellOptions,
): Promise<Answer | undefined> {
  const show = (entry: Entry | undefined): void => {
    if (!quiet && entry !== undefined) progress(entry.answer === undefined ? renderProgress(entry, language) : '');
  };
  while (!signal.aborted) {
    const entry = await archive.find(id);
    show(entry);
    if (entry?.answer !== undefined) return entry.answer;
    await keepGoing(id);
    // An interrupted pause is no failure: the loop's condition sees the same signal.
    await sleep(POLL_MS, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

async function present(
  id: string,
  answer: Extract<Answer, { kind: 'made' }>,
  command: Imagine,
  language: Language,
  options: ShellOptions,
): Promise<ExitCode> {
  const { out, err, blobs, directory } = options;
  const files = await writePictures(directory, command.outFile, answer, blobs);
  if ('kind' in files) {
    err(say(language, 'shell-file-unwritable', { file: files.file, kept: answer.pictures[0]?.key ?? '' }));
    return 1;
  }
  out(command.json ? renderJson(id, answer, files) : renderMade(answer, files, language));
  return 0;
}
