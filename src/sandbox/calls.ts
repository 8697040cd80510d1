import type { Ask, Reply } from './http.ts';

const CALLS_MAX = 10_000;

/** One call as a test or a person wants to look at it afterwards. */
export interface Call {
  readonly requestId: string;
  readonly at: number;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  /** What the AWS SDK says of its own retries: `attempt=1; max=1`. */
  readonly attempt: string | undefined;
  /** Undefined while it is not answered, and for ever when it hangs or is cut off. */
  readonly status: number | undefined;
  /** What the service adds: model, prompt, error type. */
  readonly note: Readonly<Record<string, string | number>>;
}

export interface Calls {
  begin(service: string, ask: Ask): void;
  end(requestId: string, reply: Reply): void;
  /** The last 10,000, oldest first. */
  list(): readonly Call[];
}

export function createCalls(): Calls {
  const calls = new Map<string, Call>();
  return {
    begin(service, ask) {
      const [oldest] = calls.size < CALLS_MAX ? [] : calls.keys();
      if (oldest !== undefined) calls.delete(oldest);
      const { requestId, method, path } = ask;
      calls.set(requestId, {
        requestId,
        at: Date.now(),
        service,
        method,
        path,
        attempt: ask.headers['amz-sdk-request'],
        status: undefined,
        note: {},
      });
    },
    end(requestId, reply) {
      const call = calls.get(requestId);
      const arrives = reply.ending !== 'hang' && reply.ending !== 'reset';
      if (call !== undefined) calls.set(requestId, { ...call, status: arrives ? reply.status : undefined, note: reply.note ?? {} });
    },
    list: () => [...calls.values()],
  };
}
