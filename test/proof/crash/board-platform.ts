import { z } from 'zod';
import type { News } from '#src/core/answer.ts';
import type { Platform } from '#src/core/platform.ts';
import { postSchema, type Post } from './noticeboard.ts';

export const BOARD = 'board';

/** The three things that can be done at a noticeboard. */
export interface BoardClient {
  find(id: string): Promise<readonly Post[]>;
  post(post: Post): Promise<void>;
  photo(signal: AbortSignal): Promise<Uint8Array>;
}

export function createBoardClient(url: string): BoardClient {
  const fetchOk = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(path, url), init);
    if (!response.ok) throw new Error(`the noticeboard answered ${response.status}`);
    return response;
  };
  return {
    find: async (id) => z.array(postSchema).parse(await (await fetchOk(`/posts?id=${encodeURIComponent(id)}`)).json()),
    post: async (post) => void (await fetchOk('/posts', { method: 'POST', body: JSON.stringify(post) })),
    photo: async (signal) => new Uint8Array(await (await fetchOk('/photo', { signal })).arrayBuffer()),
  };
}

/**
 * A noticeboard as a platform. The board does not know a post that it has already, so the adapter keeps to the port's promise by itself: an
 * intent before the post, a fact after it, and where it finds only the intent it looks at the board first.
 */
export function createBoardPlatform(client: BoardClient): Platform {
  return {
    name: BOARD,
    listen: async () => async () => {},
    download: async (_image, signal) => ({ bytes: await client.photo(signal) }),
    deliver: async ({ id }, news, page) => {
      if (news.kind !== 'answer' || (await page.read('posted')) !== undefined) return;
      const interrupted = (await page.read('intent')) !== undefined;
      if (!interrupted) await page.write('intent', true);
      if (!interrupted || (await client.find(id)).length === 0) {
        if (news.answer.kind === 'made') for (const { key } of news.answer.pictures) await news.open(key);
        if (news.answer.kind === 'made' && news.answer.clip !== undefined) await watch(news, news.answer.clip.key);
        await client.post({ id, kind: news.answer.kind });
      }
      await page.write('posted', true);
    },
  };
}

/** To its end, or it is no clip. */
async function watch(news: Extract<News, { kind: 'answer' }>, key: string): Promise<void> {
  if (news.clips === undefined) throw new Error('a clip without a shelf');
  const { sizeBytes, bytes } = await news.clips.open(key);
  let seenBytes = 0;
  for await (const part of bytes) seenBytes += part.length;
  if (seenBytes !== sizeBytes) throw new Error('a clip that is not whole');
}
