import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, MadeAnswer } from '#src/core/answer.ts';
import type { Archive, Entry } from '#src/core/archive.ts';
import type { Blobs } from '#src/core/blobs.ts';
import { cleanText } from '#src/core/command-text.ts';
import { Refusal } from '#src/core/failure.ts';
import { detectLanguage } from '#src/core/language.ts';
import { say, sayDescribed, sayReceipt, sayRefusal } from '#src/core/messages.ts';
import type { AskFunction } from '#src/core/platform.ts';
import type { ImageRef, Language } from '#src/core/request.ts';
import { readUpload, writePictures } from './files.ts';
import { parseArguments, type Imagine } from './parse.ts';
import { keepShellImage } from './platform.ts';
import { renderJson, renderMade, renderProgress, renderTrouble, type Trouble } from './render.ts';

/** What one request needs, once it is open. */
export interface ShellRoom {
  readonly ask: AskFunction;
  readonly archive: Archive;
  readonly blobs: Blobs;
  /** Called now and then while the answer is awaited: whoever worked on it may be gone. */
  readonly keepGoing: (id: string) => Promise<void>;
}

export interface ShellOptions {
  /** Opens the desk, or says why not. Called only by a command that needs it. */
  readonly open: () => Promise<ShellRoom | Trouble>;
  /** What to say of an error that is no refusal. */
  readonly explain: (error: unknown) => Trouble;
  readonly person: string;
  readonly directory: string;
  readonly locale: Language;
  readonly modelIds: readonly string[];
  /** Where results and errors go, a text at a time, and the progress line, which a terminal overwrites. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** 0: done. 1: asked, and the answer was no. 2: the command itself was not right. 130: interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

/** What went wrong, said as the command wants it said. */
type Fail = (exitCode: ExitCode, trouble: Trouble) => ExitCode;

const POLL_MS = 100;

/** One shell command from its arguments to its exit code. */
export async function runShell(argv: readonly string[], options: ShellOptions): Promise<ExitCode> {
  const { locale, out, err, explain } = options;
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    out(say(locale, 'shell-usage', { models: options.modelIds.join(', ') }));
    return 0;
  }
  const fail: Fail = (exitCode, trouble) => {
    if (command.json) out(renderTrouble(trouble));
    else err(trouble.message);
    return exitCode;
  };
  if (command.kind === 'unknown')
    return fail(2, { code: 'command-unknown', message: say(locale, 'shell-command-unknown', { command: command.command }) });
  const language = detectLanguage(cleanText(withoutFlags(command.words)), locale);
  try {
    return await imagine(command, language, options, fail);
  } catch (error) {
    return fail(2, error instanceof Refusal ? refusal(error, language) : explain(error));
  }
}

async function imagine(command: Imagine, guess: Language, options: ShellOptions, fail: Fail): Promise<ExitCode> {
  const { directory, locale, person } = options;
  if (command.wrong !== undefined) return fail(2, refusal(command.wrong, guess));
  const upload = command.imageFile === undefined ? undefined : await readUpload(directory, command.imageFile);
  if (upload !== undefined && 'kind' in upload)
    return fail(2, { code: 'file-unreadable', message: say(guess, 'shell-file-unreadable', { file: upload.file }) });
  const desk = await options.open();
  if ('code' in desk) return fail(2, desk);
  const id = `cli-${randomUUID()}`;
  const images: ImageRef[] = upload === undefined ? [] : [await keepShellImage(id, upload, desk.blobs)];
  const thread = { platform: 'cli', address: null };
  const asked = { id, text: command.words, options: {}, images, thread, requester: { id: person }, tenant: 'local', locale };
  const { receipt, language } = await desk.ask(asked);
  if (receipt.kind === 'refused') return fail(2, refusal(receipt, language));
  if (receipt.kind === 'unconfirmed') return fail(2, { code: 'price-unconfirmed', message: sayReceipt(language, receipt) });
  const answer = await follow(id, language, command.json, desk, options);
  if (answer === undefined) return fail(130, { code: 'interrupted', message: say(language, 'shell-interrupted', { id }), id });
  if (answer.kind === 'refused') return fail(1, { ...refusal(answer, language), id });
  if (answer.kind === 'described') return fail(1, { code: 'described', message: sayDescribed(language, answer), id });
  return present(id, answer, command, language, { ...options, ...desk }, fail);
}

type No = Pick<Extract<Answer, { kind: 'refused' }>, 'code' | 'details'>;

const refusal = ({ code, details }: No, language: Language): Trouble => ({ code, message: sayRefusal(language, code, details) });

/** The names of flags are English in any language. */
const withoutFlags = (words: string): string => words.replaceAll(/(?:--|[—–])\S+/g, ' ');

/** Watches the ledger until the request has its answer. Undefined when the person stopped waiting. */
async function follow(
  id: string,
  language: Language,
  quiet: boolean,
  { archive, keepGoing }: ShellRoom,
  { progress, signal }: ShellOptions,
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
  answer: MadeAnswer,
  command: Imagine,
  language: Language,
  { out, blobs, directory }: Pick<ShellOptions & ShellRoom, 'out' | 'blobs' | 'directory'>,
  fail: Fail,
): Promise<ExitCode> {
  const files = await writePictures(directory, command.outFile, answer, blobs);
  if ('kind' in files) {
    const kept = answer.pictures[0]?.key ?? '';
    return fail(1, { code: 'file-unwritable', message: say(language, 'shell-file-unwritable', { file: files.file, kept }), id });
  }
  out(command.json ? renderJson(id, answer, files) : renderMade(answer, files, language));
  return 0;
}
