/** Bits of Discord's permissions, as far as they mean something here. */
export const RIGHTS = {
  administrator: 1n << 3n,
  view: 1n << 10n,
  send: 1n << 11n,
  manageMessages: 1n << 13n,
  files: 1n << 15n,
  history: 1n << 16n,
  openThreads: 1n << 35n,
  threads: 1n << 38n,
} as const;
export type Right = keyof typeof RIGHTS;

/** Which of those rights are not in a bit set, which Discord writes as a number in text. Whoever administers has all of them. */
export function lacking<Wanted extends Right>(bits: string | undefined, wanted: readonly Wanted[]): readonly Wanted[] {
  const held = /^\d{1,20}$/.test(bits ?? '') ? BigInt(bits ?? 0) : 0n;
  return (held & RIGHTS.administrator) !== 0n ? [] : wanted.filter((right) => (held & RIGHTS[right]) === 0n);
}
