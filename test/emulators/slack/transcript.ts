import { isObject, objectsIn, textOf, type JsonObject } from './json.ts';
import type { Message } from './messages.ts';
import type { OpenView } from './modals.ts';
import { asRead } from './names.ts';
import type { Parts } from './parts.ts';
import type { Channel } from './world.ts';

const said = (value: unknown): string => (isObject(value) ? (textOf(value['text']) ?? '') : '');

function elementLine(element: JsonObject): string {
  switch (element['type']) {
    case 'button':
    case 'icon_button':
      return `[${said(element['text'])}]`;
    case 'feedback_buttons':
      return `[${said(isObject(element['positive_button']) ? element['positive_button']['text'] : '')}|${said(isObject(element['negative_button']) ? element['negative_button']['text'] : '')}]`;
    case 'image':
      return `(picture “${textOf(element['alt_text'])}”)`;
    case 'plain_text':
    case 'mrkdwn':
      return textOf(element['text']) ?? '';
    case 'overflow':
      return `[⋯ ${objectsIn(element['options'])
        .map((option) => said(option['text']))
        .join(' | ')}]`;
    default:
      return `[${said(element['placeholder']) || textOf(element['action_id'])} ▾]`;
  }
}

const richWords = (value: unknown): string =>
  objectsIn(value)
    .map((part) => ('elements' in part ? richWords(part['elements']) : (textOf(part['text']) ?? `<@${textOf(part['user_id'])}>`)))
    .join('');

/** A block in one line, as a reader would tell it to somebody. */
function blockLine(block: JsonObject): string {
  const elements = objectsIn(block['elements']);
  switch (block['type']) {
    case 'section': {
      const fields = objectsIn(block['fields']).map((field) => textOf(field['text']));
      const accessory = isObject(block['accessory']) ? [elementLine(block['accessory'])] : [];
      return [said(block['text']), ...fields, ...accessory].filter(Boolean).join(' ');
    }
    case 'header':
      return `# ${said(block['text'])}`;
    case 'divider':
      return '---';
    case 'image':
      return `(picture “${textOf(block['alt_text'])}”)`;
    case 'markdown':
      return textOf(block['text']) ?? '';
    case 'rich_text':
      return elements.map((element) => richWords([element])).join('\n  ');
    case 'input':
      return `${said(block['label'])}: ${isObject(block['element']) ? fieldLine(block['element']) : ''}`;
    case 'card':
      return [said(block['title']), said(block['body']), ...objectsIn(block['actions']).map(elementLine)].filter(Boolean).join(' ');
    case 'carousel':
      return elements.map(blockLine).join(' | ');
    case 'alert':
      return `(!) ${said(block['text'])}`;
    default:
      return elements.map(elementLine).join(' ');
  }
}

function fieldLine(element: JsonObject): string {
  const initial = element['initial_option'];
  const value = textOf(element['initial_value']) ?? (isObject(initial) ? said(initial['text']) : '');
  return value === '' ? '____' : value;
}

/** Renders what people see. Names stand for ids, so that a story reads the same in every run. */
export interface Transcript {
  message(message: Message): string;
  channel(channel: Channel, forUserId?: string): string;
  view(view: OpenView): string;
}

export function createTranscript({ messages, world, files }: Parts): Transcript {
  const named = (text: string): string => asRead(world, text);

  function fileLine(id: string): string {
    const file = files.all.get(id);
    if (file === undefined || file.isDeleted) return '(a file that was deleted)';
    const size = file.width === undefined ? '' : ` ${file.width}×${file.height}`;
    return `(file ${file.name}${size}${file.title === file.name ? '' : ` “${file.title}”`})`;
  }

  function message(shown: Message): string {
    if (shown.isDeleted) return '(deleted)';
    const author = world.nameOf(shown.userId);
    const only = shown.onlyFor === undefined ? '' : ` (only ${world.nameOf(shown.onlyFor)} sees this)`;
    // Clients show the text when there are no blocks: otherwise it is for notifications.
    const body = shown.blocks.length === 0 ? [shown.text] : shown.blocks.map(blockLine);
    const reactions = [...shown.reactions.keys()].map((name) => `:${name}:`).join(' ');
    const parts = [...body, ...shown.fileIds.map(fileLine), reactions].filter((line) => line !== '').map(named);
    const edited = shown.edited === undefined ? '' : ' (edited)';
    return `${author}${only}: ${parts.join('\n  ')}${edited}`;
  }

  const indented = (text: string): string => text.replaceAll(/^/gm, '    ').replace('    ', '  ↳ ');

  function channel(shown: Channel, forUserId?: string): string {
    const isSeen = ({ onlyFor }: Message): boolean => forUserId === undefined || onlyFor === undefined || onlyFor === forUserId;
    const lines = messages
      .inChannel(shown.id)
      .filter(isSeen)
      .flatMap((root) => {
        const replies = messages.replies(shown.id, root.ts).filter(isSeen);
        const status = messages.status(shown.id, root.ts);
        return [
          message(root),
          ...replies.map((reply) => indented(message(reply))),
          ...(status === undefined ? [] : [`  … ${status.text}`]),
        ];
      });
    return [`#${shown.name}`, ...lines].join('\n');
  }

  function view({ content, errors }: OpenView): string {
    const buttons = [said(content['close']), said(content['submit'])].filter(Boolean).map((word) => `[${word}]`);
    const title = content['type'] === 'home' ? 'Home' : said(content['title']);
    const wrong = Object.entries(errors).map(([blockId, text]) => `! ${blockId}: ${String(text)}`);
    return [`== ${title} ==`, ...objectsIn(content['blocks']).map(blockLine).map(named), ...wrong, buttons.join(' ')]
      .filter(Boolean)
      .join('\n');
  }

  return { message, channel, view };
}
