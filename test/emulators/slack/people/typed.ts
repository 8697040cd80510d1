import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What Slack's window makes of typed words: names become mentions, and both the text and the blocks say so. */
export function typed(
  world: World,
  text: string,
): { readonly text: string; readonly blocks: readonly JsonObject[]; readonly userIds: readonly string[] } {
  const ids = new Map([...world.people.values()].map(({ name, id }) => [name.toLowerCase(), id]));
  const userIds: string[] = [];
  const elements: JsonObject[] = [];
  const pieces = text.split(/(@[\p{L}\p{N}_-]+)/u).filter((piece) => piece !== '');
  const marked = pieces.map((piece) => {
    const id = piece.startsWith('@') ? ids.get(piece.slice(1).toLowerCase()) : undefined;
    elements.push(id === undefined ? { type: 'text', text: piece } : { type: 'user', user_id: id });
    if (id === undefined) return escaped(piece);
    userIds.push(id);
    return `<@${id}>`;
  });
  const section = { type: 'rich_text_section', elements };
  const blocks = elements.length === 0 ? [] : [{ type: 'rich_text', block_id: 'typed', elements: [section] }];
  return { text: marked.join(''), blocks, userIds };
}
