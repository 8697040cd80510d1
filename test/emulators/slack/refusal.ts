import { isObject, type JsonObject } from './json.ts';

/** What a method answers: members beside `ok`. */
export type Answer = JsonObject & { readonly ok: boolean };

/** Ends a call with `ok: false`, HTTP 200, the way Slack says no. */
export function refuse(error: string, details: JsonObject = {}): never {
  throw Object.assign(new Error(error), { answer: { ok: false, error, ...details } });
}

/** The answer inside what `refuse` has thrown; of any other error, nothing. */
export function refusedAnswer(error: unknown): Answer | undefined {
  if (!(error instanceof Error) || !('answer' in error) || !isObject(error.answer)) return undefined;
  return { ...error.answer, ok: false };
}
