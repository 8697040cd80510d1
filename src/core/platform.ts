import type { News, Receipt } from './answer.ts';
import type { Page } from './ledger.ts';
import type { Upload } from './media.ts';
import type { ImageRef, Language, Options, Requester, Thread, GenerationRequest } from './request.ts';

/** One command as it arrived. `id` comes from the platform's own id of the message or command, so that a redelivery is the same request. */
export interface Ask {
  readonly id: string;
  /** The words after the command's name, flags included. */
  readonly text: string;
  /** What the person chose in the platform's own fields; a flag in the text wins. */
  readonly options: Options;
  readonly images: readonly ImageRef[];
  readonly thread: Thread;
  readonly requester: Requester;
  readonly tenant: string;
  /** The person's language as the platform knows it, for texts too short to tell. */
  readonly locale: Language | undefined;
}

/** Settles within its own deadline of 1.2 s, whatever is down: the request is committed, or refused with a code. Never throws. */
export type AskFunction = (ask: Ask) => Promise<Told>;

/** What the person is told at once, and in which language. */
export interface Told {
  readonly receipt: Receipt;
  readonly language: Language;
}

export type Stop = () => Promise<void>;

/** A place where people ask and are answered. Creating one opens nothing. */
export interface Platform {
  readonly name: string;
  /** Opens the connection and hands every command to `ask`. The returned function closes it: nothing is taken afterwards. */
  listen(ask: AskFunction): Promise<Stop>;
  /** Reads a picture of this platform, in the worker, from this platform's own hosts only. Throws Refusal `picture-gone`, `picture-too-heavy`. */
  download(image: ImageRef, signal: AbortSignal): Promise<Upload>;
  /**
   * Shows the news where the request came from. Works long after any token of the request has expired, and shows an answer once:
   * on its page it keeps what lets it find an earlier post again, before the call and after it.
   */
  deliver(request: GenerationRequest, news: News, page: Page): Promise<void>;
}
