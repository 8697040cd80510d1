import type { Stage } from '#src/core/answer.ts';
import { say } from '#src/core/messages.ts';
import type { GenerationRequest } from '#src/core/request.ts';
import type { SlackApi } from './api.ts';
import { SLACK_LIMITS } from './config.ts';
import type { Place } from './posts.ts';

/** Slack's own line under a thread that says what the bot is doing. It ends by itself after two minutes, and with the bot's next message. */
export interface Status {
  /** Shows it, and goes on showing it until `end`. Never throws, and nobody waits for it. */
  show(request: GenerationRequest, place: Place, stage: Stage): void;
  /** Resolves when no status of this request can appear any more. */
  end(id: string): Promise<void>;
  /** Takes it away where no message of ours follows: changing one does not end it. Never throws. */
  clear(place: Place): Promise<void>;
}

interface Shown {
  last: Promise<void>;
  stage: Stage;
  readonly timer: NodeJS.Timeout;
}

export function createStatus(api: SlackApi, now: () => number, refreshMs: number = SLACK_LIMITS.statusMs): Status {
  const shown = new Map<string, Shown>();

  async function set({ team, channel, thread }: Place, status: string): Promise<void> {
    const messages = status === '' ? {} : { loading_messages: [status] };
    try {
      await api.call(team, 'assistant.threads.setStatus', { channel_id: channel, thread_ts: thread, status, ...messages });
    } catch {
      // It is a comfort and no answer: the next stage says more than another try of this one.
    }
  }

  const tell = async ({ language }: GenerationRequest, place: Place, stage: Stage): Promise<void> =>
    set(place, say(language, `stage-${stage}`));

  function stop(id: string): void {
    clearInterval(shown.get(id)?.timer);
    shown.delete(id);
  }

  return {
    show(request, place, stage) {
      if (place.thread === undefined) return;
      const known = shown.get(request.id);
      if (known !== undefined) {
        known.stage = stage;
        known.last = known.last.then(async () => tell(request, place, stage));
        return;
      }
      const untilMs = now() + SLACK_LIMITS.statusLongestMs;
      const timer = setInterval(() => {
        const current = shown.get(request.id);
        if (current === undefined || now() > untilMs) return stop(request.id);
        current.last = current.last.then(async () => tell(request, place, current.stage));
      }, refreshMs);
      shown.set(request.id, { last: tell(request, place, stage), stage, timer: timer.unref() });
    },
    async end(id) {
      const last = shown.get(id)?.last;
      stop(id);
      await last;
    },
    clear: async (place) => (place.thread === undefined ? undefined : set(place, '')),
  };
}
