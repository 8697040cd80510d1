import type { z } from 'zod';
import { isObject, objectsBelow, objectsIn, parseJson, textOf, type JsonObject } from '../json.ts';
import { anyView, messageBlocks } from './blocks.ts';

/** Either the blocks as they may be shown, or what is wrong with them, in Slack's words and with the place. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: string; readonly messages: readonly string[] };

/** What Block Kit's own schema cannot know: the files of the workspace. */
export interface Surroundings {
  /** Undefined when the file may be shown, else Slack's words against it. */
  wrongFile(file: { readonly id?: string; readonly url?: string }): string | undefined;
  allowsVideo: boolean;
}

const VIEW_BYTES_MAX = 250_000;

function words(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'array'
        ? `no more than ${issue.maximum} items allowed`
        : `must be less than ${Number(issue.maximum) + 1} characters`;
    case 'too_small':
      return issue.origin === 'array'
        ? `no fewer than ${issue.minimum} items allowed`
        : `must be more than ${Number(issue.minimum) - 1} characters`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? 'missing required field'
        : `failed to match all allowed schemas: ${issue.message}`;
    case 'invalid_union':
      return 'unsupported type';
    default:
      return issue.message;
  }
}

const pointer = (path: readonly PropertyKey[]): string => path.map((step) => `/${String(step)}`).join('');

const refused = (error: string, lines: readonly string[]): Checked<never> => ({
  ok: false,
  error,
  messages: lines.map((line) => `[ERROR] ${line}`),
});

const issuesOf = (error: z.ZodError, root: string): string[] =>
  error.issues.map((issue) => `${words(issue)} [json-pointer:${root}${pointer(issue.path)}]`);

/** The same name twice: of blocks on the surface, of actions in a block. */
function doubles(blocks: readonly JsonObject[]): string[] {
  const twice = (names: readonly (string | undefined)[]): string[] =>
    names.filter((name, index): name is string => name !== undefined && names.indexOf(name) !== index);
  const blockIds = twice(blocks.map((block) => textOf(block['block_id']))).map((id) => `block_id "${id}" already exists`);
  const actionIds = blocks.flatMap((block) => twice(objectsBelow(block).map((part) => textOf(part['action_id']))));
  return [...blockIds, ...actionIds.map((id) => `action_id "${id}" already exists in its block`)];
}

function wrongPictures(blocks: readonly JsonObject[], { wrongFile }: Surroundings): string[] {
  return objectsBelow(blocks).flatMap((part) => {
    const file = part['slack_file'];
    if (isObject(file)) {
      const id = textOf(file['id']);
      const url = textOf(file['url']);
      const wrong = wrongFile({ ...(id !== undefined && { id }), ...(url !== undefined && { url }) });
      return wrong === undefined ? [] : [wrong];
    }
    const address = textOf(part['image_url']);
    // Slack fetches the picture from outside: what only this machine can reach is not there for it.
    return address !== undefined && /^https?:\/\/(localhost|127\.|10\.|192\.168\.|\[)/.test(address) ? ['downloading image failed'] : [];
  });
}

/** Slack names what has no name, in a way that nobody should rely on. */
const named = (blocks: readonly JsonObject[]): JsonObject[] =>
  blocks.map((block, index) => ({ block_id: `b${index}x${(index * 7919 + 104_729).toString(36)}`, ...block }));

function checkAll(blocks: readonly JsonObject[], root: string, surroundings: Surroundings): readonly string[] {
  const videos = blocks.some(({ type }) => type === 'video') && !surroundings.allowsVideo ? ['video blocks need links.embed:write'] : [];
  return [...doubles(blocks), ...wrongPictures(blocks, surroundings), ...videos].map((line) => `${line} [json-pointer:${root}]`);
}

/** The blocks of a message, as JSON text or already parsed. */
export function checkMessageBlocks(given: unknown, surroundings: Surroundings): Checked<readonly JsonObject[]> {
  const json = typeof given === 'string' ? parseJson(given) : given;
  if (!Array.isArray(json)) return refused('invalid_blocks_format', ['blocks is no JSON array']);
  const parsed = messageBlocks.safeParse(json);
  if (!parsed.success) return refused('invalid_blocks', issuesOf(parsed.error, '/blocks'));
  const wrong = checkAll(objectsIn(json), '/blocks', surroundings);
  return wrong.length > 0 ? refused('invalid_blocks', wrong) : { ok: true, value: named(objectsIn(json)) };
}

/** A modal or a home. */
export function checkView(given: unknown, surroundings: Surroundings): Checked<JsonObject> {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  const json = parseJson(text);
  if (!isObject(json)) return refused('invalid_arguments', ['view is no JSON object']);
  if (Buffer.byteLength(text) > VIEW_BYTES_MAX) return refused('view_too_large', [`the view has ${Buffer.byteLength(text)} bytes`]);
  const parsed = anyView.safeParse(json);
  if (!parsed.success) return refused('invalid_arguments', issuesOf(parsed.error, '/view'));
  const blocks = objectsIn(json['blocks']);
  const files = blocks.some((block) => isObject(block['element']) && block['element']['type'] === 'file_input');
  const wrong = [
    ...checkAll(blocks, '/view/blocks', surroundings),
    ...(files && json['type'] === 'home' ? ['file_input is for modals [json-pointer:/view/blocks]'] : []),
  ];
  return wrong.length > 0 ? refused('invalid_arguments', wrong) : { ok: true, value: { ...json, blocks: named(blocks) } };
}
