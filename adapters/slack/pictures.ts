import { z } from 'zod';
import { Refusal, TryLater } from '#src/core/failure.ts';
import type { Upload } from '#src/core/media.ts';
import type { SlackApi } from './api.ts';
import { DEAD_TOKEN } from './errors.ts';
import { SLACK_LIMITS } from './config.ts';
import type { FileSource } from './address.ts';
import type { Tokens } from './tokens.ts';
import type { Wire } from './wire.ts';

const fileSchema = z.object({
  file: z.looseObject({
    mimetype: z.string().default(''),
    mode: z.string().default(''),
    size: z.number().default(0),
    url_private: z.string().optional(),
    url_private_download: z.string().optional(),
  }),
});

const FRESH_WAIT_MS = 1500;
const AWAY_WAIT_MS = 3000;

/**
 * Reads a picture that somebody sent. Slack is asked about the file first, always: an event of a shared channel does not say what it is, and a
 * fresh file has no type yet. Throws Refusal `picture-gone`, `picture-too-heavy`, `picture-type`, and TryLater.
 */
export async function downloadPicture(
  { team, file }: FileSource,
  { api, tokens, wire }: { readonly api: SlackApi; readonly tokens: Tokens; readonly wire: Wire },
  signal: AbortSignal,
): Promise<Upload> {
  signal.throwIfAborted();
  const reply = await api.call(team, 'files.info', { file });
  signal.throwIfAborted();
  if (reply.kind === 'unknown') throw new TryLater('unreachable', AWAY_WAIT_MS);
  if (reply.kind === 'refused') throw new Refusal('picture-gone', {}, new Error(`files.info: ${reply.error}`));
  const { mimetype, mode, size, url_private, url_private_download: url = url_private } = fileSchema.parse(reply.body).file;
  if (mode === 'external' || mode === 'tombstone' || url === undefined) throw new Refusal('picture-gone');
  if (mimetype === '') throw new TryLater('not-ready', FRESH_WAIT_MS);
  if (!mimetype.startsWith('image/')) throw new Refusal('picture-type', { found: mimetype });
  if (size > SLACK_LIMITS.pictureBytes) throw new Refusal('picture-too-heavy', { limitMegabytes: SLACK_LIMITS.pictureMegabytes });
  const identity = await tokens.of(team);
  if (identity === undefined) throw new Refusal('picture-gone', {}, new Error(DEAD_TOKEN[0]));
  try {
    return await wire.download(url, identity.botToken, signal);
  } catch (error) {
    if (error instanceof Refusal || signal.aborted) throw error;
    throw new TryLater('unreachable', AWAY_WAIT_MS, error);
  }
}
