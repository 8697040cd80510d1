import { jsonReply, type Reply } from '../http.ts';
import { errorReply, validation } from './errors.ts';
import type { Dialect } from './rules.ts';

/** What a model has to say, whichever way its family says it. A filtered answer has nothing but its reasons. */
export interface AnswerBody {
  readonly seeds?: readonly number[];
  readonly finish_reasons: readonly (string | null)[];
  readonly images?: readonly string[];
}

/** The body of a 200, member by member as the family writes it. */
export const answerReply = (body: AnswerBody, requestId: string, dialect: Dialect): Reply =>
  jsonReply(200, BODIES[dialect](body), { 'x-amzn-requestid': requestId });

const BODIES: Readonly<Record<Dialect, (body: AnswerBody) => unknown>> = {
  generation: (body) => body,
  service: (body) => body,
  task: ({ finish_reasons: [reason], images = [] }) => (reason == null ? { images } : { images: [], error: KEPT_BACK }),
  artifacts: ({ finish_reasons: [reason], seeds, images = [''] }) => ({
    result: 'success',
    artifacts: images.map((base64, index) => ({
      seed: seeds?.[index] ?? 0,
      base64,
      finishReason: reason == null ? 'SUCCESS' : reason.startsWith('Filter') ? 'CONTENT_FILTERED' : 'ERROR',
    })),
  }),
};

const KEPT_BACK = 'Our content filters blocked some of the generated images. Please adjust your request and try again.';
const BLOCKED =
  'This request has been blocked by our content filters. Our filters automatically flagged this prompt because it may conflict our AUP or AWS Responsible AI Policy. Please adjust your text prompt to submit a new request.';

/** Words that the filter stops are an error to the older families, and a successful answer without a picture to the others. */
export function filteredReply(reason: string, requestId: string, dialect: Dialect): Reply {
  const isOfWords = reason.endsWith('prompt');
  if (isOfWords && dialect === 'task') return errorReply(validation(BLOCKED), requestId);
  if (isOfWords && dialect === 'artifacts')
    return errorReply(validation('invalid_prompts: one or more prompts contains filtered words.'), requestId);
  return answerReply({ finish_reasons: [reason] }, requestId, dialect);
}
