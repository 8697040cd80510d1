const MEBIBYTE = 1024 * 1024;

/** What one request to the page's server may weigh and take. */
export const WEB_LIMITS = {
  pictureMegabytes: 20,
  pictureBytes: 20 * MEBIBYTE,
  /** A picture of the highest weight, the words, and the form around them; several pictures share it. */
  formBytes: 21 * MEBIBYTE,
  /** The page sends nine. */
  formParts: 12,
  /** Forms that are read side by side: each is in memory as a whole, for as long as it takes to arrive. */
  formsAtOnce: 24,
  jsonBytes: 64 * 1024,
  textLength: 64 * 1024,
  /** Messages of a channel that are read at once. */
  messagesLength: 30,
  /** Replies of one thread that are shown: the latest. */
  repliesLength: 100,
  galleryLength: 48,
  /** How often the gallery reads on when what it found belongs to rooms that the person may not see. */
  galleryReads: 10,
  channelsMax: 200,
  channelNameLength: 40,
  membersMax: 100,
  usageDays: 30,
  /** Where people sign in: what one of them may ask for, and what one address may try at the door. */
  asking: { atOnce: 20, perMinute: 30 },
  signingIn: { atOnce: 10, perMinute: 10 },
  headersMs: 20_000,
  /** A heavy picture over a slow telephone. */
  requestMs: 120_000,
  stopMs: 5000,
  letGoMs: 1000,
  /** How long pictures are kept for somebody who was told a price and has not answered: longer than any price stands. */
  unconfirmedMs: 2 * 86_400_000,
  /** How often what nobody will come back for is looked for. */
  tidyMs: 6 * 3_600_000,
  /** For a channel or an earlier request, while somebody waits for a receipt. */
  lookUpMs: 800,
  /** Less than whoever probes usually waits. */
  healthMs: 1000,
} as const;

/** How what happens is passed on to the pages that are open. */
export const STREAM_LIMITS = {
  /** Between two looks at the ledger, while something is in work and while nothing is. */
  lookMs: 300,
  idleLookMs: 2000,
  /** Requests that are looked at, the newest first, and waiting ones beside them. */
  newestLength: 50,
  openLength: 50,
  /** What is remembered for a page whose connection broke. */
  eventsLength: 500,
  /** Proxies close what is silent for a minute. */
  heartbeatMs: 15_000,
  pagesMax: 1000,
  pagesOfOne: 30,
  /** What one page may have waiting before it is told to come again. */
  backlogBytes: MEBIBYTE,
} as const;

/** The widths in which pictures are handed out beside their own. */
export const THUMBNAIL_WIDTHS = [320, 640, 1024] as const;

export interface WebConfig {
  /** The address to listen on; `127.0.0.1` is reached from this machine only. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names under which the page may be reached besides localhost and bare addresses, such as the one a proxy serves. */
  readonly names: readonly string[];
}
