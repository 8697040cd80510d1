import { z } from 'zod';
import { queryPairs } from '../canonical.ts';
import type { VideoFault, VideoPollFault } from '../fault-kinds.ts';
import type { ServiceFaults, Strike } from '../faults.ts';
import { decoded, HTML_503, jsonReply, type Ask, type Reply } from '../http.ts';
import type { Pause } from '../pause.ts';
import { EXPIRED_TOKEN } from './access.ts';
import type { Job, Jobs } from './async-jobs.ts';
import { readStart, type StartBody } from './async-start.ts';
import { placeOf, type BeginClip } from './clip-work.ts';
import {
  CONFLICT,
  END_OF_LIFE,
  errorReply,
  INTERNAL,
  INVALID_OUTPUT,
  NO_ACCESS,
  NOT_READY,
  QUOTA,
  THROTTLED,
  UNAVAILABLE,
  UNKNOWN_MODEL,
  UNKNOWN_OPERATION,
  validation,
  type ServiceError,
} from './errors.ts';
import type { VideoModelRules } from './video-rules.ts';

export interface AsyncInvokeParts {
  readonly models: readonly VideoModelRules[];
  /** Whether a model is past its end there. */
  readonly isGone: (modelId: string, region: string) => boolean;
  readonly jobs: Jobs;
  readonly begin: BeginClip;
  readonly faults: ServiceFaults<VideoFault>;
  readonly pollFaults: ServiceFaults<VideoPollFault>;
  readonly pause: Pause;
  /** Names of buckets, each with its region. */
  readonly buckets: Readonly<Record<string, string>>;
  readonly clipsAtOnce: number;
  /** How the account's limit is told of; which of the two the service says is not known. */
  readonly limitedBy: 'throttle' | 'quota-exceeded';
}

/** StartAsyncInvoke, GetAsyncInvoke and ListAsyncInvokes for a caller who may (Amazon Bedrock API reference). */
export type AsyncInvoke = (ask: Ask, region: string) => Promise<Reply>;

const ERRORS: Readonly<Partial<Record<VideoFault | VideoPollFault, ServiceError>>> = {
  throttle: THROTTLED,
  'quota-exceeded': QUOTA,
  'not-ready': NOT_READY,
  'server-error-500': INTERNAL,
  'unavailable-503': UNAVAILABLE,
  'access-denied': NO_ACCESS,
  'expired-token': EXPIRED_TOKEN,
  'end-of-life': END_OF_LIFE,
  'invalid-output': INVALID_OUTPUT,
};

const NO_SUCH_JOB = validation('The provided ARN is invalid.');

export function createAsyncInvoke(parts: AsyncInvokeParts): AsyncInvoke {
  return async (ask, region) => {
    const { method, path } = ask;
    if (path === '/async-invoke' && method === 'POST') return start(parts, ask, region);
    if (path === '/async-invoke' && method === 'GET') return list(parts, ask, region);
    const [, arn] = /^\/async-invoke\/([^/]+)$/.exec(path) ?? [];
    if (arn !== undefined && method === 'GET') return get(parts, ask, region, decoded(arn) ?? '');
    return errorReply(UNKNOWN_OPERATION, ask.requestId);
  };
}

async function start(parts: AsyncInvokeParts, ask: Ask, region: string): Promise<Reply> {
  const { requestId } = ask;
  const body = readStart(ask.body);
  if ('status' in body) return errorReply(body, requestId);
  const model = parts.models.find(({ id, regions }) => id === body.modelId && regions.includes(region));
  const prompt = model?.promptOf(body.modelInput) ?? '';
  const strike = parts.faults.strike(prompt, parts.jobs.running(body.modelId));
  const fault: Record<string, string> = strike === undefined ? {} : { fault: strike.kind };
  const note = { operation: 'StartAsyncInvoke', model: body.modelId, token: body.clientRequestToken ?? '', prompt, ...fault };
  const spoiled = strike && (await refusal(parts, strike, ask));
  if (spoiled !== undefined) return noted(spoiled, note);
  const known = parts.jobs.byToken(body, region);
  if (known !== undefined) return noted(known.isSame ? started(known.job, ask, strike) : errorReply(CONFLICT, requestId), note);
  const error = complaint(parts, body, model, region);
  if (error !== undefined || model === undefined) return noted(errorReply(error ?? UNKNOWN_MODEL, requestId), note);
  const job = parts.jobs.create(body, region, prompt, strike);
  await parts.begin(model, job, requestId);
  return noted(started(job, ask, strike), note);
}

/** Faults that strike before there is a job. */
async function refusal(
  { pause }: AsyncInvokeParts,
  { kind, delayMs, retryAfterSeconds }: Strike<VideoFault | VideoPollFault>,
  { requestId }: Ask,
): Promise<Reply | undefined> {
  const error = ERRORS[kind];
  const later = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  if (error === undefined && kind !== 'html-503' && kind !== 'reset' && kind !== 'hang') return undefined;
  await pause(delayMs ?? 0);
  if (error !== undefined) return errorReply(error, requestId, later);
  return kind === 'html-503' ? HTML_503 : { status: 0, headers: {}, body: '', ending: kind === 'hang' ? 'hang' : 'reset' };
}

