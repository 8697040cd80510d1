import { checkMessageBlocks, checkView, type Checked, type Surroundings } from './blocks/check.ts';
import { readBlocks, readText, type Wording } from './blocks/wording.ts';
import { objectsIn, type JsonObject } from './json.ts';
import type { Parts } from './parts.ts';
import { refuse } from './refusal.ts';

const TEXT_RECOMMENDED = 4000;
const TEXT_MAX = 40_000;
const SHOWABLE = new Set(['image/png', 'image/jpeg', 'image/gif']);

/** Who shows something, for the rules that depend on it. */
export interface Shower {
  readonly teamId: string;
  /** The method that brought it. */
  readonly where: string;
}

function surroundings({ files, world, origin }: Parts, { teamId, where }: Shower): Surroundings {
  return {
    allowsVideo: world.teams.get(teamId)?.app?.scopes.has('links.embed:write') ?? false,
    wrongFile({ id, url }) {
      if (where === 'response_url') return 'invalid slack file';
      const file = id === undefined ? files.byUrlPath((url ?? '').slice(origin.length)) : files.all.get(id);
      const mayBeShown = file !== undefined && file.teamId === teamId && !file.isDeleted && SHOWABLE.has(file.mimetype);
      // Before Slack has looked through a file it has no type. One that nobody has shared yet may or may not be seen by others: not to be relied on.
      return mayBeShown && file.shares.length > 0 ? undefined : 'invalid slack file';
    },
  };
}

function note({ record }: Parts, { mentions, alarms, unescaped }: Wording, where: string): void {
  for (const target of mentions) record.mention(target, where);
  for (const alarm of alarms) record.violate('calls everybody', `${where}: ${alarm}`);
  for (const text of unescaped) record.violate('unescaped text', `${where}: ${text}`);
}

function passed<Value>(parts: Parts, { where }: Shower, checked: Checked<Value>): Value {
  if (checked.ok) return checked.value;
  // A picture that is not ready is the way of the world; everything else is a mistake of whoever built the blocks.
  if (!checked.messages.every((line) => line.includes('invalid slack file'))) {
    parts.record.violate(checked.error, `${where}: ${checked.messages.join('; ')}`);
  }
  return refuse(checked.error, { errors: checked.messages, response_metadata: { messages: checked.messages } });
}

/** The blocks of a message, checked and read for whom they call. */
export function takeBlocks(parts: Parts, given: unknown, shower: Shower): readonly JsonObject[] {
  const blocks = passed(parts, shower, checkMessageBlocks(given, surroundings(parts, shower)));
  note(parts, readBlocks(blocks), shower.where);
  return blocks;
}

export function takeView(parts: Parts, given: unknown, shower: Shower): JsonObject {
  const view = passed(parts, shower, checkView(given, surroundings(parts, shower)));
  note(parts, readBlocks(objectsIn(view['blocks'])), shower.where);
  return view;
}

/** A message's own text, read for whom it calls; what is too long is cut as Slack does, and held against the product. */
export function takeText(parts: Parts, text: string, where: string, links = false): string {
  note(parts, readText(text, links), where);
  if (text.length > TEXT_RECOMMENDED) parts.record.violate('text too long', `${where}: ${text.length} characters`);
  return text.slice(0, TEXT_MAX);
}
