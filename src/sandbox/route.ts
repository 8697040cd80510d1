import { randomUUID } from 'node:crypto';
import { BODY_BYTES_MAX } from './bedrock/rules.ts';
import type { Calls } from './calls.ts';
import { jsonReply, openWire, readAsk, send, type Ask, type Incoming, type Reply } from './http.ts';
import type { Handle } from './listen.ts';

type Answer = (ask: Ask) => Reply | Promise<Reply>;

export interface Services {
  readonly bedrock: Answer;
  /** Bedrock's control plane: it tells about models and makes nothing. */
  readonly models: Answer;
  readonly claude: Answer;
  readonly s3: Answer;
  readonly control: (ask: Ask, fromLoopback: boolean) => Reply;
}

interface Route {
  readonly service: keyof Services;
  readonly path: RegExp;
  readonly bodyBytesMax: number;
}

/** The first that fits the path. What begins like an operation of Bedrock is one: no bucket of the sandbox has such a name. */
const ROUTES: readonly Route[] = [
  { service: 'control', path: /^\/_sandbox\//, bodyBytesMax: 1_000_000 },
  { service: 'claude', path: /^\/v1\//, bodyBytesMax: 32_000_000 },
  { service: 'bedrock', path: /^\/(?:model|async-invoke|guardrail)(?:[/?]|$)/, bodyBytesMax: BODY_BYTES_MAX },
  { service: 'models', path: /^\/foundation-models(?:\/|$)/, bodyBytesMax: 0 },
  { service: 's3', path: /^/, bodyBytesMax: 64_000_000 },
];

const HANG_UP: Reply = { status: 413, headers: {}, body: '', ending: 'reset' };

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Finds the service a request is meant for, lets it answer, and keeps the record of calls. */
export function createHandle(services: Services, calls: Calls): Handle {
  async function answer(request: Incoming): Promise<Reply> {
    const path = request.url ?? '/';
    const { service, bodyBytesMax } = ROUTES.find((route) => route.path.test(path)) ?? { service: 's3' as const, bodyBytesMax: 0 };
    const ask = await readAsk(request, randomUUID(), bodyBytesMax);
    if (ask === undefined) return HANG_UP;
    if (service === 'control') return services.control(ask, LOOPBACK.test(request.socket.remoteAddress ?? ''));
    calls.begin(service, ask);
    const reply = await services[service](ask);
    calls.end(ask.requestId, reply);
    return reply;
  }

  return (request, response) => {
    const wire = openWire(request, response);
    answer(request).then(
      (reply) => send(wire, reply),
      (error: unknown) => {
        // The client is gone, or the sandbox has a bug, and then its own words are the shortest way to it.
        send(wire, jsonReply(500, { message: `sandbox: ${error instanceof Error ? error.message : String(error)}` }));
      },
    );
  };
}
