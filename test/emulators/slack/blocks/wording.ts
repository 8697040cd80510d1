import { objectsBelow, textOf, type JsonObject } from '../json.ts';

/** What a text of the product would do to people, and how it was written. */
export interface Wording {
  readonly mentions: readonly string[];
  /** Texts that call everybody. */
  readonly alarms: readonly string[];
  /** Places where `&`, `<` or `>` stand as they were typed: Slack asks for entities. */
  readonly unescaped: readonly string[];
}

const LINK = /<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|![a-z]+[^<>]*|(?:https?:|mailto:|tel:)[^<>\s|]+)(?:\|[^<>]*)?>/g;
const ALARM = /<!(?:channel|here|everyone|subteam)[^>]*>/g;
const PERSON = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g;
const TYPED_ALARM = /(?:^|\s)@(?:channel|here|everyone)\b/;

function unescapedIn(text: string): string[] {
  const rest = text.replaceAll(LINK, '').replaceAll(/^(?:> ?|>>>)/gm, '');
  return /[<>]|&(?!amp;|lt;|gt;)/.test(rest) ? [text] : [];
}

const mentionsIn = (text: string): string[] => [...text.matchAll(PERSON)].flatMap(([, id]) => id ?? []);

/** Reads a message's own text; `links` when Slack was asked to turn typed names into mentions. */
export function readText(text: string, links: boolean): Wording {
  const typed = links && TYPED_ALARM.test(text) ? [text] : [];
  return { mentions: mentionsIn(text), alarms: [...(text.match(ALARM) ?? []), ...typed], unescaped: unescapedIn(text) };
}

/** Reads what blocks say in Slack's markup; plain text objects are shown as they are and call nobody. */
export function readBlocks(blocks: readonly JsonObject[]): Wording {
  const parts = objectsBelow(blocks);
  const marked = parts.filter(({ type }) => type === 'mrkdwn').flatMap(({ text }) => textOf(text) ?? []);
  const markdown = parts.filter(({ type }) => type === 'markdown').flatMap(({ text }) => textOf(text) ?? []);
  const broadcasts = parts.filter(({ type }) => type === 'broadcast').map(({ range }) => `<!${String(range)}>`);
  const users = parts.filter(({ type }) => type === 'user').flatMap((part) => textOf(part['user_id']) ?? []);
  return {
    mentions: [...marked.flatMap(mentionsIn), ...users],
    alarms: [...[...marked, ...markdown].flatMap((text) => text.match(ALARM) ?? []), ...broadcasts],
    unescaped: marked.flatMap(unescapedIn),
  };
}
