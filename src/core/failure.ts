/** Every way in which the answer is no. Each has its sentence, in both languages, in messages. */
export const REFUSAL_CODES = [
  'prompt-empty',
  'prompt-too-long',
  'flag-unknown',
  'flag-value-missing',
  'flag-value-invalid',
  'flag-repeated',
  'flag-not-for-task',
  'flag-not-for-edit',
  'flag-not-for-video',
  'model-unknown',
  'model-cannot',
  'model-retired',
  'style-unknown',
  'picture-missing',
  'pictures-too-many',
  'picture-empty',
  'picture-too-heavy',
  'picture-too-large',
  'picture-too-small',
  'picture-broken',
  'picture-type',
  'picture-gone',
  'mask-missing',
  'mask-empty',
  'clip-gone',
  'clip-failed',
  'clip-late',
  'clip-cancelled',
  'clip-store',
  'confirmation-gone',
  'filtered-prompt',
  'filtered-input',
  'filtered-output',
  'prompt-refused',
  'translation-unavailable',
  'description-unavailable',
  'description-off',
  'model-unavailable',
  'model-rejected',
  'credentials-rejected',
  'interrupted-twice',
  'queue-full',
  'budget-reached',
  'too-late',
  'storage-full',
  'storage-rejected',
  'ledger-unavailable',
  'cancelled',
  'removed',
  'request-unknown',
  'not-yours',
  'not-finished',
  'already-finished',
  'failed',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Values for the placeholders of the code's sentence. Never a secret, never another person's words. */
export type RefusalDetails = Readonly<Record<string, string | number>>;

/** A final no, explained. It is told to the person and nothing is tried again. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly details: RefusalDetails;

  constructor(code: RefusalCode, details: RefusalDetails = {}, cause?: unknown) {
    super(`refused: ${code}`, { cause });
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** Why a step could not go on now. `superseded`: another worker holds this job. */
export type TryLaterReason = 'throttled' | 'not-ready' | 'unreachable' | 'overloaded' | 'superseded' | 'stopping';

/** Somebody's limit, or not ready yet: the job leaves its slot and comes back after `waitMs`. Nothing was spent by the call that threw. */
export class TryLater extends Error {
  readonly reason: TryLaterReason;
  readonly waitMs: number;

  constructor(reason: TryLaterReason, waitMs: number, cause?: unknown) {
    super(`try later: ${reason}`, { cause });
    this.name = 'TryLater';
    this.reason = reason;
    this.waitMs = waitMs;
  }
}
