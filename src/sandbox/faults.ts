import { z } from 'zod';
import {
  BEDROCK_TRIGGERS,
  CLAUDE_TRIGGERS,
  FAULT_KINDS,
  type BedrockFault,
  type ClaudeFault,
  type S3Fault,
  type Trigger,
  VIDEO_TRIGGERS,
  type VideoFault,
  type VideoPollFault,
} from './fault-kinds.ts';

const RULES_MAX = 1000;
const TEXTS_MAX = 1000;
const DELAY_MS_MAX = 600_000;

const conditions = {
  /** How many calls the rule spoils; without it, every one. */
  times: z.int().min(1).optional(),
  /** Between 0 and 1: how likely it strikes; without it, always. */
  probability: z.number().min(0).max(1).optional(),
  /** How long the service waits before it goes wrong or, for `slow`, before it answers. */
  delayMs: z.int().min(0).max(DELAY_MS_MAX).optional(),
  /** Only calls whose prompt (at S3: key) contains this. */
  whenPromptIncludes: z.string().min(1).max(1000).optional(),
  /** Sent as `retry-after` with an error. */
  retryAfterSeconds: z.int().min(0).max(3600).optional(),
  /** Only calls that come while so many others are running: a limit of concurrency. */
  atMost: z.int().min(0).optional(),
};

/** One thing to go wrong, when, and how often. */
export const faultRuleSchema = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal('bedrock'), kind: z.enum(FAULT_KINDS.bedrock), ...conditions }),
  z.strictObject({ service: z.literal('video'), kind: z.enum(FAULT_KINDS.video), ...conditions }),
  z.strictObject({ service: z.literal('video-poll'), kind: z.enum(FAULT_KINDS['video-poll']), ...conditions }),
  z.strictObject({ service: z.literal('claude'), kind: z.enum(FAULT_KINDS.claude), ...conditions }),
  z.strictObject({ service: z.literal('s3'), kind: z.enum(FAULT_KINDS.s3), ...conditions }),
]);
export type FaultRule = z.infer<typeof faultRuleSchema>;

type RuleFor<Kind> = Omit<FaultRule, 'service' | 'kind'> & { readonly kind: Kind };

/** A rule that struck: what this call has to suffer. */
export interface Strike<Kind> {
  readonly kind: Kind;
  readonly delayMs: number | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/** What goes wrong at one service. */
export interface ServiceFaults<Kind> {
  add(rule: RuleFor<Kind>): void;
  clear(): void;
  /** Which fault, if any, this call has to suffer; asking uses the rule up by one. `running`: calls that are not answered yet, this one not counted. */
  strike(text: string, running: number): Strike<Kind> | undefined;
}

/** Rules come before words in the text, and older rules before newer ones. */
function createServiceFaults<Kind extends string>(triggers: readonly Trigger<Kind>[]): ServiceFaults<Kind> {
  let rules: { readonly rule: RuleFor<Kind>; struck: number }[] = [];
  const spoiledTexts = new Map<string, number>();

  function byRule(text: string, running: number): RuleFor<Kind> | undefined {
    const found = rules.find(({ rule, struck }) => {
      const meant = struck < (rule.times ?? Infinity) && text.includes(rule.whenPromptIncludes ?? '') && running >= (rule.atMost ?? 0);
      return meant && Math.random() < (rule.probability ?? 1);
    });
    if (found !== undefined) found.struck += 1;
    return found?.rule;
  }

  function byWord(text: string): Kind | undefined {
    const words = text.toLowerCase();
    const trigger = triggers.find((candidate) => words.includes(candidate.word));
    const spoiled = spoiledTexts.get(text) ?? 0;
    if (trigger === undefined || spoiled >= trigger.times) return undefined;
    if (spoiledTexts.size >= TEXTS_MAX) spoiledTexts.clear();
    spoiledTexts.set(text, spoiled + 1);
    return trigger.kind;
  }

  return {
    add(rule) {
      if (rules.length >= RULES_MAX) throw new Error(`more than ${RULES_MAX} fault rules`);
      rules.push({ rule, struck: 0 });
    },
    clear() {
      rules = [];
    },
    strike(text, running) {
      const rule = byRule(text, running);
      const kind = rule?.kind ?? byWord(text);
      return kind && { kind, delayMs: rule?.delayMs, retryAfterSeconds: rule?.retryAfterSeconds };
    },
  };
}

export interface Faults {
  readonly bedrock: ServiceFaults<BedrockFault>;
  readonly video: ServiceFaults<VideoFault>;
  readonly videoPoll: ServiceFaults<VideoPollFault>;
  readonly claude: ServiceFaults<ClaudeFault>;
  readonly s3: ServiceFaults<S3Fault>;
  add(rules: readonly FaultRule[]): void;
  /** Forgets every rule. Words in prompts go on working. */
  clear(): void;
}

export function createFaults(initial: readonly FaultRule[]): Faults {
  const bedrock = createServiceFaults(BEDROCK_TRIGGERS);
  const video = createServiceFaults(VIDEO_TRIGGERS);
  const videoPoll = createServiceFaults<VideoPollFault>([]);
  const claude = createServiceFaults(CLAUDE_TRIGGERS);
  const s3 = createServiceFaults<S3Fault>([]);
  function addOne(rule: FaultRule): void {
    if (rule.service === 'bedrock') bedrock.add(rule);
    else if (rule.service === 'video') video.add(rule);
    else if (rule.service === 'video-poll') videoPoll.add(rule);
    else if (rule.service === 'claude') claude.add(rule);
    else s3.add(rule);
  }
  for (const rule of initial) addOne(rule);
  return {
    bedrock,
    video,
    videoPoll,
    claude,
    s3,
    add(rules) {
      for (const rule of rules) addOne(rule);
    },
    clear() {
      for (const service of [bedrock, video, videoPoll, claude, s3]) service.clear();
    },
  };
}
