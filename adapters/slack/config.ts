const MEBIBYTE = 1024 * 1024;
const MINUTE_MS = 60_000;

/** How Slack reaches this product, and for whom it works. */
export interface SlackConfig {
  /** Where the Web API is, with a slash at the end: another one for GovSlack, or for a stand-in. */
  readonly apiUrl: string;
  readonly connection:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly host: string; readonly port: number };
  readonly access:
    | { readonly kind: 'one-workspace'; readonly botToken: string }
    | {
        readonly kind: 'many-workspaces';
        readonly clientId: string;
        readonly clientSecret: string;
        /** Where people's browsers reach the installation pages, without a slash at the end. */
        readonly publicUrl: string | undefined;
      };
}

export const SLACK = 'slack';

/** What one call, one picture and one wait may take. */
export const SLACK_LIMITS = {
  callMs: 15_000,
  uploadMs: 120_000,
  pictureMegabytes: 20,
  pictureBytes: 20 * MEBIBYTE,
  /** Connections in Socket Mode: when Slack ends one of them, the other still takes what comes. */
  sockets: 2,
  /** How long a start waits for Slack before it goes on and connects when it can. */
  connectMs: 10_000,
  /** How long a stop lets what was acknowledged come to its end. */
  stopMs: 5000,
  /** Of the three seconds, what looking somebody up may take. */
  personMs: 300,
  personKeptMs: 10 * MINUTE_MS,
  peopleKept: 5000,
  /** Until then the gateway may still be posting the message under which an answer belongs. */
  postingMs: 20_000,
  /** A file that has not appeared by then is taken back and sent anew. */
  sharingMs: 30_000,
  /** The same for a clip, which Slack looks through for longer. */
  clipSharingMs: 90_000,
  /** What a clip is made lighter to, where Slack does not take it as it is. */
  clipLightBytes: 8 * MEBIBYTE,
  /** What a new link to a clip may take; what was pressed is acknowledged by then. */
  linkingMs: 10_000,
  /** A status ends by itself after two minutes. */
  statusMs: 90_000,
  statusLongestMs: 30 * MINUTE_MS,
  /** How far a signed request's clock may be ahead of ours. */
  clockAheadMs: MINUTE_MS,
  bodyBytes: MEBIBYTE,
  homeResults: 5,
} as const;

/** What Slack takes in one piece of a message or a modal, in UTF-16 units, by its published limits. */
export const TEXT_LIMITS = {
  message: 3900,
  section: 3000,
  context: 3000,
  button: 75,
  modalTitle: 24,
  option: 75,
  input: 3000,
  fileTitle: 200,
  label: 2000,
} as const;
