import type { Redis } from 'ioredis';

/** What Redis is told of a job in hand, so that it is again as if it had never been forgotten. */
export interface Claim {
  readonly id: string;
  /** The lock's. */
  readonly token: string;
  /** BullMQ's options, as it keeps them. */
  readonly options: string;
  readonly priority: number;
  readonly timestamp: number;
}

export interface Reclaimed {
  /** Another name than before says that Redis has forgotten everything in between. */
  readonly memory: string;
  /** For how long it has had this memory. */
  readonly ageMs: number;
  /** What is somebody else's by now, or over. */
  readonly lost: readonly Claim[];
}

export interface ReclaimOptions {
  readonly client: Redis;
  /** The full name of a key of the queue. */
  readonly keyOf: (name: string) => string;
  readonly lockMs: number;
}

const LISTS = ['active', 'wait', 'prioritized', 'delayed', 'stalled'] as const;
const MEMORY = 'memory';

/**
 * In one instant for all jobs: whose lock is still ours is left alone; whose lock is another's is lost; and every other one gets its lock and its
 * place among the active jobs again, wherever a sweep may have put it meanwhile. Of a job that is not there at all the name of the memory tells
 * whether it was forgotten or ended by somebody else. The keys are those of BullMQ's own scripts (version 6).
 */
const SCRIPT = `
local memory, active, wait, prioritized, delayed, stalled = unpack(KEYS)
local prefix, known, lockMs = ARGV[1], ARGV[2], ARGV[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', memory, string.format('%.0f', now), 'NX')
local name = redis.call('GET', memory)
local lost = {}
for _, job in ipairs(cjson.decode(ARGV[4])) do
  local key = prefix .. job.id
  local holder = redis.call('GET', key .. ':lock')
  local isThere = redis.call('EXISTS', key) == 1
  if holder == job.token then
    -- Nothing was lost.
  elseif holder or (not isThere and name == known) then
    table.insert(lost, job.id)
  else
    if not isThere then
      redis.call('HSET', key, 'name', 'request', 'data', '{}', 'opts', job.options,
        'timestamp', job.timestamp, 'delay', 0, 'priority', job.priority)
    end
    redis.call('ZREM', prioritized, job.id)
    redis.call('ZREM', delayed, job.id)
    redis.call('LREM', wait, 0, job.id)
    redis.call('LREM', active, 0, job.id)
    redis.call('LPUSH', active, job.id)
    redis.call('SREM', stalled, job.id)
    redis.call('SET', key .. ':lock', job.token, 'PX', lockMs)
  end
end
return { name, string.format('%.0f', now - name), unpack(lost) }
`;

/** Tells Redis which jobs are in hand. `known`: the name its memory had when they were taken. Without jobs it only asks for that name. */
export async function reclaim({ client, keyOf, lockMs }: ReclaimOptions, claims: readonly Claim[], known: string): Promise<Reclaimed> {
  const keys = [MEMORY, ...LISTS].map(keyOf);
  const answer: unknown = await client.eval(SCRIPT, keys.length, ...keys, keyOf(''), known, lockMs, JSON.stringify(claims));
  const [memory = '', ageMs = '', ...lost] = Array.isArray(answer) ? answer.map(String) : [];
  return { memory, ageMs: Number(ageMs), lost: claims.filter(({ id }) => lost.includes(id)) };
}
