import type { Clock } from './clock.ts';
import type { Fault } from './faults.ts';
import { htmlReply, jsonReply, type Reply } from './http.ts';
import type { SeenCall } from './record.ts';

const DROPPED: Reply = { status: 0, headers: {}, body: '', ending: 'drop' };
const HANGING: Reply = { status: 0, headers: {}, body: '', ending: 'hang' };

/** Lets the call suffer what it has to: nothing done and a bad answer, done and a bad answer, or done as always. */
export async function spoil(
  fault: Fault | undefined,
  call: SeenCall,
  { clock }: { readonly clock: Clock },
  work: () => Promise<Reply>,
): Promise<Reply> {
  const bad = (reply: Reply, outcome: string): Reply => {
    Object.assign(call, { status: reply.status, outcome });
    return reply;
  };
  switch (fault?.kind) {
    case undefined:
    case 'never-shared':
      return work();
    case 'drop-before':
      return bad(DROPPED, 'dropped');
    case 'hang':
      return bad(HANGING, 'hanging');
    case 'http-500':
      return bad(htmlReply(500, 'Internal Server Error'), 'http 500');
    case 'http-503-html':
      return bad(htmlReply(503, '<!doctype html><title>Slack is down</title>'), 'http 503');
    case 'rate-limit': {
      const headers = { 'retry-after': String(fault.retryAfterSeconds ?? 1) };
      return bad(jsonReply(429, { ok: false, error: 'ratelimited' }, headers), 'ratelimited');
    }
    case 'refuse':
      return bad(jsonReply(200, { ok: false, error: fault.error ?? 'internal_error' }), fault.error ?? 'internal_error');
    case 'drop-after':
      await work();
      return bad(DROPPED, `${call.outcome}, then dropped`);
    case 'hang-after':
      await work();
      return bad(HANGING, `${call.outcome}, then hanging`);
    case 'http-500-after':
      await work();
      return bad(htmlReply(500, 'Internal Server Error'), `${call.outcome}, then http 500`);
    case 'malformed': {
      const reply = await work();
      return { ...reply, body: Buffer.from(reply.body).subarray(0, -10) };
    }
    case 'slow': {
      const { promise, resolve } = Promise.withResolvers<void>();
      clock.after(fault.delayMs ?? 1000, resolve);
      await promise;
      return work();
    }
  }
}
