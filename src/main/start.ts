import { parseConfig, type Config, type ConfigMistakes, type LogLevel } from '../config.ts';
import { say } from '../core/messages.ts';
import { HOME } from './home.ts';
import { createLog } from './log.ts';
import { keepApart, type Mode } from './mode.ts';
import { crashWhenMissed, createOpened, stopOnSignals, type Opened } from './run.ts';
import { explainStart, reasonOf } from './trouble.ts';

/** The operator has to change something before this program can start: its sentence is all they need. */
export interface CannotStart {
  readonly cannotStart: string;
}

/** Real services or the sandbox, and the configuration that goes with it. */
export interface Settled {
  readonly mode: Mode;
  readonly config: Config;
}

/** What is wrong with how the program was started: 2, as shells have it. */
const EXIT_MISTAKE = 2;

/** Runs a program from the environment to its end: configuration, services, then what `open` opens, closed again on a signal. */
export async function start(open: (config: Config, opened: Opened) => Promise<'ready' | CannotStart>): Promise<void> {
  const config = readConfig();
  if ('kind' in config) return leave(config.text);
  const opened = createOpened(createLog(config.logLevel ?? quietInTerminal()));
  crashWhenMissed(opened.log);
  stopOnSignals(opened);
  try {
    const outcome = await open(config, opened);
    if (outcome !== 'ready') await closeAndLeave(opened, outcome.cannotStart);
  } catch (error) {
    opened.log.error('start-failed', {}, error);
    const unexpected = say(config.language, 'start-failed', { reason: reasonOf(error) });
    await closeAndLeave(opened, explainStart(error, config)?.message ?? unexpected);
  }
}

/** The environment, read once. A blank variable of AWS's is taken out first: the SDKs would take it for one that is set. */
export function readConfig(): Config | ConfigMistakes {
  for (const [name, value] of Object.entries(process.env))
    if (name.startsWith('AWS_') && value?.trim() === '') Reflect.deleteProperty(process.env, name);
  return parseConfig(process.env, HOME);
}

/** The settings of a program that paints nothing: it needs no credentials, and takes the operator's word. */
export function openAskedMode(config: Config): Settled {
  if (config.sandbox === 'on') return keepApart(config, { kind: 'sandbox', why: 'asked' });
  return keepApart(config, { kind: 'bedrock', region: config.bedrock.region });
}

/** A person at a terminal reads the screen, not the log. */
function quietInTerminal(): LogLevel {
  return process.stderr.isTTY ? 'warn' : 'info';
}

async function closeAndLeave(opened: Opened, sentence: string): Promise<void> {
  await opened.close();
  leave(sentence);
}

function leave(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_MISTAKE);
}
