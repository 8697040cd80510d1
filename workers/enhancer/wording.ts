import { FORM_WRONG, type Question } from './author.ts';
import { checkAnswer } from './checks.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { cacheKey, fingerprint, userTurn, type Order } from './order.ts';
import { ANSWER_JSON_SCHEMA, answerSchema, type ClaudeAnswer } from './schema.ts';

/** The question for a prompt: an answer has the members of the schema, and says what the person said. */
export function askForPrompt(order: Order): Question<ClaudeAnswer> {
  return {
    key: cacheKey(order.envelope),
    fingerprint: fingerprint(order.text),
    ask: (corrections) => ({ system: INSTRUCTIONS, user: userTurn(order.envelope, corrections), schema: ANSWER_JSON_SCHEMA }),
    read(value) {
      const parsed = answerSchema.safeParse(value);
      if (!parsed.success) return FORM_WRONG;
      const answer = parsed.data;
      if (answer.refused) return { kind: 'refused', reason: answer.refusal_reason };
      const violations = checkAnswer(answer, order.asked);
      if (violations.length === 0) return { kind: 'written', answer };
      const codes = violations.map(({ code }) => code).join(' ');
      return { kind: 'wrong', codes, corrections: violations.map(({ sentence }) => sentence) };
    },
  };
}
