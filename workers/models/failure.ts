import { z } from 'zod';

/** What is known of a call that failed, in no vendor's types. */
export interface CallFailure {
  /** The service's or the client's name of the error: `ThrottlingException`, `TimeoutError`. */
  readonly name: string;
  /** Absent when no answer came. */
  readonly status: number | undefined;
  /** Node's name of a connection's trouble: `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  /** The service found our clock wrong, and the client has put it right for its next call. */
  readonly clockCorrected: boolean;
  /** What AWS's support asks for. */
  readonly requestId: string | undefined;
}

const errorSchema = z.object({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z
    .object({ httpStatusCode: z.number().optional(), requestId: z.string().optional(), clockSkewCorrected: z.boolean().optional() })
    .catch({}),
  $response: z.object({ statusCode: z.number().optional(), headers: z.record(z.string(), z.string()).catch({}) }).catch({ headers: {} }),
});

/** Reads what an AWS client threw. An error page that is no JSON surfaces as a SyntaxError, whose status is only in the raw response. */
export function readFailure(error: unknown, now: number): CallFailure {
  const { name, message, code, $metadata, $response } = errorSchema.parse(error instanceof Error ? error : {});
  return {
    name,
    message,
    code,
    status: $response.statusCode ?? $metadata.httpStatusCode,
    retryAfterMs: retryAfterOf($response.headers, now),
    clockCorrected: $metadata.clockSkewCorrected ?? false,
    requestId: $metadata.requestId,
  };
}

/** `retry-after` is seconds or a date, `x-amz-retry-after` is milliseconds. */
function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const { 'retry-after': general = '', 'x-amz-retry-after': precise = '' } = headers;
  if (/^\d{1,9}$/.test(precise)) return Number(precise);
  if (/^\d{1,6}$/.test(general)) return Number(general) * 1000;
  const waitMs = Date.parse(general) - now;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
