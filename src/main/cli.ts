import { userInfo } from 'node:os';
import { runShell, type ExitCode, type ShellRoom } from '#adapters/cli/client.ts';
import { languageOf, type Config } from '../config.ts';
import { say } from '../core/messages.ts';
import type { Language } from '../core/request.ts';
import { createLog } from './log.ts';
import { openModels } from './models.ts';
import { crashWhenMissed, createOpened, type Opened } from './run.ts';
import { readConfig } from './start.ts';
import { createProgressLine, createQuestion, writeLine } from './terminal.ts';
import { runTokenCommand } from './tokens.ts';
import { explainStart, reasonOf, type Trouble } from './trouble.ts';

/** The shell command, `hoami`: the whole product for as long as one request takes. */
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<ExitCode> {
  const config = readConfig();
  const mistaken = 'kind' in config;
  const locale = mistaken ? languageOf(process.env) : config.language;
  // Whoever types a command reads its one sentence; who wants more says so.
  const opened = createOpened(createLog((mistaken ? undefined : config.logLevel) ?? 'silent'));
  const out = (text: string): void => writeLine(process.stdout, text);
  const err = (text: string): void => writeLine(process.stderr, text);
  crashWhenMissed(opened.log, (error) => err(unexpected(error, locale).message));
  try {
    const [command, ...rest] = argv;
    const signal = interruption();
    if (command === 'token' && !mistaken)
      return await runTokenCommand(rest, {
        language: locale,
        open: async () => (await import('./shell-room.ts')).openTokens(config, opened),
        out,
        err,
      });
    return await runShell(argv, {
      open: async () => (mistaken ? { code: 'config-wrong', message: config.text } : openRoom(config, opened)),
      explain: (error) => {
        opened.log.error('shell-failed', {}, error);
        return (mistaken ? undefined : explainStart(error, config)) ?? unexpected(error, locale);
      },
      person: userInfo().username,
      directory: process.cwd(),
      locale,
      question: createQuestion(process.stdin, process.stderr, signal),
      cards: openModels(mistaken ? { formerModels: [] } : config, opened.log).cards,
      out,
      err,
      progress: createProgressLine(process.stderr),
      signal,
    });
  } finally {
    await opened.close();
  }
}

/** Loaded by a command that asks for something: help, a list and a mistake are answered without it. */
async function openRoom(config: Config, opened: Opened): Promise<ShellRoom | Trouble> {
  const { openShellRoom } = await import('./shell-room.ts');
  return openShellRoom(config, opened);
}

function unexpected(error: unknown, language: Language): Trouble {
  return { code: 'failed', message: say(language, 'shell-failed', { reason: reasonOf(error) }) };
}

/** Aborts at the first interrupt, so that what is being painted can be handed back; the second one leaves at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  return controller.signal;
}
