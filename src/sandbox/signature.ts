import { queryPairs, signatureOf, type Scope } from './canonical.ts';
import type { Ask } from './http.ts';
import { sameSecret } from './secret.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SigningRules {
  readonly service: 'bedrock' | 's3';
  readonly credentials: AwsCredentials;
  /** How far the client's clock may be from ours. */
  readonly skewMs: number;
}

export type SignatureProblem =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'unknown-token'
  | 'wrong-scope'
  | 'too-old'
  | 'too-early'
  | 'unsigned-header'
  | 'mismatch';

export type Verdict =
  | { readonly kind: 'valid'; readonly region: string }
  | { readonly kind: 'invalid'; readonly problem: SignatureProblem; readonly detail: string };

/** What a signature says about itself, in a header or in the query of a presigned address. */
interface Claim extends Scope {
  readonly accessKeyId: string;
  readonly signature: string;
}

const PRESIGNED_SECONDS_MAX = 604_800;

const invalid = (problem: SignatureProblem, detail = ''): Verdict => ({ kind: 'invalid', problem, detail });

/** Epoch milliseconds of `20261120T101500Z`; not a number when it is no time. */
function epochMs(time: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function claimFrom(credential: string, signedHeaders: string, signature: string, time: string): Claim | undefined {
  const [accessKeyId, date, region, service, end, ...more] = credential.split('/');
  if (accessKeyId === undefined || date === undefined || region === undefined || service === undefined) return undefined;
  if (end !== 'aws4_request' || more.length > 0 || Number.isNaN(epochMs(time))) return undefined;
  if (!/^[\x20-\x7e]+$/.test(signature) || signedHeaders === '') return undefined;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature, time };
}

/** Names that the signature has to cover: the host, and everything that is the provider's own. */
function unsignedHeader(ask: Ask, signedHeaders: readonly string[]): string | undefined {
  const signsHost = signedHeaders.includes('host') || signedHeaders.includes(':authority');
  if (!signsHost) return 'host';
  return Object.keys(ask.headers).find((name) => name.startsWith('x-amz') && !signedHeaders.includes(name));
}

/** What has to hold of every claim, however it was brought. */
function checkClaim(ask: Ask, claim: Claim, payload: string, rules: SigningRules): Verdict {
  if (claim.accessKeyId !== rules.credentials.accessKeyId) return invalid('unknown-key');
  if (claim.service !== rules.service) return invalid('wrong-scope', `Credential should be scoped to correct service: '${rules.service}'.`);
  if (claim.date !== claim.time.slice(0, 8))
    return invalid('wrong-scope', 'Date in Credential scope does not match the date of the request.');
  const unsigned = unsignedHeader(ask, claim.signedHeaders);
  if (unsigned !== undefined) return invalid('unsigned-header', unsigned);
  const expected = signatureOf(ask, claim, payload, rules.credentials.secretAccessKey);
  return sameSecret(expected, claim.signature) ? { kind: 'valid', region: claim.region } : invalid('mismatch');
}

/**
 * Checks the signature in the Authorization header (AWS Signature Version 4). `payload` is what was signed for the body: its SHA-256 in hex,
 * or one of S3's words for a body that is not signed.
 */
export function verifySignature(ask: Ask, payload: string, rules: SigningRules): Verdict {
  const header = ask.headers['authorization'];
  if (header === undefined) return invalid('missing');
  const field = (name: string): string => new RegExp(`[ ,]${name}=([^, ]+)`).exec(header)?.[1] ?? '';
  const time = ask.headers['x-amz-date'] ?? '';
  const claim = claimFrom(field('Credential'), field('SignedHeaders'), field('Signature'), time);
  if (!header.startsWith('AWS4-HMAC-SHA256 ') || claim === undefined) return invalid('incomplete');
  if (ask.headers['x-amz-security-token'] !== undefined) return invalid('unknown-token');
  const ageMs = Date.now() - epochMs(time);
  if (ageMs > rules.skewMs) return invalid('too-old', time);
  if (ageMs < -rules.skewMs) return invalid('too-early', time);
  return checkClaim(ask, claim, payload, rules);
}

/** Checks an address that carries its signature in the query. It is good until `X-Amz-Expires` seconds after `X-Amz-Date`. */
export function verifyPresigned(ask: Ask, rules: SigningRules): Verdict {
  const query = new Map(queryPairs(ask.query));
  const field = (name: string): string => query.get(`X-Amz-${name}`) ?? '';
  const claim = claimFrom(field('Credential'), field('SignedHeaders'), field('Signature'), field('Date'));
  const expiresSeconds = /^\d{1,6}$/.test(field('Expires')) ? Number(field('Expires')) : Infinity;
  if (field('Algorithm') !== 'AWS4-HMAC-SHA256' || claim === undefined || expiresSeconds > PRESIGNED_SECONDS_MAX)
    return invalid('incomplete');
  if (field('Security-Token') !== '') return invalid('unknown-token');
  const ageMs = Date.now() - epochMs(claim.time);
  if (ageMs > expiresSeconds * 1000) return invalid('too-old', claim.time);
  if (ageMs < -rules.skewMs) return invalid('too-early', claim.time);
  return checkClaim(ask, claim, field('Content-Sha256') || 'UNSIGNED-PAYLOAD', rules);
}
