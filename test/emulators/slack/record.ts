import type { Clock } from './clock.ts';
import type { JsonObject } from './json.ts';

/** One call of the product, and what it was told. */
export interface SeenCall {
  readonly atMs: number;
  /** The method's name; `upload`, `download` and `response_url` for what is not one. */
  readonly method: string;
  teamId: string | undefined;
  readonly args: JsonObject;
  status: number;
  /** `ok` or the error's name; `dropped` when nobody was told. */
  outcome: string;
}

/** A rule of Slack that the product broke, whether or not Slack would have let it pass. */
export interface Violation {
  readonly rule: string;
  readonly detail: string;
}

/** A person or a group that a text of the product would have called. */
export interface Mention {
  readonly target: string;
  readonly where: string;
}

export interface Record {
  readonly calls: SeenCall[];
  readonly violations: Violation[];
  readonly mentions: Mention[];
  /** What people and the product did, one line each, in order. */
  readonly story: string[];
  call(method: string, args: JsonObject, teamId?: string): SeenCall;
  violate(rule: string, detail: string): void;
  mention(target: string, where: string): void;
  tell(line: string): void;
  /** Called after anything changed; the function it returns ends that. */
  onChange(listener: () => void): () => void;
  changed(): void;
}

const CALLS_MAX = 100_000;

export function createRecord(clock: Clock): Record {
  const listeners = new Set<() => void>();
  const record: Record = {
    calls: [],
    violations: [],
    mentions: [],
    story: [],
    call(method, args, teamId) {
      const call = { atMs: clock.nowMs(), method, teamId, args, status: 0, outcome: 'running' };
      if (record.calls.length < CALLS_MAX) record.calls.push(call);
      return call;
    },
    violate(rule, detail) {
      record.violations.push({ rule, detail });
      record.tell(`! ${rule}: ${detail}`);
    },
    mention(target, where) {
      record.mentions.push({ target, where });
    },
    tell(line) {
      record.story.push(line);
      record.changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    changed() {
      for (const listener of listeners) listener();
    },
  };
  return record;
}
