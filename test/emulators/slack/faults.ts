/** What can be made to go wrong with a call. */
export type FaultKind =
  /** The connection ends before anything was done. */
  | 'drop-before'
  /** Done, and the connection ends before the answer. */
  | 'drop-after'
  /** Nothing is done and nothing is said until the client gives up. */
  | 'hang'
  /** Done, and the answer never comes. */
  | 'hang-after'
  | 'http-500'
  /** Done, and the answer is a 500 all the same. */
  | 'http-500-after'
  | 'http-503-html'
  /** The answer is cut in its middle. */
  | 'malformed'
  /** 429 with `retryAfterSeconds`. */
  | 'rate-limit'
  /** `ok: false` with `error`. */
  | 'refuse'
  /** Answered when the clock has gone on by `delayMs`. */
  | 'slow'
  /** `ok: true` to completeUploadExternal, and the file never appears. */
  | 'never-shared';

export interface Fault {
  /** A method of the Web API, or `upload`, `download`, `response_url`; `*` is all of them. */
  readonly method: string;
  readonly kind: FaultKind;
  /** How many calls it spoils; one, when nothing is said. */
  readonly times?: number;
  readonly error?: string;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** What this call has to suffer; asking uses it up by one. */
  strike(method: string): Fault | undefined;
  clear(): void;
}

export function createFaults(): Faults {
  let faults: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      faults.push({ fault, left: fault.times ?? 1 });
    },
    strike(method) {
      const found = faults.find(({ fault, left }) => left > 0 && (fault.method === '*' || fault.method === method));
      if (found !== undefined) found.left -= 1;
      return found?.fault;
    },
    clear() {
      faults = [];
    },
  };
}
