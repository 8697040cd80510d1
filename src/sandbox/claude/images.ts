import sharp from 'sharp';
import type { ImageBlock, MessagesRequest } from './request.ts';

const SIDE_PIXELS_MAX = 8000;
/** Of one picture, decoded from base64. */
const BYTES_MAX = 5 * 1024 * 1024;
const TOKENS_PER_IMAGE_MAX = 1568;
const PATCH_PIXELS = 28;

/** What the images of a request cost in tokens, or the service's words for the first that it cannot take. */
export async function readImages({ messages }: MessagesRequest): Promise<number | string> {
  const blocks = messages.flatMap(({ content }, index) =>
    typeof content === 'string' ? [] : content.map((block, place) => ({ block, at: `messages.${index}.content.${place}.image.source` })),
  );
  let tokens = 0;
  for (const { block, at } of blocks) {
    if (block.type !== 'image') continue;
    const read = await readImage(block, at);
    if (typeof read === 'string') return read;
    tokens += read;
  }
  return tokens;
}

async function readImage({ source }: ImageBlock, at: string): Promise<number | string> {
  const bytes = Buffer.from(source.data, 'base64');
  if (bytes.length > BYTES_MAX) return `${at}: image exceeds 5 MB maximum: ${bytes.length} bytes > ${BYTES_MAX} bytes`;
  const metadata = await sharp(bytes, { limitInputPixels: SIDE_PIXELS_MAX ** 2 })
    .metadata()
    .catch(() => undefined);
  if (metadata === undefined) return `${at}: Could not process image`;
  const { format, width, height } = metadata;
  if (`image/${format}` !== source.media_type) return `${at}: Image does not match the provided media type ${source.media_type}`;
  if (Math.max(width, height) > SIDE_PIXELS_MAX) return `${at}: image dimensions exceed max allowed size: ${SIDE_PIXELS_MAX} pixels`;
  return Math.min(TOKENS_PER_IMAGE_MAX, Math.ceil(width / PATCH_PIXELS) * Math.ceil(height / PATCH_PIXELS));
}
