import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** One thing that people have seen: it cannot be taken back. */
export interface Post {
  readonly id: string;
  readonly kind: string;
}

/** A place where people read answers, outside the product. Whatever is posted hangs there, as often as it is posted. */
export interface Noticeboard {
  readonly url: string;
  readonly posts: readonly Post[];
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 64 * 1024;
export const postSchema = z.strictObject({ id: z.string().max(200), kind: z.string().max(20) });

/** Opens it on a free port of the loopback: `POST /posts`, `GET /posts?id=`, and `GET /photo`, the one picture that hangs there from the beginning. */
export async function openNoticeboard(photo: Uint8Array): Promise<Noticeboard> {
  const posts: Post[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://board');
    if (url.pathname === '/photo') return void response.end(photo);
    if (url.pathname !== '/posts') return void response.writeHead(404).end();
    if (request.method === 'POST') posts.push(postSchema.parse(JSON.parse(await textOf(request))));
    const id = url.searchParams.get('id');
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(posts.filter((post) => post.id === id)));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    posts,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > BODY_LIMIT_BYTES) throw new Error('too long for a notice');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
