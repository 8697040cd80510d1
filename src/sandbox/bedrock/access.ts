import { sha256Hex } from '../canonical.ts';
import type { Ask } from '../http.ts';
import { sameSecret } from '../secret.ts';
import { verifySignature, type AwsCredentials, type SignatureProblem } from '../signature.ts';
import type { ServiceError } from './errors.ts';

/** The provider's own limit for a wrong clock. */
const SKEW_MS = 5 * 60_000;

export interface BedrockKeys {
  readonly credentials: AwsCredentials;
  readonly bearerToken: string;
  /** Where a bearer token, which names no region, is taken to be used. */
  readonly region: string;
}

export type Access = { readonly kind: 'allowed'; readonly region: string } | { readonly kind: 'denied'; readonly error: ServiceError };

const forbidden = (type: string, message: string): ServiceError => ({ type, status: 403, message });

export const EXPIRED_TOKEN = forbidden('ExpiredTokenException', 'The security token included in the request is expired');
const UNKNOWN_CLIENT = forbidden('UnrecognizedClientException', 'The security token included in the request is invalid.');
const INCOMPLETE: ServiceError = {
  type: 'IncompleteSignatureException',
  status: 400,
  message: 'Authorization header requires Credential, SignedHeaders, Signature and x-amz-date.',
};
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const ERRORS: Readonly<Record<SignatureProblem, (detail: string) => ServiceError>> = {
  missing: () => forbidden('MissingAuthenticationTokenException', 'Missing Authentication Token'),
  incomplete: () => INCOMPLETE,
  'unknown-key': () => UNKNOWN_CLIENT,
  'unknown-token': () => UNKNOWN_CLIENT,
  'too-old': (time) => forbidden('InvalidSignatureException', `Signature expired: ${time} is earlier than the 5 min that are allowed.`),
  'too-early': (time) =>
    forbidden('InvalidSignatureException', `Signature not yet current: ${time} is later than the 5 min that are allowed.`),
  'wrong-scope': (reason) => forbidden('InvalidSignatureException', reason),
  'unsigned-header': (name) => forbidden('InvalidSignatureException', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`),
  mismatch: () => forbidden('InvalidSignatureException', MISMATCH),
};

/** Who may call: a request signed for the service `bedrock` with our key, or a bearer of our token. */
export function checkAccess(ask: Ask, keys: BedrockKeys): Access {
  const bearer = /^Bearer (.*)$/.exec(ask.headers['authorization'] ?? '')?.[1];
  if (bearer !== undefined) {
    if (sameSecret(bearer, keys.bearerToken)) return { kind: 'allowed', region: keys.region };
    // The service's own words for a wrong API key are not known.
    return { kind: 'denied', error: forbidden('AccessDeniedException', 'Authentication failed: Please make sure your API Key is valid.') };
  }
  const verdict = verifySignature(ask, sha256Hex(ask.body), { service: 'bedrock', credentials: keys.credentials, skewMs: SKEW_MS });
  if (verdict.kind === 'valid') return { kind: 'allowed', region: verdict.region };
  return { kind: 'denied', error: ERRORS[verdict.problem](verdict.detail) };
}
