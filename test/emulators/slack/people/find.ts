import { isObject, objectsIn, textOf, type JsonObject } from '../json.ts';
import type { Message } from '../messages.ts';
import type { Parts } from '../parts.ts';
import type { Channel, Person } from '../world.ts';

export interface FoundElement {
  readonly blockId: string;
  readonly element: JsonObject;
}

const words = (value: unknown): string | undefined => (isObject(value) ? textOf(value['text']) : textOf(value));

/** Everything in these blocks that a person can press, choose or fill in. */
export function elementsIn(blocks: readonly JsonObject[]): FoundElement[] {
  return blocks.flatMap((block) => {
    const blockId = textOf(block['block_id']) ?? '';
    const cards = elementsIn(objectsIn(block['elements']).filter(({ type }) => type === 'card'));
    const candidates = [...objectsIn(block['elements']), ...objectsIn(block['actions']), block['accessory'], block['element']];
    const elements = candidates.filter(isObject).filter((element) => textOf(element['action_id']) !== undefined);
    return [...elements.map((element) => ({ blockId, element })), ...cards];
  });
}

/** By what is written on it, by its placeholder, by the name the product gave it, or by its block's name, a slash and its own where several are alike. */
export function findElement(blocks: readonly JsonObject[], wanted: string): FoundElement | undefined {
  return elementsIn(blocks).find(({ blockId, element }) => {
    const name = textOf(element['action_id']) ?? '';
    return [words(element['text']), words(element['placeholder']), name, `${blockId}/${name}`].includes(wanted);
  });
}

export const labelsIn = (blocks: readonly JsonObject[]): string[] =>
  elementsIn(blocks).map(({ element }) => words(element['text']) ?? textOf(element['action_id']) ?? '');

export function findChannel({ world }: Parts, person: Person, wanted: string): Channel {
  const bot = world.teams.get(person.teamId)?.app?.botUserId;
  const team = world.teams.get(person.teamId);
  if (wanted === '@bot' && bot !== undefined && team !== undefined) return world.openDirect(team, [person.id, bot]);
  const name = wanted.replace(/^#/, '');
  const found = [...world.channels.values()].find(
    (channel) => (channel.name === name || channel.id === name) && world.sees(person.teamId, channel),
  );
  if (found === undefined) throw new Error(`${person.name} sees no channel ${wanted}`);
  return found;
}

/** The newest message in front of the person that has something of this name to press. */
export function findPressable({ messages, world }: Parts, person: Person, wanted: string): Message {
  const seen = messages
    .all()
    .filter(({ channelId, onlyFor }) => world.channels.get(channelId)?.memberIds.has(person.id) && (onlyFor ?? person.id) === person.id);
  const found = seen.findLast(({ blocks }) => findElement(blocks, wanted) !== undefined);
  if (found !== undefined) return found;
  const labels = [...new Set(seen.flatMap(({ blocks }) => labelsIn(blocks)))];
  throw new Error(`${person.name} sees no “${wanted}”, only ${labels.length === 0 ? 'nothing to press' : labels.join(', ')}`);
}
