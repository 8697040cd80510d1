export interface Range {
  readonly start: number;
  /** The last byte that belongs to it. */
  readonly end: number;
}

/** The one range that a header asks for: 'all' without one (or with one that HTTP tells us to ignore), 'unsatisfiable' beyond the end. */
export function readRange(header: string | undefined, bytesCount: number): Range | 'all' | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'all';
  const start = first === '' ? Math.max(0, bytesCount - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytesCount - 1 : Math.min(Number(last), bytesCount - 1);
  if (first !== '' && last !== '' && Number(last) < start) return 'all';
  return start >= bytesCount || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}
