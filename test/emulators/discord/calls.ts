import type { Json } from './json.ts';

/** One call as it went over the wire. */
export interface RawCall {
  readonly at: number;
  readonly method: string;
  /** The path below `/api/v10`, with tokens as they were: this is a record for tests. */
  readonly path: string;
  /** The route that it fits, `POST /channels/:channel/messages`. */
  readonly route: string | undefined;
  readonly authorised: boolean;
  readonly body: Json | undefined;
  readonly files: readonly { readonly filename: string; readonly contentType: string; readonly bytes: number }[];
  /** What was answered; undefined when the connection was cut first. */
  readonly status: number | undefined;
  readonly answer: Json | undefined;
}
