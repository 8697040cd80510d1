import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { paint } from './paint.ts';

/**
 * The control: the shortest honest bot that a tutorial would write. One process, the SDK as it comes, the picture made in the handler, and an answer
 * when it is done. It keeps nothing, so what was in work when it ends is gone.
 */
const askSchema = z.object({ text: z.string() });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    let json = '';
    for await (const chunk of request) json += String(chunk);
    const picture = await paint(askSchema.parse(JSON.parse(json)).text);
    response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}

const server = createServer((request, response) => {
  if (request.method === 'GET') response.end('ok');
  else void answer(request, response);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) console.log(`listening on http://127.0.0.1:${address.port}/`);
});
