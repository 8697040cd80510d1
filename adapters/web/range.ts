import type { ByteRange } from '#src/core/clips.ts';

/** What of a file is asked for, as `Range` says it; several parts at once are answered with the whole, as the standard allows. */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  const last = sizeBytes - 1;
  // Without a first byte it is the last so many that are meant.
  const range =
    from === ''
      ? { from: Math.max(0, sizeBytes - Number(to)), to: last }
      : { from: Number(from), to: to === '' ? last : Math.min(Number(to), last) };
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'whole';
  return range.from > range.to ? 'unsatisfiable' : range;
}