function complaint(parts: AsyncInvokeParts, body: StartBody, model: VideoModelRules | undefined, region: string): ServiceError | undefined {
  if (parts.isGone(body.modelId, region)) return END_OF_LIFE;
  if (model === undefined) return UNKNOWN_MODEL;
  const { bucket } = placeOf({ id: '', start: body });
  // The bucket has to be in the region of the call, and the caller has to be allowed to write to it.
  if (parts.buckets[bucket] !== region) return INVALID_OUTPUT;
  if (parts.jobs.running(model.id) >= parts.clipsAtOnce) return parts.limitedBy === 'throttle' ? THROTTLED : QUOTA;
  return undefined;
}

function started({ arn }: Job, { requestId }: Ask, strike: Strike<VideoFault> | undefined): Reply {
  const reply = jsonReply(200, { invocationArn: arn }, { 'x-amzn-requestid': requestId });
  if (strike?.kind === 'lost-error') return errorReply(INTERNAL, requestId);
  if (strike?.kind === 'lost-answer') return { ...reply, ending: 'reset' };
  return strike?.kind === 'no-answer' ? { ...reply, ending: 'hang' } : reply;
}

const noted = (reply: Reply, note: Readonly<Record<string, string | number>>): Reply => ({ ...reply, note: { ...note, ...reply.note } });

async function get(parts: AsyncInvokeParts, ask: Ask, region: string, arn: string): Promise<Reply> {
  const job = parts.jobs.find(arn);
  const note = { operation: 'GetAsyncInvoke', arn };
  const strike = parts.pollFaults.strike(job?.prompt ?? '', 0);
  const spoiled = strike && (await refusal(parts, strike, ask));
  if (spoiled !== undefined) return noted(spoiled, note);
  if (job === undefined || job.region !== region) return noted(errorReply(NO_SUCH_JOB, ask.requestId), note);
  const reply = jsonReply(200, summaryOf(job), { 'x-amzn-requestid': ask.requestId });
  const cut = strike?.kind === 'truncated-json' ? { body: String(reply.body).slice(0, 40) } : {};
  return noted({ ...reply, ...cut }, { ...note, status: job.status });
}

function summaryOf({ id, arn, region, start: body, status, failureMessage, submittedAt, endedAt, strike }: Job): object {
  const given = body.outputDataConfig.s3OutputDataConfig;
  const { bucket, folder } = placeOf({ id, start: body });
  const s3Uri = strike?.kind === 'plain-uri' ? given.s3Uri : `s3://${bucket}/${folder}`;
  const times = endedAt === undefined ? {} : { lastModifiedTime: iso(endedAt), endTime: iso(endedAt) };
  return {
    invocationArn: arn,
    modelArn: `arn:aws:bedrock:${region}::foundation-model/${body.modelId}`,
    clientRequestToken: body.clientRequestToken,
    status,
    failureMessage,
    submitTime: iso(submittedAt),
    ...times,
    outputDataConfig: { s3OutputDataConfig: { ...given, s3Uri } },
  };
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

const listSchema = z.strictObject({
  maxResults: z.coerce.number().pipe(z.int().min(1).max(1000)).default(1000),
  nextToken: z.coerce.number().pipe(z.int().min(0)).default(0),
  sortBy: z.literal('SubmissionTime').optional(),
  sortOrder: z.enum(['Ascending', 'Descending']).default('Descending'),
  statusEquals: z.enum(['InProgress', 'Completed', 'Failed']).optional(),
  submitTimeAfter: z.iso.datetime().default('1970-01-01T00:00:00Z'),
  submitTimeBefore: z.iso.datetime().default('9999-01-01T00:00:00Z'),
});

async function list({ jobs }: AsyncInvokeParts, ask: Ask, region: string): Promise<Reply> {
  const parsed = listSchema.safeParse(Object.fromEntries(queryPairs(ask.query)));
  if (!parsed.success) return errorReply(validation('The query of the request is invalid.'), ask.requestId);
  const { maxResults, nextToken, sortOrder, statusEquals, submitTimeAfter, submitTimeBefore } = parsed.data;
  const found = jobs
    .list(region)
    .filter(({ status }) => statusEquals === undefined || status === statusEquals)
    .filter(({ submittedAt }) => submittedAt >= Date.parse(submitTimeAfter) && submittedAt <= Date.parse(submitTimeBefore));
  const sorted = sortOrder === 'Ascending' ? found : found.toReversed();
  const end = nextToken + maxResults;
  return jsonReply(
    200,
    { asyncInvokeSummaries: sorted.slice(nextToken, end).map(summaryOf), ...(end < sorted.length ? { nextToken: String(end) } : {}) },
    { 'x-amzn-requestid': ask.requestId },
  );
}
