import type { Faults } from './faults.ts';
import { jsonReply, type Ask, type Reply } from './http.ts';
import { isObject, parseJson } from './json.ts';
import type { Parts } from './parts.ts';
import type { Posting } from './posting.ts';
import { refuse, refusedAnswer } from './refusal.ts';
import { speak } from './spoken.ts';
import { spoil } from './spoil.ts';

/** The address in every interaction: JSON, five times within thirty minutes. Here Slack says no with 404. */
export function createResponses(parts: Parts, posting: Posting, faults: Faults): (ask: Ask) => Promise<Reply> {
  const { record, triggers } = parts;

  function answer(ask: Ask): Reply {
    try {
      const place = triggers.useResponse(ask.url.pathname);
      const json = parseJson(ask.body.toString());
      if (ask.method !== 'POST' || !isObject(json)) {
        record.violate('response_url', 'takes JSON that is posted');
        return refuse('invalid_payload');
      }
      speak(parts, posting, json, place, 'response_url');
      return jsonReply(200, { ok: true });
    } catch (error) {
      const refused = refusedAnswer(error);
      if (refused === undefined) throw error;
      return jsonReply(refused['error'] === 'invalid_blocks' ? 400 : 404, refused);
    }
  }

  return (ask) => {
    const call = record.call('response_url', { body: parseJson(ask.body.toString()) });
    return spoil(faults.strike('response_url'), call, parts, async () => {
      const reply = answer(ask);
      Object.assign(call, { status: reply.status, outcome: reply.status === 200 ? 'ok' : String(reply.body) });
      return reply;
    });
  };
}
