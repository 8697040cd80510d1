import { randomUUID } from 'node:crypto';
import type { Blobs } from '#src/core/blobs.ts';
import { Refusal } from '#src/core/failure.ts';
import type { AskFunction } from '#src/core/platform.ts';
import { PROMPT_LENGTH_MAX } from '#src/core/request.ts';
import { WEB_LIMITS } from './config.ts';
import { buildAsk, WEB, type Asker } from './parse.ts';
import { keepPicture } from './picture.ts';
import { renderTold, type ToldView } from './render.ts';

export interface Post {
  readonly id: string | undefined;
  readonly text: string;
  readonly picture: Uint8Array | undefined;
}

/** One post, from the form to the receipt. The picture is durable before anybody is asked to paint. */
export async function takePost(post: Post, asker: Asker, blobs: Blobs, ask: AskFunction): Promise<ToldView> {
  const id = post.id ?? `${WEB}-${randomUUID()}`;
  try {
    const length = post.text.length;
    if (length > WEB_LIMITS.textLength) throw new Refusal('prompt-too-long', { limit: PROMPT_LENGTH_MAX, length });
    const keys = post.picture === undefined ? [] : [await keepPicture(post.picture, blobs)];
    return renderTold(id, await ask(buildAsk(id, post.text, keys, asker)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return renderTold(id, { receipt: { kind: 'refused', code: error.code, details: error.details }, language: asker.language });
  }
}
