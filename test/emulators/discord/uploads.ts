import type { Backend } from './backend.ts';
import type { Sent } from './posting.ts';
import { problem } from './problems.ts';
import type { Guild } from './world.ts';

const MEBIBYTE = 1024 * 1024;
/** What a server's boosts raise the limit to. */
const BOOSTED = [0, 0, 50 * MEBIBYTE, 100 * MEBIBYTE] as const;

/** Bytes that one file may have when it is posted in a server, or directly. */
export const fileBytesMaxIn = ({ settings }: Backend, guild: Guild | undefined): number =>
  Math.max(settings.fileBytesMax, BOOSTED[guild?.premiumTier ?? 0]);

/** Throws what Discord says when a file, or all of them together, are too large. */
export function limitUpload({ settings }: Backend, sent: Sent, fileBytesMax: number): void {
  const sizes = [...sent.values()].map(({ bytes }) => bytes.byteLength);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > settings.requestBytesMax || sizes.some((size) => size > fileBytesMax)) throw problem(40005);
}
