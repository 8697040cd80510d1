/** What one model family takes and gives. Limits in tokens. */
export interface ModelRules {
  readonly id: string;
  readonly tokensMax: number;
  /** The kinds of `thinking` it takes; leaving it out is always allowed. */
  readonly thinking: readonly ThinkingType[];
  /** Whether it thinks when nothing is said about it. */
  readonly thinksByDefault: boolean;
  /** `disabled` thinking is refused above this effort. */
  readonly effortMaxWithoutThinking: Effort | undefined;
  readonly effortDefault: Effort | undefined;
  /** Whether a tool may be forced. */
  readonly forcedTools: boolean;
  /** Whether it knows temperature, top_p and top_k, under the old API version. */
  readonly sampling: boolean;
  /** A shorter prefix is silently not cached. */
  readonly cachedPrefixTokensMin: number;
}

export const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];
export type ThinkingType = 'enabled' | 'disabled' | 'adaptive' | 'between_tools';

const CURRENT = {
  tokensMax: 128_000,
  thinksByDefault: true,
  effortMaxWithoutThinking: undefined,
  forcedTools: false,
  sampling: false,
  cachedPrefixTokensMin: 1024,
} as const;
const OLDER = {
  tokensMax: 64_000,
  thinking: ['enabled', 'disabled'],
  thinksByDefault: false,
  effortMaxWithoutThinking: undefined,
  effortDefault: undefined,
  forcedTools: true,
  sampling: true,
} as const;

/** The models that answer in November 2026. Retired ones are not here: they are as unknown as any other word. */
const MODELS: readonly ModelRules[] = [
  {
    ...CURRENT,
    id: 'claude-haiku-5-5',
    thinking: ['adaptive', 'disabled'],
    effortMaxWithoutThinking: 'high',
    effortDefault: 'medium',
    forcedTools: true,
    cachedPrefixTokensMin: 512,
  },
  { ...CURRENT, id: 'claude-sonnet-5-5', thinking: ['adaptive', 'between_tools'], effortDefault: 'high' },
  { ...CURRENT, id: 'claude-opus-5-5', thinking: ['adaptive'], effortDefault: 'medium' },
  { ...CURRENT, id: 'claude-fable-5-1', thinking: ['adaptive'], effortDefault: 'high', cachedPrefixTokensMin: 512 },
  { ...CURRENT, id: 'claude-fable-5-2', thinking: ['adaptive'], effortDefault: 'high', cachedPrefixTokensMin: 512 },
  { ...CURRENT, id: 'claude-sonnet-5', thinking: ['adaptive', 'disabled'], effortDefault: 'high', forcedTools: true },
  {
    ...CURRENT,
    id: 'claude-opus-5',
    thinking: ['adaptive', 'disabled'],
    effortMaxWithoutThinking: 'high',
    effortDefault: 'high',
    forcedTools: true,
    cachedPrefixTokensMin: 512,
  },
  { ...OLDER, id: 'claude-haiku-4-5', cachedPrefixTokensMin: 4096 },
  { ...OLDER, id: 'claude-sonnet-4-5', cachedPrefixTokensMin: 1024 },
];

/** Only the 4.x models have dated names beside the short ones. */
const DATED: Readonly<Record<string, string>> = {
  'claude-haiku-4-5-20251001': 'claude-haiku-4-5',
  'claude-sonnet-4-5-20250929': 'claude-sonnet-4-5',
};

export function findModel(id: string): ModelRules | undefined {
  const name = Object.hasOwn(DATED, id) ? DATED[id] : id;
  return MODELS.find((model) => model.id === name);
}
