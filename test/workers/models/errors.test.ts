import { describe, expect, it } from 'vitest';
import { Refusal, TryLater } from '#src/core/failure.ts';
import { reasonOf, toError } from '#workers/models/errors.ts';
import { readFailure, type CallFailure } from '#workers/models/failure.ts';

const failure = (changes: Partial<CallFailure>): CallFailure => ({
  name: 'Error',
  status: undefined,
  code: undefined,
  message: '',
  retryAfterMs: undefined,
  clockCorrected: false,
  requestId: undefined,
  ...changes,
});
const thrownFor = (changes: Partial<CallFailure>, chance = 0): Error => toError(failure(changes), 'Model', chance, new Error('cause'));

const LEGACY =
  'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model on Amazon Bedrock';
const PROFILE =
  'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.';
const BLOCKED =
  'This request has been blocked by our content filters. Our filters automatically flagged this prompt because it may conflict our AUP or AWS Responsible AI Policy.';

describe('a failed call', () => {
  it.each<[Partial<CallFailure>, TryLater['reason']]>([
    [{ name: 'ThrottlingException', status: 429 }, 'throttled'],
    [{ name: 'ServiceQuotaExceededException', status: 400 }, 'throttled'],
    [{ name: 'SyntaxError', status: 429 }, 'throttled'],
    [{ name: 'ModelNotReadyException', status: 429 }, 'not-ready'],
    [{ name: 'MPAgreementBeingCreatedException', status: 403 }, 'not-ready'],
    [{ name: 'InvalidSignatureException', status: 403, clockCorrected: true }, 'not-ready'],
    [{ code: 'ECONNREFUSED' }, 'unreachable'],
    [{ code: 'ENOTFOUND' }, 'unreachable'],
    [{ code: 'EAI_AGAIN' }, 'unreachable'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'unreachable'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'unreachable'],
    [
      {
        name: 'TimeoutError',
        message: 'the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
      },
      'unreachable',
    ],
  ])('that certainly made nothing is tried later: %j', (changes, reason) => {
    expect(thrownFor(changes)).toBeInstanceOf(TryLater);
    expect(thrownFor(changes)).toMatchObject({ reason });
  });

  it.each<[Partial<CallFailure>, Refusal['code']]>([
    [
      { name: 'ResourceNotFoundException', status: 404, message: 'This model version has reached the end of its life.' },
      'model-unavailable',
    ],
    [{ name: 'ResourceNotFoundException', status: 404, message: LEGACY }, 'model-unavailable'],
    [{ name: 'ValidationException', status: 400, message: 'The provided model identifier is invalid.' }, 'model-unavailable'],
    [{ name: 'ValidationException', status: 400, message: PROFILE }, 'model-unavailable'],
    [{ name: 'AccessDeniedException', status: 403 }, 'credentials-rejected'],
    [{ name: 'ExpiredTokenException', status: 403 }, 'credentials-rejected'],
    [{ name: 'IncompleteSignature', status: 400 }, 'credentials-rejected'],
    [{ name: 'Unknown', status: 401 }, 'credentials-rejected'],
    [{ name: 'CredentialsProviderError' }, 'credentials-rejected'],
    [{ name: 'ValidationException', status: 400, message: BLOCKED }, 'filtered-prompt'],
    [{ name: 'ValidationException', status: 400, message: 'Malformed input request' }, 'model-rejected'],
    [{ name: 'RequestEntityTooLarge', status: 413 }, 'model-rejected'],
  ])('that is a final no is a refusal: %j', (changes, code) => {
    expect(thrownFor(changes)).toBeInstanceOf(Refusal);
    expect(thrownFor(changes)).toMatchObject({ code });
  });

  it.each<[Partial<CallFailure>]>([
    [{ name: 'InternalServerException', status: 500 }],
    [{ name: 'Unknown', status: 502 }],
    [{ name: 'ServiceUnavailableException', status: 503 }],
    [{ name: 'SyntaxError', status: 503 }],
    [{ name: 'Unknown', status: 504 }],
    [{ name: 'ModelTimeoutException', status: 408 }],
    [{ name: 'ModelErrorException', status: 424 }],
    [{ name: 'TimeoutError', code: 'ECONNRESET' }],
    [{ name: 'TimeoutError', code: 'ETIMEDOUT' }],
    [{ name: 'AbortError' }],
    [{ name: 'Error', status: 200, code: 'ECONNRESET' }],
    [{ code: 'EPIPE' }],
    [{}],
  ])('that may have made a picture is neither: %j', (changes) => {
    const thrown = thrownFor(changes);
    expect(thrown).not.toBeInstanceOf(Refusal);
    expect(thrown).not.toBeInstanceOf(TryLater);
    expect(thrown.cause).toBeDefined();
  });
});

describe('the wait', () => {
  const waitFor = (changes: Partial<CallFailure>, chance: number): number => {
    const thrown = thrownFor({ name: 'ThrottlingException', status: 429, ...changes }, chance);
    return thrown instanceof TryLater ? thrown.waitMs : Number.NaN;
  };

  it('is never shorter than the service asks for, and spread so that not all come back at once', () => {
    expect([waitFor({ retryAfterMs: 30_000 }, 0), waitFor({ retryAfterMs: 30_000 }, 1)]).toEqual([30_000, 35_000]);
    expect([waitFor({ retryAfterMs: 1000 }, 0), waitFor({ retryAfterMs: 1000 }, 1)]).toEqual([1000, 2000]);
    expect([waitFor({}, 0), waitFor({}, 1)]).toEqual([1000, 2000]);
  });

  it('has an end, whatever the service asks for', () => {
    expect(waitFor({ retryAfterMs: 1e9 }, 0)).toBe(600_000);
  });
});

describe('what was rejected', () => {
  it.each([
    ['Malformed input request: #/strength: 2 is not less or equal to 1, please reformat your input and try again.', 'strength'],
    ['Malformed input request: #: required key [prompt] not found, please reformat your input and try again.', 'prompt'],
    ['{"detail":"image: each side must be at least 64 pixels"}', 'image'],
    [`{"detail":"Invalid field in request. Available fields: ['prompt', 'image']"}`, 'unknown-field'],
    ['{"detail":"Only English prompts are supported."}', 'language'],
    ['your words "a secret thing" are wrong', 'unnamed'],
  ])('is named by its member and never in the service’s own words: %s', (message, reason) => {
    const rejected = { name: 'ValidationException', status: 400, message };
    expect(reasonOf(failure(rejected))).toBe(reason);
    const thrown = thrownFor(rejected);
    expect(thrown).toMatchObject({ details: { model: 'Model', reason }, cause: undefined });
  });
});

describe('what the client threw', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  const thrownWith = (headers: Record<string, string>) =>
    readFailure(Object.assign(new Error('x'), { $response: { statusCode: 429, headers }, $metadata: {} }), now);

  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 10:00:09 GMT' }, 9000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'x-amz-retry-after': '250', 'retry-after': '9' }, 250],
    [{}, undefined],
  ])('says how long to wait: %j', (headers, retryAfterMs) => {
    expect(thrownWith(headers)).toMatchObject({ status: 429, retryAfterMs });
  });

  it.each([undefined, 'text', new Error('plain'), Object.assign(new Error('odd'), { code: 7, $metadata: 'none', $response: null })])(
    'is read whatever it is: %s',
    (thrown) => {
      expect(readFailure(thrown, now)).toMatchObject({
        status: undefined,
        code: undefined,
        retryAfterMs: undefined,
        clockCorrected: false,
      });
    },
  );
});
