import { jsonReply, type Reply } from '../http.ts';

/** The body of a 200, member by member as the service writes it. A filtered answer has nothing but its reasons. */
export interface AnswerBody {
  readonly seeds?: readonly number[];
  readonly finish_reasons: readonly (string | null)[];
  readonly images?: readonly string[];
}

export const answerReply = (body: AnswerBody, requestId: string): Reply => jsonReply(200, body, { 'x-amzn-requestid': requestId });
