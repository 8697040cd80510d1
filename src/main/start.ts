import { parseConfig, type Config, type LogLevel } from '../config.ts';
import { say } from '../core/messages.ts';
import { HOME } from './home.ts';
import { createLog } from './log.ts';
import { crashWhenMissed, createOpened, stopOnSignals, type Opened } from './run.ts';
import { chooseMode, type Mode } from './mode.ts';

/** The operator has to change something before this program can start: its sentence is all they need. */
export interface CannotStart {
  readonly cannotStart: string;
}

/** What is wrong with how the program was started: 2, as shells have it. */
export const EXIT_MISTAKE = 2;

/** Runs a program from the environment to its end: configuration, services, then what `open` opens, closed again on a signal. */
export async function start(open: (config: Config, opened: Opened) => Promise<'ready' | CannotStart>): Promise<void> {
  const config = parseConfig(process.env, HOME);
  if ('kind' in config) return leave(config.text);
  const opened = createOpened(createLog(config.logLevel ?? quietInTerminal()));
  crashWhenMissed(opened.log);
  stopOnSignals(opened);
  try {
    const outcome = await open(config, opened);
    if (outcome !== 'ready') await closeAndLeave(opened, outcome.cannotStart);
  } catch (error) {
    opened.log.error('start-failed', {}, error);
    await closeAndLeave(opened, reasonOf(error, config));
  }
}

/** Real services or the sandbox, or the reason why neither. */
export async function openMode(config: Config): Promise<Mode | CannotStart> {
  const { language } = config;
  const mode = await chooseMode(config);
  return mode ?? { cannotStart: `${say(language, 'config-wrong')}\n  HOAMI_SANDBOX ${say(language, 'config-credentials')}` };
}

/** A person at a terminal reads the screen, not the log. */
function quietInTerminal(): LogLevel {
  return process.stderr.isTTY ? 'warn' : 'info';
}

/** One sentence for the operator; the log has the rest. */
export function reasonOf(error: unknown, { language, port, databaseUrl, dataDir }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return say(language, 'start-port-taken', { port });
  return say(language, 'start-ledger-unreachable', { where: databaseUrl === undefined ? dataDir : 'PostgreSQL' });
}

async function closeAndLeave(opened: Opened, sentence: string): Promise<void> {
  await opened.close();
  leave(sentence);
}

function leave(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_MISTAKE);
}
