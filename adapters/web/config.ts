const MEBIBYTE = 1024 * 1024;

/** What one request to the page's server may weigh and take. */
export const WEB_LIMITS = {
  pictureMegabytes: 20,
  pictureBytes: 20 * MEBIBYTE,
  /** A picture of the highest weight, the words, and the form around them. */
  formBytes: 21 * MEBIBYTE,
  /** The page sends three. */
  formParts: 8,
  /** Forms that are read side by side: each is in memory as a whole, for as long as it takes to arrive. */
  formsAtOnce: 24,
  jsonBytes: 64 * 1024,
  textLength: 64 * 1024,
  historyLength: 30,
  headersMs: 20_000,
  /** A heavy picture over a slow telephone. */
  requestMs: 120_000,
  stopMs: 5000,
  letGoMs: 1000,
  /** Less than whoever probes usually waits. */
  healthMs: 1000,
} as const;

export interface WebConfig {
  /** The address to listen on; `127.0.0.1` is reached from this machine only. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names under which the page may be reached besides localhost and bare addresses, such as the one a proxy serves. */
  readonly names: readonly string[];
}
