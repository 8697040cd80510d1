/** What a tutorial calls a queue: an array, and so many at a time. What fails is logged and gone. */
export function createMemoryQueue(atOnceMax: number): { add(job: () => Promise<void>): void } {
  const waiting: (() => Promise<void>)[] = [];
  let atOnce = 0;
  const next = async (): Promise<void> => {
    const job = atOnce < atOnceMax ? waiting.shift() : undefined;
    if (job === undefined) return;
    atOnce += 1;
    try {
      await job();
    } catch (error) {
      console.error(error);
    } finally {
      atOnce -= 1;
      void next();
    }
  };
  return {
    add(job) {
      waiting.push(job);
      void next();
    },
  };
}
