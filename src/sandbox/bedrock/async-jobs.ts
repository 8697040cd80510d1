import { randomInt } from 'node:crypto';
import { sha256Hex } from '../canonical.ts';
import type { VideoFault } from '../fault-kinds.ts';
import type { Strike } from '../faults.ts';
import type { StartBody } from './async-start.ts';

/** Changes until it is completed or failed. */
export interface Job {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly start: StartBody;
  readonly prompt: string;
  /** What becomes of it instead of a clip in its place. */
  readonly strike: Strike<VideoFault> | undefined;
  /** Epoch milliseconds. */
  readonly submittedAt: number;
  status: 'InProgress' | 'Completed' | 'Failed';
  endedAt: number | undefined;
  failureMessage: string | undefined;
}

export interface Jobs {
  create(start: StartBody, region: string, prompt: string, strike: Strike<VideoFault> | undefined): Job;
  /** The job that was started with this token, and whether it was for the same body. */
  byToken(start: StartBody, region: string): { readonly job: Job; readonly isSame: boolean } | undefined;
  find(arn: string): Job | undefined;
  running(modelId: string): number;
  /** Oldest first. */
  list(region: string): readonly Job[];
}

const ACCOUNT = '123456789012';
const SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 12;
const JOBS_MAX = 10_000;

/** What the service remembers of the clips it was asked for. */
export function createJobs(): Jobs {
  const jobs = new Map<string, Job>();
  return {
    create(start, region, prompt, strike) {
      if (jobs.size >= JOBS_MAX) throw new Error(`more than ${JOBS_MAX} clips`);
      const id = Array.from({ length: ID_LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');
      const arn = `arn:aws:bedrock:${region}:${ACCOUNT}:async-invoke/${id}`;
      const job: Job = {
        id,
        arn,
        region,
        start,
        prompt,
        strike,
        submittedAt: Date.now(),
        status: 'InProgress',
        endedAt: undefined,
        failureMessage: undefined,
      };
      jobs.set(arn, job);
      return job;
    },
    byToken(start, region) {
      const token = start.clientRequestToken;
      if (token === undefined) return undefined;
      const job = [...jobs.values()].find((other) => other.region === region && other.start.clientRequestToken === token);
      return job && { job, isSame: fingerprint(job.start) === fingerprint(start) };
    },
    find: (arn) => jobs.get(arn),
    running: (modelId) => [...jobs.values()].filter((job) => job.status === 'InProgress' && job.start.modelId === modelId).length,
    list: (region) => [...jobs.values()].filter((job) => job.region === region),
  };
}

/** The order of members is no part of a body. */
const fingerprint = (start: StartBody): string => sha256Hex(JSON.stringify(inOrder(start)));

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.toSorted(([one], [two]) => Number(one > two) - Number(one < two)).map(([name, member]) => [name, inOrder(member)]),
  );
}
