import type { Reply } from '../http.ts';

export interface S3Error {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

export const S3_ERRORS = {
  noSuchKey: { code: 'NoSuchKey', status: 404, message: 'The specified key does not exist.' },
  noSuchBucket: { code: 'NoSuchBucket', status: 404, message: 'The specified bucket does not exist' },
  elsewhere: {
    code: 'PermanentRedirect',
    status: 301,
    message: 'The bucket you are attempting to access must be addressed using the specified endpoint.',
  },
  accessDenied: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
  requestExpired: { code: 'AccessDenied', status: 403, message: 'Request has expired' },
  unknownKey: { code: 'InvalidAccessKeyId', status: 403, message: 'The AWS Access Key Id you provided does not exist in our records.' },
  badToken: { code: 'InvalidToken', status: 400, message: 'The provided token is malformed or otherwise invalid.' },
  expiredToken: { code: 'ExpiredToken', status: 400, message: 'The provided token has expired.' },
  mismatch: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  },
  skewed: {
    code: 'RequestTimeTooSkewed',
    status: 403,
    message: 'The difference between the request time and the current time is too large.',
  },
  malformedAuthorization: {
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    message: 'The authorization header you provided is invalid.',
  },
  preconditionFailed: {
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
  },
  conflict: {
    code: 'ConditionalRequestConflict',
    status: 409,
    message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
  },
  invalidRange: { code: 'InvalidRange', status: 416, message: 'The requested range is not satisfiable' },
  invalidArgument: { code: 'InvalidArgument', status: 400, message: 'Invalid Argument' },
  incompleteBody: {
    code: 'IncompleteBody',
    status: 400,
    message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  },
  badDigest: { code: 'BadDigest', status: 400, message: 'The checksum you specified did not match the calculated checksum.' },
  bodyHashMismatch: {
    code: 'XAmzContentSHA256Mismatch',
    status: 400,
    message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
  },
  noBodyHash: { code: 'InvalidRequest', status: 400, message: 'Missing required header for this request: x-amz-content-sha256' },
  tooLarge: { code: 'EntityTooLarge', status: 400, message: 'Your proposed upload exceeds the maximum allowed size' },
  notImplemented: {
    code: 'NotImplemented',
    status: 501,
    message: 'A header or operation you provided implies functionality that is not implemented',
  },
  slowDown: { code: 'SlowDown', status: 503, message: 'Please reduce your request rate.' },
  internal: { code: 'InternalError', status: 500, message: 'We encountered an internal error. Please try again.' },
  unavailable: { code: 'ServiceUnavailable', status: 503, message: 'Service is unable to handle request.' },
  // S3 itself is never full; this is what self-hosted servers of its protocol say.
  storageFull: { code: 'XMinioStorageFull', status: 507, message: 'Storage backend has reached its minimum free drive threshold.' },
} as const satisfies Record<string, S3Error>;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#13;' };

export const escapeXml = (text: string): string => text.replaceAll(/[&<>"'\r]/g, (letter) => ENTITIES[letter] ?? letter);

export const xmlReply = (status: number, xml: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
});

export const errorReply = (error: S3Error, requestId: string): Reply => ({
  ...xmlReply(
    error.status,
    `<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`,
  ),
  note: { error: error.code },
});
