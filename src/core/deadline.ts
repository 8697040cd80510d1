/** How a promise stood when its time was up. A failure of the work itself is `failed`; work that is late goes on unwatched. */
export type InTime<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' };

/** Waits for the work, but no longer than `limitMs`. Never throws, also not later. */
export async function withinDeadline<Value>(work: Promise<Value>, limitMs: number): Promise<InTime<Value>> {
  const settled = work.then<InTime<Value>, InTime<Value>>(
    (value) => ({ kind: 'done', value }),
    (error: unknown) => ({ kind: 'failed', error }),
  );
  const { promise: late, resolve } = Promise.withResolvers<InTime<Value>>();
  const timer = setTimeout(() => resolve({ kind: 'late' }), Math.max(0, limitMs));
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
