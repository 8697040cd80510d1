import type { Document } from './spec.ts';

/** A clip to be started. */
export interface StartCall {
  readonly modelId: string;
  readonly modelInput: Readonly<Record<string, Document>>;
  /** `s3://bucket/prefix`: below it the clip will lie. */
  readonly uri: string;
  /** Letters, digits and inner hyphens: the same one again is the same clip. */
  readonly token: string;
}

export interface JobState {
  readonly status: 'InProgress' | 'Completed' | 'Failed';
  readonly failureMessage: string | undefined;
  readonly uri: string;
}

/** One of the ways to the service. Both of them throw what `readFailure` reads. */
export interface AsyncCalls {
  /** Resolves with the ARN of the clip's job. */
  start(call: StartCall, signal: AbortSignal): Promise<string>;
  state(arn: string, signal: AbortSignal): Promise<JobState>;
  close(): void;
}

/** Tags that let an operator find in the bill and in the console what was made here. */
export const tagsOf = ({ token }: StartCall): { key: string; value: string }[] => [
  { key: 'application', value: 'hoami' },
  { key: 'request', value: token },
];
