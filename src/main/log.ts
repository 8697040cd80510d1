import pino from 'pino';
import type { LogLevel } from '../config.ts';
import type { Log } from '../core/log.ts';

const MESSAGE_LENGTH_MAX = 300;
const SECRETS = /\b(?:xox[abeprs]-|xapp-|sk-ant-|AKIA|ASIA|ABSK)[\w-]+|(?<=Bearer )\S+|(?<=:)[^:@/\s]+(?=@)/g;

/** JSON lines on standard error. An error is told by name, code, message and place; its other members, which may hold a request's body, stay out. */
export function createLog(level: LogLevel): Log {
  const logger = pino(
    { level, base: { pid: process.pid }, formatters: { level: (label) => ({ level: label }) } },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields, error) => logger.warn({ ...fields, ...told(error) }, event),
    error: (event, fields, error) => logger.error({ ...fields, ...told(error) }, event),
  };
}

function told(error: unknown): object {
  if (error === undefined) return {};
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const cause = error.cause === undefined ? {} : { cause: told(error.cause) };
  return {
    error: error.name,
    code,
    message: error.message.slice(0, MESSAGE_LENGTH_MAX).replaceAll(SECRETS, '…'),
    places: places.slice(0, 6).join('\n'),
    ...cause,
  };
}
