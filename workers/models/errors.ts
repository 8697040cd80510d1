import { Refusal, TryLater, type TryLaterReason } from '#src/core/failure.ts';
import type { CallFailure } from './failure.ts';

/** What a failure means. `unknown`: the picture may have been made, and billed. */
export type Verdict =
  | 'unknown'
  | 'throttled'
  | 'over-quota'
  | 'not-ready'
  | 'agreement'
  | 'clock'
  | 'unreachable'
  | 'gone'
  | 'denied'
  | 'credentials'
  | 'filtered'
  | 'rejected';

type Rule = readonly [verdict: Verdict, holds: (failure: CallFailure) => boolean];

const named =
  (...names: readonly string[]) =>
  ({ name }: CallFailure): boolean =>
    names.includes(name);
const says =
  (pattern: RegExp) =>
  ({ message }: CallFailure): boolean =>
    pattern.test(message);
const answered =
  (...statuses: readonly number[]) =>
  ({ status }: CallFailure): boolean =>
    status !== undefined && statuses.includes(status);

const NEVER_CONNECTED = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.+|CERT_.+|UNABLE_TO_.+|.*SELF_SIGNED.+)$/;
/** The model is not for us; another one may be. */
const DENIED = /^(?:AccessDenied|NotAuthorized|OptInRequired)/;
/** Nothing opens with these keys. */
const CREDENTIALS =
  /^(?:UnrecognizedClient|ExpiredToken|InvalidSignature|MissingAuthenticationToken|IncompleteSignature|InvalidClientTokenId)/;

/** From the table of Bedrock's errors (user guide, troubleshooting; API reference, InvokeModel). The first rule that holds decides. */
const RULES: readonly Rule[] = [
  // Nothing was sent: no address, no connection in time, a certificate that is not trusted, no credentials to sign with.
  ['unreachable', ({ code, status }) => status === undefined && code !== undefined && NEVER_CONNECTED.test(code)],
  ['unreachable', says(/did not establish a connection/)],
  ['credentials', named('CredentialsProviderError', 'TokenProviderError')],
  // The service says that it is to be asked again.
  ['not-ready', named('ModelNotReadyException')],
  ['over-quota', named('ServiceQuotaExceededException')],
  ['throttled', named('ThrottlingException', 'TooManyRequestsException')],
  ['throttled', answered(429)],
  ['agreement', ({ name }) => name.startsWith('MPAgreementBeingCreated')],
  // A final no. Removed models are told of as invalid ids too, and idle legacy models as if access were denied.
  ['gone', answered(404)],
  ['gone', says(/model identifier is invalid|end of its life|marked by provider as Legacy|on-demand throughput/)],
  ['clock', ({ status, clockCorrected }) => status === 403 && clockCorrected],
  ['denied', ({ name }) => DENIED.test(name)],
  ['credentials', answered(401, 403)],
  ['credentials', ({ name, status }) => status === 400 && CREDENTIALS.test(name)],
  // The model timed out or failed while painting: numbers of the 400s that are no refusals.
  ['unknown', answered(408, 424)],
  ['filtered', ({ status, message }) => status === 400 && /content filters?\b|invalid_prompts/i.test(message)],
  ['rejected', ({ status }) => status !== undefined && status >= 400 && status < 500],
];

export const judge = (failure: CallFailure): Verdict => RULES.find(([, holds]) => holds(failure))?.[0] ?? 'unknown';

const WAITS: Readonly<Partial<Record<Verdict, readonly [reason: TryLaterReason, waitMs: number]>>> = {
  // Short, as the queue adapts how many try at once, and a place that becomes free is to be taken.
  throttled: ['throttled', 1000],
  'over-quota': ['throttled', 20_000],
  'not-ready': ['not-ready', 10_000],
  // The marketplace needs up to 15 minutes to subscribe an account to a model.
  agreement: ['not-ready', 60_000],
  clock: ['not-ready', 500],
  unreachable: ['unreachable', 5000],
};
const WAIT_MAX_MS = 600_000;
const SPREAD_MAX_MS = 5000;

/**
 * The error to throw. TryLater only where the service certainly made nothing; Refusal for a final no; otherwise an Error, since the picture may have
 * been made. `chance` is a number from 0 to 1 that keeps those who were turned away together from coming back together.
 */
export function toError(failure: CallFailure, model: string, chance: number, cause: unknown): Error {
  const verdict = judge(failure);
  const wait = WAITS[verdict];
  if (wait !== undefined) {
    const leastMs = Math.min(WAIT_MAX_MS, failure.retryAfterMs ?? wait[1]);
    return new TryLater(wait[0], Math.round(leastMs + chance * Math.min(leastMs, SPREAD_MAX_MS)), cause);
  }
  switch (verdict) {
    case 'gone':
      return new Refusal('model-unavailable', { model }, cause);
    case 'denied':
      return new Refusal('credentials-rejected', { model, scope: 'model' }, cause);
    case 'credentials':
      return new Refusal('credentials-rejected', { model, scope: 'account' }, cause);
    case 'filtered':
      return new Refusal('filtered-prompt');
    case 'rejected':
      // Without its cause: what the service complains of may be quoted in its words.
      return new Refusal('model-rejected', { model, reason: reasonOf(failure) });
    default:
      return new Error(`no certain answer (${failure.name}, ${failure.status ?? failure.code ?? 'no status'})`, { cause });
  }
}

/** Which member the service complains of, when it says so in a way that is known. Never its own words, which may quote the person's. */
export function reasonOf({ message, status }: CallFailure): string {
  if (status === 413) return 'size';
  const member =
    /#\/(?:\w{1,40}\/){0,3}([A-Za-z_]{1,32}):/.exec(message) ??
    /required key \[([A-Za-z_]{1,32})\]/.exec(message) ??
    /"detail":"([a-z_]{1,32}):/.exec(message);
  if (member?.[1] !== undefined) return member[1];
  if (/Invalid field/.test(message)) return 'unknown-field';
  return /\bEnglish\b/.test(message) ? 'language' : 'unnamed';
}
