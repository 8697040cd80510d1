import { userInfo } from 'node:os';
import { runShell, type ExitCode } from '#adapters/cli/client.ts';
import { parseConfig, type Config } from '../config.ts';
import { HOME } from './home.ts';
import { createLog } from './log.ts';
import { askFor, cards, handleFor, openStore, platformsFor } from './parts.ts';
import { crashWhenMissed, createOpened, type Opened } from './run.ts';
import { openShellQueue } from './shell-queue.ts';
import { connectServices } from './mode.ts';
import { EXIT_MISTAKE, openMode, reasonOf } from './start.ts';
import { createProgressLine, writeLine } from './terminal.ts';

/** The shell command, `hoami`: the whole product for as long as one request takes. */
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<ExitCode> {
  const config = parseConfig(process.env, HOME);
  if ('kind' in config) {
    writeLine(process.stderr, config.text);
    return EXIT_MISTAKE;
  }
  const opened = createOpened(createLog(config.logLevel ?? 'error'));
  crashWhenMissed(opened.log);
  try {
    return await run(argv, config, opened);
  } catch (error) {
    opened.log.error('shell-failed', {}, error);
    writeLine(process.stderr, reasonOf(error, config));
    return EXIT_MISTAKE;
  } finally {
    await opened.close();
  }
}

async function run(argv: readonly string[], config: Config, opened: Opened): Promise<ExitCode> {
  const mode = await openMode(config);
  if ('cannotStart' in mode) {
    writeLine(process.stderr, mode.cannotStart);
    return EXIT_MISTAKE;
  }
  const services = await connectServices(config, mode, opened);
  const store = await openStore(config, opened);
  const { queue, keepGoing } = await openShellQueue(
    config,
    () => handleFor(store, services, platformsFor(store, mode, config, opened), opened),
    opened,
  );
  const progress = createProgressLine(process.stderr);
  return runShell(argv, {
    ask: askFor(store, queue, config, opened),
    archive: store.archive,
    blobs: store.blobs,
    person: userInfo().username,
    directory: process.cwd(),
    locale: config.language,
    modelIds: cards.map(({ id }) => id),
    out: (text) => writeLine(process.stdout, text),
    err: (text) => writeLine(process.stderr, text),
    progress,
    keepGoing,
    signal: interruption(),
  });
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
