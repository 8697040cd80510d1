import { questionMaxMicros } from '#workers/enhancer/price.ts';
import type { Config } from '../config.ts';

/**
 * The most that one question to Claude may cost, reserved beside the pictures for each that a request may take. Of the two ways to Claude the dearer
 * one counts: whoever takes requests does not know which way the workers go.
 */
export function promptReserveMicros({ claude }: Config): number {
  return Math.max(...[claude.model, claude.bedrockModel].map(questionMaxMicros));
}
