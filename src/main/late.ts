/** Opened when somebody first asks for it, once: what it is built on is loaded then, and not when the program starts. */
export function createLate<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined;
  return async () => (opened ??= open());
}
