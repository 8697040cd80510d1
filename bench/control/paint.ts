import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';

const client = new BedrockRuntimeClient({});
const answerSchema = z.object({ images: z.tuple([z.string()]) });

/** One picture, with the SDK as it comes: three attempts. */
export async function paint(text: string): Promise<Buffer> {
  const body = JSON.stringify({ prompt: text, aspect_ratio: '1:1', output_format: 'png' });
  const modelId = 'stability.stable-image-core-v1:1';
  const command = new InvokeModelCommand({ modelId, contentType: 'application/json', accept: 'application/json', body });
  const { body: bytes } = await client.send(command);
  const { images } = answerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return Buffer.from(images[0], 'base64');
}
