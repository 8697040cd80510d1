import { userInfo } from 'node:os';
import { runShell, type ShellRoom, type ExitCode } from '#adapters/cli/client.ts';
import { createTokens, type Tokens } from '#adapters/web/people.ts';
import { languageOf, type Config } from '../config.ts';
import { say } from '../core/messages.ts';
import type { Language } from '../core/request.ts';
import { createLog } from './log.ts';
import { handleFor } from './painting.ts';
import { openModels } from './models.ts';
import { deskFor, openStore, platformsFor } from './parts.ts';
import { crashWhenMissed, createOpened, type Opened } from './run.ts';
import { openShellQueue } from './shell-queue.ts';
import { connectServices, openMode } from './outside.ts';
import { openAskedMode, readConfig } from './start.ts';
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
      return await runTokenCommand(rest, { language: locale, open: async () => openTokens(config, opened), out, err });
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

/** The tokens of the page that is served from this data: a sandbox's are its own. */
async function openTokens(asked: Config, opened: Opened): Promise<Tokens> {
  const settled = asked.redisUrl === undefined ? await openMode(asked) : openAskedMode(asked);
  const config = 'cannotStart' in settled ? asked : settled.config;
  const { cabinet } = await openStore(config, opened);
  return createTokens(cabinet, () => Date.now());
}

/** Beside a Redis this process only asks and waits: what is on that queue is for the workers there. */
async function openRoom(asked: Config, opened: Opened): Promise<ShellRoom | Trouble> {
  const settled = asked.redisUrl === undefined ? await openMode(asked) : openAskedMode(asked);
  if ('cannotStart' in settled) return { code: 'config-wrong', message: settled.cannotStart };
  const { mode, config } = settled;
  const store = await openStore(config, opened);
  const handle = async () => {
    const services = await connectServices(config, mode, opened);
    return handleFor(store, services, await platformsFor(store, mode, config, opened), opened);
  };
  const { queue, keepGoing } = await openShellQueue({ config, ledger: store.ledger, handle, opened });
  const { archive, blobs, clips } = store;
  return { desk: deskFor(store, queue, config, opened), archive, blobs, clips, keepGoing };
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
