import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import { refuse } from './refusal.ts';

const TRIGGER_MS = 3000;
const RESPONSE_MS = 30 * 60 * 1000;
const RESPONSE_USES = 5;

export interface Trigger {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  /** Given by an interaction inside a modal: the only kind that may push another one on top. */
  readonly viewId: string | undefined;
}

export interface ResponsePlace {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** The message whose button was pressed: what `replace_original` means. */
  readonly messageTs: string | undefined;
  readonly threadTs: string | undefined;
}

export interface Triggers {
  give(owner: Omit<Trigger, 'id'>): string;
  /** Spends it. Refuses `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id`. */
  take(id: string): Trigger;
  /** The path of a new response_url. */
  openResponse(place: ResponsePlace): string;
  /** Uses the response_url once. Refuses `used_url`, `expired_url`, `invalid_url`. */
  useResponse(path: string): ResponsePlace;
}

/** What lets the product answer an interaction: three seconds and one modal, thirty minutes and five messages. */
export function createTriggers(ids: Ids, clock: Clock): Triggers {
  const triggers = new Map<string, Trigger & { readonly endsMs: number; isUsed: boolean }>();
  const responses = new Map<string, { readonly place: ResponsePlace; readonly endsMs: number; uses: number }>();
  return {
    give(owner) {
      // Three numbers and a checksum, as Slack's look: no digits-only word that a queue would refuse by luck.
      const id = `${clock.nowMs()}.${ids.next('')}.${ids.secret('t').slice(2, 34)}`;
      triggers.set(id, { ...owner, id, endsMs: clock.nowMs() + TRIGGER_MS, isUsed: false });
      return id;
    },
    take(id) {
      const trigger = triggers.get(id) ?? refuse('invalid_trigger_id');
      if (trigger.isUsed) return refuse('exchanged_trigger_id');
      if (trigger.endsMs <= clock.nowMs()) return refuse('expired_trigger_id');
      trigger.isUsed = true;
      return trigger;
    },
    openResponse(place) {
      const path = `/response/${place.teamId}/${ids.secret('r').slice(2)}`;
      responses.set(path, { place, endsMs: clock.nowMs() + RESPONSE_MS, uses: 0 });
      return path;
    },
    useResponse(path) {
      const response = responses.get(path) ?? refuse('invalid_url');
      if (response.endsMs <= clock.nowMs()) return refuse('expired_url');
      if (response.uses >= RESPONSE_USES) return refuse('used_url');
      response.uses += 1;
      return response.place;
    },
  };
}
