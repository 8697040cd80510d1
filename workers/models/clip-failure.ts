import { Refusal } from '#src/core/failure.ts';

type Rule = readonly [code: Refusal['code'], pattern: RegExp];

/** No wording of a filter's was ever documented, so that the words which such sentences are made of are looked for. The first that holds decides. */
const FILTERED = /moderat|content filter|flagged|blocked|inappropriate|unsafe|safety|responsible ai|\brai_|policy|policies/i;
const FILTERS: readonly Rule[] = [
  ['filtered-output', /output|generated/i],
  ['filtered-input', /image|keyframe|frame[01]?\b/i],
  ['filtered-prompt', /prompt|text|input/i],
];
const STORE = /\bs3\b|bucket|access ?denied|output (?:config|location)|\bkms\b/i;

/** Why a job has failed, as an answer. Nothing of the service's own words goes on: they may quote the person's. */
export function refusalOfJob(message: string | undefined = ''): Refusal {
  if (FILTERED.test(message)) return new Refusal(FILTERS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'filtered-output');
  if (STORE.test(message)) return new Refusal('clip-store');
  return new Refusal('clip-failed', { reason: classOf(message) });
}

/** Which member it complains of, when it says so in a way that is known. */
function classOf(message: string): string {
  const member = /#\/([a-z_]{1,32})\b/.exec(message) ?? /^([a-z_]{1,32}[01]?)(?::| is required)/.exec(message);
  if (member?.[1] !== undefined) return member[1];
  return /internal|unavailable|time(?:d )?out/i.test(message) ? 'service' : 'unnamed';
}
