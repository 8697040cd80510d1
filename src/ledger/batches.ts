/** One who waits to be served with others. */
export interface Turn<Item, Value> {
  readonly item: Item;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Serves everybody who comes while others are being served together, and at once: in the order in which they came, `atOnceMax` at most. Nobody waits for
 * company, and whoever comes first has none. `serve` settles every turn; those that it leaves open end with its error.
 */
export function createBatches<Item, Value>(
  serve: (batch: readonly Turn<Item, Value>[]) => Promise<void>,
  atOnceMax: number,
): (item: Item) => Promise<Value> {
  const waiting: Turn<Item, Value>[] = [];
  let isServing = false;
  const serveAll = async (): Promise<void> => {
    isServing = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, atOnceMax);
      try {
        await serve(batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isServing = false;
  };
  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    waiting.push({ item, resolve, reject });
    if (!isServing) void serveAll();
    return promise;
  };
}
