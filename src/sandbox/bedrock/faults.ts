import sharp from 'sharp';
import type { BedrockFault } from '../fault-kinds.ts';
import { HTML_503, type Reply } from '../http.ts';
import { EXPIRED_TOKEN } from './access.ts';
import { answerReply, filteredReply, type AnswerBody } from './answer.ts';
import { END_OF_LIFE, errorReply, INTERNAL, NO_ACCESS, NOT_READY, QUOTA, THROTTLED, UNAVAILABLE, type ServiceError } from './errors.ts';
import type { Dialect } from './rules.ts';

/**
 * How a fault comes about: before anything was made, so that nothing is billed, or after, so that it is. What nobody can tell from outside
 * counts as made, a picture that was held back among it. That any filtered call is not billed is not confirmed.
 */
export type Outcome =
  | { readonly billed: false; reply(requestId: string, dialect: Dialect): Reply }
  | { readonly billed: true; reply(made: AnswerBody, requestId: string, dialect: Dialect): Reply | Promise<Reply> };

const refused = (error: ServiceError): Outcome => ({ billed: false, reply: (requestId) => errorReply(error, requestId) });
const failed = (error: ServiceError): Outcome => ({ billed: true, reply: (_made, requestId) => errorReply(error, requestId) });
const filtered = (reason: string): Outcome => ({
  billed: false,
  reply: (requestId, dialect) => filteredReply(reason, requestId, dialect),
});
const heldBack = (reason: string): Outcome => ({
  billed: true,
  reply: (_made, requestId, dialect) => filteredReply(reason, requestId, dialect),
});
const spoiled = (spoil: (made: AnswerBody) => AnswerBody | Promise<AnswerBody>): Outcome => ({
  billed: true,
  reply: async (made, requestId, dialect) => answerReply(await spoil(made), requestId, dialect),
});
const broken = (ending: Reply['ending']): Outcome => ({
  billed: true,
  reply: (made, requestId, dialect) => ({ ...answerReply(made, requestId, dialect), ...(ending === undefined ? {} : { ending }) }),
});

const TIMED_OUT: ServiceError = { type: 'ModelTimeoutException', status: 408, message: 'The request took too long to process.' };
const MODEL_FAILED: ServiceError = {
  type: 'ModelErrorException',
  status: 424,
  message: 'The request failed due to an error while processing the model.',
  fields: { originalStatusCode: 500, resourceName: 'sandbox' },
};

/** The same picture under the type that was not asked for. */
async function inAnotherFormat(made: AnswerBody): Promise<AnswerBody> {
  const picture = sharp(Buffer.from(made.images?.[0] ?? '', 'base64'));
  const { format } = await picture.metadata();
  const other = await picture.toFormat(format === 'png' ? 'jpeg' : 'png').toBuffer();
  return { ...made, images: [other.toString('base64')] };
}

const truncated: Outcome = {
  billed: true,
  reply(made, requestId, dialect) {
    const whole = answerReply(made, requestId, dialect);
    return { ...whole, body: String(whole.body).slice(0, Math.floor(whole.body.length / 2)) };
  },
};

export const OUTCOMES: Readonly<Record<BedrockFault, Outcome>> = {
  throttle: refused(THROTTLED),
  'not-ready': refused(NOT_READY),
  'quota-exceeded': refused(QUOTA),
  'unavailable-503': refused(UNAVAILABLE),
  'html-503': { billed: false, reply: () => HTML_503 },
  'access-denied': refused(NO_ACCESS),
  'expired-token': refused(EXPIRED_TOKEN),
  'end-of-life': refused(END_OF_LIFE),
  'filter-prompt': filtered('Filter reason: prompt'),
  'filter-input': filtered('Filter reason: input image'),
  'filter-output': heldBack('Filter reason: output image'),
  'server-error-500': failed(INTERNAL),
  'timeout-408': failed(TIMED_OUT),
  'model-error-424': failed(MODEL_FAILED),
  'inference-error': spoiled(() => ({ finish_reasons: ['Inference error'] })),
  'bad-base64': spoiled((made) => ({ ...made, images: ['?not*base64!'] })),
  'empty-images': spoiled((made) => ({ ...made, images: [] })),
  'wrong-format': spoiled(inAnotherFormat),
  'truncated-json': truncated,
  slow: broken(undefined),
  reset: broken('reset'),
  hang: broken('hang'),
  'close-midway': broken('close-midway'),
  'stall-midway': broken('stall-midway'),
};
