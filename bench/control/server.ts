import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';

/**
 * The control: the shortest honest bot that a tutorial would write. One process, the SDK as it comes, the picture made in the handler, and an answer
 * when it is done. It keeps nothing, so what was in work when it ends is gone.
 */
const client = new BedrockRuntimeClient({});
const answerSchema = z.object({ images: z.tuple([z.string()]) });
const askSchema = z.object({ text: z.string() });

async function paint(text: string): Promise<Buffer> {
  const body = JSON.stringify({ prompt: text, aspect_ratio: '1:1', output_format: 'png' });
  const modelId = 'stability.stable-image-core-v1:1';
  const command = new InvokeModelCommand({ modelId, contentType: 'application/json', accept: 'application/json', body });
  const { body: bytes } = await client.send(command);
  const { images } = answerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return Buffer.from(images[0], 'base64');
}

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
