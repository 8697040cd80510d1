import type { Config } from '../config.ts';
import { say } from '../core/messages.ts';

/** What was being opened when an error came, so that the operator is told which variable to look at. */
export type Part = 'platform' | 'health' | 'queue' | 'ledger';

/** Why a program does not go on: a code for programs and a sentence for people. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
}

const NOT_AN_ADDRESS = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL'];

/** Does the work, and says with its error what was being opened, and in which data folder. */
export async function opening<Result>(part: Part, place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw Object.assign(new Error(`cannot open the ${part}`, { cause: error }), { part, place });
  }
}

/** One sentence for the operator, when the reason is one that they can do something about; the log has the rest. */
export function explainStart(error: unknown, config: Config): Trouble | undefined {
  const part = error instanceof Error && 'part' in error ? error.part : undefined;
  const place = error instanceof Error && 'place' in error ? String(error.place) : config.dataDir;
  const cause = error instanceof Error ? error.cause : undefined;
  const { language, port, healthPort, databaseUrl } = config;
  if (part === 'platform') return explainPlatform(cause) ?? explainListening(cause, 'PORT', port, config);
  if (part === 'health') return explainListening(cause, 'HEALTH_PORT', healthPort, config);
  if (part === 'ledger') {
    const at = databaseUrl === undefined ? { where: place, variable: 'HOAMI_DATA_DIR' } : { where: 'PostgreSQL', variable: 'DATABASE_URL' };
    return { code: 'start-ledger-unreachable', message: say(language, 'start-ledger-unreachable', at) };
  }
  if (part !== 'queue') return undefined;
  const code = codeOf(cause) === undefined ? 'start-host-silent' : 'start-folder-unusable';
  return { code, message: say(language, code, { place }) };
}

/** What is said of an error that nobody expected. `reason` is a code or a class, never an error's own words. */
export function reasonOf(error: unknown): string {
  const innermost = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return codeOf(innermost) ?? (innermost instanceof Error ? innermost.name : typeof innermost);
}

/** Some platforms know themselves what the operator has to put right. */
function explainPlatform(error: unknown): Trouble | undefined {
  const sentence = error instanceof Error && 'sentence' in error ? error.sentence : undefined;
  return typeof sentence === 'string' ? { code: 'start-platform', message: sentence } : undefined;
}

function explainListening(error: unknown, variable: string, port: number, { language, host }: Config): Trouble | undefined {
  const reason = codeOf(error) ?? '';
  if (reason === 'EADDRINUSE') return { code: 'start-port-taken', message: say(language, 'start-port-taken', { port, variable }) };
  if (reason === 'EACCES') return { code: 'start-port-forbidden', message: say(language, 'start-port-forbidden', { port, variable }) };
  if (!NOT_AN_ADDRESS.includes(reason)) return undefined;
  return { code: 'start-address-wrong', message: say(language, 'start-address-wrong', { host }) };
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
