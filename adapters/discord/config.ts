const MEBIBYTE = 1024 * 1024;

/** What Discord allows, and what this adapter allows itself. */
export const DISCORD_LIMITS = {
  contentLength: 2000,
  altTextLength: 1024,
  /** A field of a form. */
  inputLength: 4000,
  threadNameLength: 100,
  /** A link that leaves room for the words around it. */
  linkLength: 1200,
  choicesMax: 25,
  choiceLength: 100,
  /** A file of a message of the bot, unless the server's boosts allow more. */
  fileBytes: 10 * MEBIBYTE,
  /** All of a message's files, and some room for the words around them. */
  messageBytes: 24 * MEBIBYTE,
  /** What the picture that somebody sends may weigh. */
  pictureMegabytes: 25,
  pictureBytes: 25 * MEBIBYTE,
  /** A person's client waits three seconds for the first answer. */
  answerMs: 2500,
  /** Of these, what one look in the ledger or the cabinet may take. There are two at most before the desk is asked, which takes up to 1.5 s. */
  lookUpMs: 400,
  /** The same for a message, for whose answer no client waits. */
  messageLookUpMs: 3000,
  /** The token of an interaction works for fifteen minutes; the last of them is left alone. */
  tokenMs: 14 * 60_000,
  /** How long the first answer of an interaction, or the receipt of a message, is waited for by a worker that is faster. */
  receiptMs: 10_000,
  /** "The past few minutes" in which an enforced nonce finds its message again, on the safe side. */
  nonceMs: 2 * 60_000,
  /** Between two edits that show how far a request is. */
  progressMs: 3000,
  requestMs: 15_000,
  uploadMs: 90_000,
  downloadMs: 60_000,
  /** A rate limit up to this long is waited out; a longer one gives the job back to the queue. */
  limitWaitMs: 1500,
  /** After a rejected token: how long nothing is asked of Discord, which blocks addresses that go on. */
  rejectedMs: 60_000,
  /** How many answers of the kind for which Discord blocks an address one process may hear in ten minutes: half of them all. */
  invalidMax: 5000,
  /** How long Discord keeps a session whose connection is gone, on the safe side. */
  sessionMs: 5 * 60_000,
  /** How often the place in the stream of events is put down. */
  markMs: 250,
  /** How far back earlier posts are looked for. */
  searchPages: 5,
  webhookBytes: 1024 * 1024,
} as const;

/** Which servers get a thread for every request. */
export type ThreadWish = 'all' | ReadonlySet<string>;

export interface DiscordConfig {
  readonly token: string;
  /** The application's public key in hex: interactions come by HTTP, signed with it. Without it they come through the gateway. */
  readonly publicKey: string | undefined;
  readonly host: string;
  /** Where signed interactions are taken; 0 takes any free port. */
  readonly port: number;
  /** False for replicas that only take interactions by HTTP: replies and mentions come through the gateway alone. */
  readonly gateway: boolean;
  /** All shards there are, and those of this process: Discord's advice, and all of them, when nothing is said. */
  readonly shardCount: number | undefined;
  readonly shardIds: readonly number[] | undefined;
  /** The privileged intent is granted: also messages that do not mention the bot can be read. */
  readonly messageContent: boolean;
  readonly threads: ThreadWish;
  /** The commands are for adults, in age-restricted channels. */
  readonly ageRestricted: boolean;
  /** People may install the application for themselves and use it everywhere. */
  readonly userInstall: boolean;
  /** This process's share of the fifty requests a second that a bot has. */
  readonly requestsPerSecond: number;
  /** Discord itself, or a proxy that several processes share. */
  readonly apiUrl: string;
  /** Where files are served instead of Discord's own two hosts. */
  readonly cdnUrl: string | undefined;
}
