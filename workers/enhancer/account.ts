/** What was paid and is in nobody's books yet, in micro-dollars, by what it was paid for. */
export interface Account {
  /** A call goes out that may cost so much. What is answered takes what it did cost, unless somebody has paid for it before that was known. */
  begin(key: string, mostMicros: number): (costMicros: number) => void;
  /** Everything due under a key, calls that are under way at the most that they may cost; whoever takes it books it, and the next one finds nothing. */
  take(key: string): number;
}

/** Bounded: what nobody came back for is forgotten, oldest first. */
export function createAccount({ entriesMax = 500 }: { readonly entriesMax?: number } = {}): Account {
  const due = new Map<string, number>();
  const underWay = new Set<{ readonly key: string; readonly mostMicros: number }>();

  function add(key: string, costMicros: number): void {
    if (costMicros === 0) return;
    due.set(key, (due.get(key) ?? 0) + costMicros);
    const oldest = due.keys().next();
    if (due.size > entriesMax && oldest.done !== true) due.delete(oldest.value);
  }

  return {
    begin(key, mostMicros) {
      const call = { key, mostMicros };
      underWay.add(call);
      return (costMicros) => {
        if (underWay.delete(call)) add(key, costMicros);
      };
    },
    take(key) {
      let costMicros = due.get(key) ?? 0;
      due.delete(key);
      for (const call of underWay) {
        if (call.key !== key) continue;
        underWay.delete(call);
        costMicros += call.mostMicros;
      }
      return costMicros;
    },
  };
}
