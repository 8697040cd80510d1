import type { JsonObject } from './json.ts';

/** Discord's own words for a code, and the status they come with (Discord, "Opcodes and Status Codes"). */
const PROBLEMS = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20009: [403, 'Explicit content cannot be sent to the desired recipient(s)'],
  20028: [429, 'The write action you are performing on the channel has hit the write rate limit'],
  30034: [429, 'Max number of daily application command creates has been reached (200)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
  40005: [413, 'Request entity too large. Try sending something smaller in size'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40094: [400, 'This interaction has reached the maximum number of follow-up messages'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50035: [400, 'Invalid Form Body'],
  50045: [400, 'File uploaded exceeds the maximum size'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'You cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
  200000: [400, 'Message was blocked by automatic moderation'],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;
export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with a body, and where. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** How a call ends that Discord says no to. */
export interface Problem {
  readonly status: number;
  readonly body: JsonObject;
  /** What is wrong with the caller's program, where no state of the world explains it. */
  readonly violation: string | undefined;
}

export interface ProblemError extends Error {
  readonly problem: Problem;
}

export const isProblemError = (error: unknown): error is ProblemError => error instanceof Error && 'problem' in error;

const thrown = (problem: Problem): ProblemError => Object.assign(new Error('a problem that Discord answers with'), { problem });

/** The true body of an error that the state of the world explains: gone, forbidden, too late. */
export const problemOf = (code: ProblemCode): Problem => {
  const [status, message] = PROBLEMS[code];
  return { status, body: { message, code }, violation: undefined };
};

/** To be thrown: a correct program meets these. */
export const problem = (code: ProblemCode): ProblemError => thrown(problemOf(code));

/** To be thrown: no correct program meets these. */
export const violation = (code: ProblemCode, what: string): ProblemError => thrown({ ...problemOf(code), violation: what });

/** The route does not exist, or not with this method. */
export const unknownRoute = (method: string, path: string, allowed: boolean): Problem =>
  allowed
    ? { status: 405, body: { message: '405: Method Not Allowed', code: 0 }, violation: `no such method: ${method} ${path}` }
    : { status: 404, body: { message: '404: Not Found', code: 0 }, violation: `no such route: ${method} ${path}` };

function nest(faults: readonly Fault[]): JsonObject {
  const here = faults.filter(({ path }) => path.length === 0).map(({ code, message }) => ({ code, message }));
  const names = [...new Set(faults.flatMap(({ path: [name] }) => (name === undefined ? [] : [String(name)])))];
  const below: [string, JsonObject][] = names.map((name) => [
    name,
    nest(
      faults.filter(({ path }) => String(path[0]) === name && path.length > 0).map((fault) => ({ ...fault, path: fault.path.slice(1) })),
    ),
  ]);
  return { ...Object.fromEntries(below), ...(here.length > 0 && { _errors: here }) };
}

const spoken = (faults: readonly Fault[]): string =>
  faults.map(({ path, code, message }) => `${path.join('.')}: ${code} ${message}`).join('; ');

/** To be thrown: the body breaks a rule. `excused`: a correct program may meet it, for what the body names is gone. */
export const invalidForm = (faults: readonly Fault[], excused = false): ProblemError =>
  thrown({
    status: 400,
    body: { message: 'Invalid Form Body', code: 50035, errors: nest(faults) },
    violation: excused ? undefined : `invalid body: ${spoken(faults)}`,
  });
