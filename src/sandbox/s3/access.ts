import type { Ask } from '../http.ts';
import { verifyPresigned, verifySignature, type AwsCredentials, type SignatureProblem } from '../signature.ts';
import { S3_ERRORS, type S3Error } from './errors.ts';

const SKEW_MS = 15 * 60_000;

const ERRORS: Readonly<Record<SignatureProblem, S3Error>> = {
  missing: S3_ERRORS.accessDenied,
  incomplete: S3_ERRORS.malformedAuthorization,
  'unknown-key': S3_ERRORS.unknownKey,
  'unknown-token': S3_ERRORS.badToken,
  'wrong-scope': S3_ERRORS.malformedAuthorization,
  'too-old': S3_ERRORS.skewed,
  'too-early': S3_ERRORS.skewed,
  'unsigned-header': S3_ERRORS.accessDenied,
  mismatch: S3_ERRORS.mismatch,
};

/** Undefined when the request is signed, in its header or in its address, for the service `s3` with our key. */
export function accessError(ask: Ask, credentials: AwsCredentials): S3Error | undefined {
  const rules = { service: 's3', credentials, skewMs: SKEW_MS } as const;
  const presigned = ask.query.includes('X-Amz-Signature=');
  const payload = ask.headers['x-amz-content-sha256'];
  if (!presigned && ask.headers['authorization'] !== undefined && payload === undefined) return S3_ERRORS.noBodyHash;
  const verdict = presigned ? verifyPresigned(ask, rules) : verifySignature(ask, payload ?? '', rules);
  if (verdict.kind === 'valid') return undefined;
  return presigned && verdict.problem === 'too-old' ? S3_ERRORS.requestExpired : ERRORS[verdict.problem];
}
