/** What can be made to go wrong at each service. A kind that a service does not have is refused when it is asked for. */
export const FAULT_KINDS = {
  bedrock: [
    'throttle',
    'not-ready',
    'quota-exceeded',
    'server-error-500',
    'unavailable-503',
    'html-503',
    'timeout-408',
    'model-error-424',
    'access-denied',
    'expired-token',
    'end-of-life',
    'reset',
    'hang',
    'slow',
    'close-midway',
    'stall-midway',
    'truncated-json',
    'bad-base64',
    'wrong-format',
    'empty-images',
    'filter-prompt',
    'filter-output',
    'filter-input',
    'inference-error',
  ],
  /** Of the start of a clip, and of its making. */
  video: [
    'throttle',
    'quota-exceeded',
    'not-ready',
    'server-error-500',
    'unavailable-503',
    'html-503',
    'access-denied',
    'expired-token',
    'end-of-life',
    'invalid-output',
    // Before there is a job.
    'reset',
    'hang',
    // There is a job, and whoever asked for it does not hear of it.
    'lost-answer',
    'lost-error',
    'no-answer',
    // What becomes of the job.
    'moderated',
    'input-moderated',
    'output-moderated',
    'failed',
    'unwritable',
    'missing-object',
    'plain-uri',
    'other-name',
    'slow',
    'never-ends',
  ],
  /** Of the question how a clip is. */
  'video-poll': [
    'throttle',
    'server-error-500',
    'unavailable-503',
    'html-503',
    'access-denied',
    'expired-token',
    'reset',
    'hang',
    'truncated-json',
  ],
  claude: [
    'throttle',
    'overloaded',
    'server-error-500',
    'unavailable-503',
    'html-503',
    'access-denied',
    'expired-token',
    'reset',
    'hang',
    'slow',
    'close-midway',
    'stall-midway',
    'not-json',
    'refusal',
    'max-tokens',
    'nonsense',
  ],
  s3: [
    'throttle',
    'server-error-500',
    'unavailable-503',
    'html-503',
    'access-denied',
    'expired-token',
    'no-space',
    'reset',
    'hang',
    'slow',
    'close-midway',
    'stall-midway',
  ],
} as const;

export type BedrockFault = (typeof FAULT_KINDS)['bedrock'][number];
export type VideoFault = (typeof FAULT_KINDS)['video'][number];
export type VideoPollFault = (typeof FAULT_KINDS)['video-poll'][number];
export type ClaudeFault = (typeof FAULT_KINDS)['claude'][number];
export type S3Fault = (typeof FAULT_KINDS)['s3'][number];

/** A word that a person types into a prompt to see how the product takes it. */
export interface Trigger<Kind> {
  readonly word: string;
  readonly kind: Kind;
  /** How many calls with the same text it spoils before it lets one through. */
  readonly times: number;
}

/** Troubles that pass by themselves, so that the person sees the wait and then the picture. */
const PASSING: Readonly<Partial<Record<BedrockFault, number>>> = { throttle: 2, 'not-ready': 1, 'unavailable-503': 1, 'html-503': 1 };

/** `sandbox-` and the kind: `sandbox-filter-prompt`, `sandbox-throttle`, `sandbox-slow`. */
export const BEDROCK_TRIGGERS: readonly Trigger<BedrockFault>[] = FAULT_KINDS.bedrock.map((kind) => ({
  word: `sandbox-${kind}`,
  kind,
  times: PASSING[kind] ?? Infinity,
}));

/** A second try goes well. */
const PASSING_FOR_CLIPS: Readonly<Partial<Record<VideoFault, number>>> = {
  throttle: 2,
  'quota-exceeded': 2,
  'not-ready': 1,
  'server-error-500': 1,
  'unavailable-503': 1,
  'html-503': 1,
  reset: 1,
  hang: 1,
  'lost-answer': 1,
  'lost-error': 1,
  'no-answer': 1,
};

/** `sandbox-video-` and the kind: `sandbox-video-moderated`, `sandbox-video-slow`. */
export const VIDEO_TRIGGERS: readonly Trigger<VideoFault>[] = FAULT_KINDS.video.map((kind) => ({
  word: `sandbox-video-${kind}`,
  kind,
  times: PASSING_FOR_CLIPS[kind] ?? Infinity,
}));

/** `sandbox-claude-` and the kind: `sandbox-claude-refusal`. */
export const CLAUDE_TRIGGERS: readonly Trigger<ClaudeFault>[] = FAULT_KINDS.claude.map((kind) => ({
  word: `sandbox-claude-${kind}`,
  kind,
  times: Infinity,
}));
