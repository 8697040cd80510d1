import { z } from 'zod';

/** What an answer says, with the first picture as bytes. */
export interface Answer {
  readonly finishReason: string | undefined;
  /** What a model of Amazon says of pictures that it kept to itself. */
  readonly error: string | undefined;
  readonly seed: number | undefined;
  readonly picture: Buffer | undefined;
}

const envelopeSchema = z.object({
  finish_reasons: z.array(z.string().nullable()).optional(),
  // A picture that was paid for is not given up because the number beside it is odd.
  seeds: z.array(z.int()).optional().catch(undefined),
  images: z.array(z.string()).optional(),
  error: z.string().nullish().catch(undefined),
});
type Envelope = z.infer<typeof envelopeSchema>;

const IMAGES = Buffer.from('"images"');
const QUOTE = 0x22;
/** Stands in the envelope for the picture that was cut out of it. No base64 looks like this. */
const CUT_OUT = '<picture>';

/**
 * Reads `{"seeds":[1],"finish_reasons":[null],"images":["…"]}` and throws an Error where there is no such thing. The megabytes of base64 are cut out
 * of the bytes and only the rest is parsed as JSON; an answer of another shape is parsed whole. Both ways give the same.
 */
export function readAnswer(body: Uint8Array): Answer {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return readCut(bytes) ?? readWhole(bytes);
}

function readCut(bytes: Buffer): Answer | undefined {
  const start = firstPictureAt(bytes);
  const end = start === undefined ? -1 : bytes.indexOf(QUOTE, start);
  if (start === undefined || end === -1) return undefined;
  const envelope = parseEnvelope(`${bytes.toString('utf8', 0, start)}${CUT_OUT}${bytes.toString('utf8', end)}`);
  // Only when the cut lies where the first picture of the outermost object is, it was a picture.
  if (envelope?.images?.[0] !== CUT_OUT) return undefined;
  const picture = decodeBase64(bytes.toString('latin1', start, end));
  return picture === undefined ? undefined : answerOf(envelope, picture);
}

/** Where the base64 of `"images" : [ "` begins, with any white space that JSON allows. */
function firstPictureAt(bytes: Buffer): number | undefined {
  let at = bytes.indexOf(IMAGES);
  if (at === -1) return undefined;
  at += IMAGES.byteLength;
  for (const sign of [0x3a, 0x5b, QUOTE]) {
    while (isSpace(bytes[at])) at += 1;
    if (bytes[at] !== sign) return undefined;
    at += 1;
  }
  return at;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function readWhole(bytes: Buffer): Answer {
  const envelope = parseEnvelope(bytes.toString('utf8'));
  if (envelope === undefined) throw new Error(`the answer (${bytes.byteLength} bytes) is not what the model is documented to say`);
  const base64 = envelope.images?.[0] ?? '';
  const picture = decodeBase64(base64);
  if (picture === undefined) throw new Error(`the picture in the answer (${base64.length} characters) is not base64`);
  return answerOf(envelope, picture);
}

/** Nothing of the text goes into an error: it may hold what a person wrote. */
function parseEnvelope(text: string): Envelope | undefined {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Node decodes what it can and skips the rest in silence, so what comes out is held against what went in: any stranger among the characters makes
 * it shorter. The two characters of the URL alphabet, which Node takes too, are looked for.
 */
export function decodeBase64(base64: string): Buffer | undefined {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  if (base64.length % 4 !== 0 || base64.includes('-') || base64.includes('_')) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.byteLength === (base64.length / 4) * 3 - padding ? bytes : undefined;
}

const answerOf = ({ finish_reasons: reasons, seeds, error }: Envelope, picture: Buffer): Answer => ({
  finishReason: reasons?.[0] ?? undefined,
  error: error ?? undefined,
  seed: seeds?.[0],
  picture: picture.byteLength === 0 ? undefined : picture,
});
