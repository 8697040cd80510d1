import { createHash } from 'node:crypto';

/** Of a message: the same for its `message` event, its `app_mention` and every redelivery of either. */
export function messageRequestId(team: string, channel: string, ts: string): string {
  return `slack-${team}-${channel}-${ts.replaceAll('.', '-')}`;
}

/** Of a command, a press or a form, by the name that Slack gave that one occasion. */
export function occasionRequestId(team: string, occasion: string): string {
  return `slack-${team}-${createHash('sha256').update(occasion).digest('hex').slice(0, 32)}`;
}

/** A UUID that is the same for the same request and step. Slack does not promise to heed it; nothing here relies on it. */
export function messageUuid(requestId: string, step: string): string {
  const hex = createHash('sha256').update(`${requestId} ${step}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
