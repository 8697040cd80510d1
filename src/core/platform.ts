import type { News, Receipt } from './answer.ts';
import type { RefusalCode, RefusalDetails } from './failure.ts';
import type { Page } from './ledger.ts';
import type { Upload } from './media.ts';
import type { GenerationRequest, ImageRef, Language, Options, PlatformImage, Requester, REPEATS, Task, Thread } from './request.ts';

/** One command as it arrived. `id` comes from the platform's own id of the message or command, so that a redelivery is the same request. */
export interface Ask {
  readonly id: string;
  /** The words after the command's name, flags included. */
  readonly text: string;
  /** What the person chose in the platform's own fields; a flag in the text wins. */
  readonly options: Options;
  /** What the person wants unless they say otherwise: left out where the model cannot. */
  readonly defaults?: Options;
  readonly images: readonly ImageRef[];
  /** What is to be done with the pictures, when the command says it; otherwise they are transformed. */
  readonly task?: Task;
  /** The words say what is to be done with the pictures: `bỏ cái mũ đi`. Where the rules cannot read them, it is `task`, or else a worker finds out. */
  readonly isInstruction?: boolean;
  /** The person has seen the price. */
  readonly isConfirmed?: boolean;
  /** The price that was seen, where it is known: a higher one was not. */
  readonly agreedMicros?: number;
  readonly words?: GenerationRequest['words'];
  readonly isUnderstood?: GenerationRequest['isUnderstood'];
  /** The earlier request this one goes on from, such as one whose result is replied to. */
  readonly origin?: GenerationRequest['origin'];
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

/** An earlier request to be asked again, by whoever sees it. */
export interface Repeat {
  /** Of the new request, from the platform's own id of the press or the form. */
  readonly id: string;
  readonly of: string;
  /**
   * Again: a new seed. Variations: pictures like its picture. Own words: the same seed, and no improving. Edit: other words, the same pictures.
   * Upscale, zoom out, remove background, animate: what is done with its first picture.
   */
  readonly how: Exclude<(typeof REPEATS)[number], 'reply'>;
  /** Only for `edit`: the words and flags that take the place of the earlier ones. */
  readonly text?: string;
  readonly thread: Thread;
  readonly requester: Requester;
  readonly tenant: string;
  readonly locale: Language | undefined;
}

/** Consent to what was told with a receipt `unconfirmed`. Only whoever asked can give it. */
export interface Confirmation {
  readonly id: string;
  /** Takes the place of the thread that was asked in, where the platform has a better one by now. */
  readonly thread?: Thread;
  readonly actor: Actor;
}

/** Somebody who wants a request ended or its result gone. Only its asker and admins may. */
export interface Actor {
  readonly tenant: string;
  readonly requesterId: string;
  readonly isAdmin: boolean;
}

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly details: RefusalDetails };

/** Where platforms hand in what people want. Every member settles within 1.2 s, whatever is down, and never throws. */
export interface Desk {
  readonly ask: AskFunction;
  /** Refuses with `request-unknown` and `not-finished` beside what `ask` refuses with. */
  repeat(repeat: Repeat): Promise<Told>;
  /** Takes the ask whose price is agreed to. Refuses with `confirmation-gone`, `not-yours`, beside what `ask` refuses with. Twice is once. */
  confirm(confirmation: Confirmation): Promise<Told>;
  /**
   * Done: the request will end with the answer `cancelled`, told where it was asked, as soon as a worker has it in hand. What is being painted
   * is paid for. Whoever asked may also turn down a price with it: what was kept for their consent is gone then.
   * Refuses with `request-unknown`, `not-yours`, `already-finished`.
   */
  cancel(id: string, actor: Actor): Promise<Outcome>;
  /** Done: pictures and words are gone for good, what they cost stays in the books. Refuses with `request-unknown`, `not-yours`, `not-finished`. */
  remove(id: string, actor: Actor): Promise<Outcome>;
}

export type Stop = () => Promise<void>;

/** A place where people ask and are answered. Creating one opens nothing. */
export interface Platform {
  readonly name: string;
  /** Opens the connection and hands everything to the desk. The returned function closes it: nothing is taken afterwards. */
  listen(desk: Desk): Promise<Stop>;
  /** Reads a picture of this platform, in the worker, from this platform's own hosts only. Throws Refusal `picture-gone`, `picture-too-heavy`. */
  download(image: PlatformImage, signal: AbortSignal): Promise<Upload>;
  /**
   * Shows the news where the request came from. Works long after any token of the request has expired, and shows an answer once:
   * on its page it keeps what lets it find an earlier post again, before the call and after it.
   */
  deliver(request: GenerationRequest, news: News, page: Page): Promise<void>;
}
