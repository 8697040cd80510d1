import { questionMaxMicros } from '#workers/enhancer/price.ts';
import type { Config } from '../config.ts';

/**
 * The most that writing one prompt may cost, reserved beside its pictures. Of the two ways to Claude the dearer one counts: whoever takes
 * requests does not know which way the workers go.
 */
export function promptReserveMicros({ claude }: Config): number {
  return Math.max(...[claude.model, claude.bedrockModel].map(questionMaxMicros));
}
