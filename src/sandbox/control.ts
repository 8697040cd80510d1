import { z } from 'zod';
import type { Calls } from './calls.ts';
import type { Charges } from './charges.ts';
import { faultRuleSchema, type Faults } from './faults.ts';
import { jsonReply, type Ask, type Reply } from './http.ts';

export interface ControlParts {
  readonly faults: Faults;
  readonly charges: Charges;
  readonly calls: Calls;
}

const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;
const rulesSchema = z.union([faultRuleSchema.transform((rule) => [rule]), z.array(faultRuleSchema).max(1000)]);

/**
 * Lets tests and other processes steer the sandbox: `POST` and `DELETE /_sandbox/faults`, `GET /_sandbox/charges`, `GET /_sandbox/calls`.
 * Only for programs of this machine: a web page that a browser brought here sends an Origin, or another host's name.
 */
export const createControl =
  (parts: ControlParts) =>
  (ask: Ask, fromLoopback: boolean): Reply => {
    const host = ask.headers[':authority'] ?? ask.headers['host'] ?? '';
    if (!fromLoopback || !LOOPBACK_HOST.test(host) || ask.headers['origin'] !== undefined)
      return jsonReply(403, { message: 'loopback only' });
    switch (`${ask.method} ${ask.path}`) {
      case 'POST /_sandbox/faults':
        return addFaults(parts.faults, ask);
      case 'DELETE /_sandbox/faults':
        parts.faults.clear();
        return { status: 204, headers: {}, body: '' };
      case 'GET /_sandbox/charges':
        return jsonReply(200, parts.charges.sum());
      case 'GET /_sandbox/calls':
        return jsonReply(200, { calls: parts.calls.list() });
      default:
        return jsonReply(404, { message: 'no such control' });
    }
  };

function addFaults(faults: Faults, ask: Ask): Reply {
  try {
    const rules = rulesSchema.parse(JSON.parse(ask.body.toString('utf8')));
    faults.add(rules);
    return jsonReply(200, { added: rules.length });
  } catch (error) {
    return jsonReply(400, { message: error instanceof Error ? error.message : 'not a rule' });
  }
}
