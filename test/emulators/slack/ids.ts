import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Names as Slack gives them: the letter says what it is, and one in a thousand tests must not depend on its value. */
export interface Ids {
  /** `C`, `U`, `T`, `F`, `B`, `A`, `V`, `D`, `Ev`: letters and digits in capitals, at least nine of them. */
  next(letter: string): string;
  /** A message's name in its channel: seconds and microseconds, later than any before. */
  timestamp(): string;
  /** What nobody can guess. */
  secret(prefix: string): string;
}

const DIGITS = 10;

export function createIds(clock: Clock): Ids {
  let count = 0;
  let lastMicros = 0;
  return {
    next(letter) {
      count += 1;
      return `${letter}0${(36 ** 5 + count * 1009).toString(36).toUpperCase().padStart(DIGITS, '0')}`;
    },
    timestamp() {
      lastMicros = Math.max(clock.nowMs() * 1000, lastMicros + 1);
      const micros = String(lastMicros);
      return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
    },
    secret: (prefix) => `${prefix}-${randomBytes(18).toString('hex')}`,
  };
}
