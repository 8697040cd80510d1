import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '#src/core/answer.ts';
import type { Archive, Entry } from '#src/core/archive.ts';
import type { Blobs } from '#src/core/blobs.ts';
import type { Clips } from '#src/core/clips.ts';
import { cleanText } from '#src/core/command-text.ts';
import { Refusal } from '#src/core/failure.ts';
import { detectLanguage } from '#src/core/language.ts';
import { say, sayRefusal } from '#src/core/messages.ts';
import { isLiving, type ModelCard } from '#src/core/model.ts';
import type { Desk } from '#src/core/platform.ts';
import type { Language } from '#src/core/request.ts';
import { askFor, type Asked } from './asking.ts';
import { writeText } from './files.ts';
import { renderModels, renderModelsJson } from './models.ts';
import { parseArguments, type Asking, type ShellCommand } from './parse.ts';
import { present } from './present.ts';
import { renderProgress, renderTrouble, type Trouble } from './render.ts';

/** What one request needs, once it is open. */
export interface ShellRoom {
  readonly desk: Pick<Desk, 'ask' | 'confirm' | 'cancel'>;
  readonly archive: Archive;
  readonly blobs: Blobs;
  readonly clips: Pick<Clips, 'open'>;
  /** Called now and then while the answer is awaited: whoever worked on it may be gone. */
  readonly keepGoing: (id: string) => Promise<void>;
}

export interface ShellOptions {
  /** Opens the desk, or says why not. Called only by a command that needs it. */
  readonly open: () => Promise<ShellRoom | Trouble>;
  /** What to say of an error that is no refusal. */
  readonly explain: (error: unknown) => Trouble;
  /** Asks whoever sits at the terminal, and resolves with whether they said yes. Undefined where nobody does. */
  readonly question: ((text: string) => Promise<boolean>) | undefined;
  readonly person: string;
  readonly directory: string;
  readonly locale: Language;
  /** Every model that is known of, those that are no more among them. */
  readonly cards: readonly ModelCard[];
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
  const { locale, out, err, explain, cards } = options;
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    const models = cards.filter(isLiving).map(({ id }) => id);
    out(say(locale, command.about === undefined ? 'shell-usage' : `shell-usage-${command.about}`, { models: models.join(', ') }));
    return 0;
  }
  const fail: Fail = (exitCode, trouble) => {
    if (command.json) out(renderTrouble(trouble));
    else err(trouble.message);
    return exitCode;
  };
  if (command.kind === 'unknown')
    return fail(2, { code: 'command-unknown', message: say(locale, 'shell-command-unknown', { command: command.command }) });
  const language = command.kind === 'models' ? locale : detectLanguage(cleanText(withoutFlags(command.words)), locale);
  try {
    if (command.wrong !== undefined) return fail(2, refusal(command.wrong, language));
    return await (command.kind === 'models' ? listModels(command, options, fail) : carryOut(command, language, options, fail));
  } catch (error) {
    return fail(2, error instanceof Refusal ? refusal(error, language) : explain(error));
  }
}

async function listModels(command: Extract<ShellCommand, { kind: 'models' }>, options: ShellOptions, fail: Fail): Promise<ExitCode> {
  const { cards, locale, directory, out } = options;
  const text = renderModels(cards, locale);
  const trouble = command.outFile === undefined ? undefined : await writeText(directory, command.outFile, text);
  if (trouble !== undefined)
    return fail(1, { code: 'file-unwritable', message: say(locale, 'shell-text-unwritable', { file: trouble.file }) });
  out(command.json ? renderModelsJson(cards) : text);
  return 0;
}

async function carryOut(command: Asking, guess: Language, options: ShellOptions, fail: Fail): Promise<ExitCode> {
  const asked = await askFor(command, guess, `cli-${randomUUID()}`, options);
  if (asked.kind === 'no') return fail(asked.exitCode, asked.trouble);
  const { room, id, language } = asked;
  const answer = await follow(asked, command.json, options);
  if (answer === undefined) return fail(130, { code: 'interrupted', message: say(language, 'shell-interrupted', { id }), id });
  if (answer.kind === 'refused') return fail(1, { ...refusal(answer, language), id });
  const shown = await present(id, answer, { ...room, ...command, language, directory: options.directory });
  if (typeof shown !== 'string') return fail(1, shown);
  options.out(shown);
  return 0;
}

type No = Pick<Extract<Answer, { kind: 'refused' }>, 'code' | 'details'>;

const refusal = ({ code, details }: No, language: Language): Trouble => ({ code, message: sayRefusal(language, code, details) });

/** The names of flags are English in any language. */
const withoutFlags = (words: string): string => words.replaceAll(/(?:--|[—–])\S+/g, ' ');

/** Watches the ledger until the request has its answer. Undefined when the person stopped waiting. */
async function follow(
  { id, language, room: { archive, keepGoing } }: Extract<Asked, { kind: 'asked' }>,
  quiet: boolean,
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
