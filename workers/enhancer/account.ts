/** What was paid and is in nobody's books yet, in micro-dollars, by what it was paid for. */
export interface Account {
  add(key: string, costMicros: number): void;
  /** Everything due under a key; whoever takes it books it, and the next one finds nothing. */
  take(key: string): number;
}

/** Bounded: what nobody came back for is forgotten, oldest first. */
export function createAccount({ entriesMax = 500 }: { readonly entriesMax?: number } = {}): Account {
  const due = new Map<string, number>();
  return {
    add(key, costMicros) {
      if (costMicros === 0) return;
      due.set(key, (due.get(key) ?? 0) + costMicros);
      const oldest = due.keys().next();
      if (due.size > entriesMax && oldest.done !== true) due.delete(oldest.value);
    },
    take(key) {
      const costMicros = due.get(key) ?? 0;
      due.delete(key);
      return costMicros;
    },
  };
}
